"""The form with which somebody says that they have read the version shown to them, and the one for paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.content.whole import whole
from kernel.lifecycle.templatetags.dates import clock, full_date
from kernel.organisation import people
from kernel.organisation.models import StaffProfile
from policy_pages import reading, shown
from policy_pages.changes import summary
from policy_pages.models import PolicyPage, PolicyVersion
from policy_pages.readers import acknowledging
from policy_pages.readers.asked import about, standings
from policy_pages.readers.forms import ConfirmForm, PaperForm
from policy_pages.views.answers import attempt

READ = ["GET", "HEAD", "POST"]


@require_http_methods(READ)
def confirm(request, pk, number):
    """For those who are asked; everybody else who may read the policy is led to it."""
    today, version = timezone.localdate(), _version(pk, number)
    if not reading.may_read(reading.reader_of(request.user, today), version):
        raise Http404
    me = people.profile_of(request.user)
    asked = about(me.pk, today, [pk]).get(pk) if me is not None and me.is_here(today) else None
    if request.method != "POST" and (asked is None or not asked.to_read):
        return redirect("policy_short", version.reference)
    words = {"statement": acknowledging.statement(version, me, today) if me else ""}
    form = ConfirmForm(
        request.POST or None,
        initial={"person": me.pk if me else None},
        questions=version.reading_questions.all(),
        **words,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _told(request, _acknowledge(request, version, form, today))
        except ValidationError as refusal:
            if getattr(refusal, "code", "") == "twice":
                messages.info(request, refusal.messages[0])
                return redirect("policy_short", version.reference)
            form.add_error(None, refusal)
    return render(request, "policy_pages/readers/confirm.html", _context(request, version, asked, form))


def _acknowledge(request, version, form, today):
    return acknowledging.acknowledge(
        version,
        actor=request.user,
        today=today,
        person=form.cleaned_data["person"],
        answers=form.answers,
    )


def _told(request, done):
    """Back at the text with what was recorded; where duties changed meanwhile, at the changes."""
    row, version = done.acknowledgement, done.acknowledgement.version
    words = {"number": version.number, "day": full_date(row.read_on), "time": clock(row.at)}
    said = _("Recorded: you read version %(number)s on %(day)s at %(time)s.") % words
    if done.newer is None:
        messages.success(request, said + " " + _("You will be asked again only if a duty of yours changes."))
        return redirect("policy_short", version.reference)
    newer = {"newer": done.newer.number}
    if not done.again:
        messages.success(request, said + " " + _("It carries over to %(newer)s, in force since.") % newer)
        return redirect("policy_short", done.newer.reference)
    asks = _(
        "Version %(newer)s came meanwhile and asks something else: here is what changed. Confirm it too."
    )
    messages.success(request, said + " " + asks % newer)
    return redirect("policy_short_changes", done.newer.reference, version.number, done.newer.number)


def _context(request, version, asked, form) -> dict:
    policy = version.policy
    before = None
    if asked is not None and asked.read_id and asked.read_id != version.pk:
        before = PolicyVersion.objects.get(pk=asked.read_id)
    wrong = [row.clause for row in form.questions if form.errors.get(f"question_{row.number}")]
    return {
        "version": version,
        "asked": asked,
        "form": form,
        "before": before,
        "minutes": summary.minutes(shown.changes_between(before, version)) if before else 0,
        "wrong": [block for block in version.content["blocks"] if block["id"] in wrong],
        "breadcrumbs": [(_("Home"), "/"), (version.title, policy.get_url(request))],
    }


@require_http_methods(READ)
def paper(request, pk):
    """The line manager for their own people, the library's staff for all: nobody else gets this page."""
    today = timezone.localdate()
    policy, me = get_object_or_404(PolicyPage, pk=pk), people.profile_of(request.user)
    version = reading.in_force(pk, today)
    of_line = set(people.reports_of(me, today).values_list("pk", flat=True)) if me else set()
    if version is None or not (of_line or acknowledging.may_record(request.user)):
        raise Http404
    able = None if acknowledging.may_record(request.user) else of_line
    form = PaperForm(request.POST or None, people=_on_paper(pk, able, today), initial=_initial(request))
    person = (
        form.fields["person"].queryset.filter(pk=whole(request.POST.get("person"))).first()
        if request.POST
        else None
    )

    def act(person, read_on, where):
        read = reading.in_force(pk, read_on) or version
        acknowledging.record_on_paper(
            person, version=read, read_on=read_on, where=where, actor=request.user, today=today
        )

    done = _("Recorded: %(name)s read it on paper.") % {"name": person.name} if person else ""
    if request.method == "POST" and attempt(request, form, done, act):
        return redirect(request.path)
    context = {
        "policy": policy,
        "version": version,
        "form": form,
        "of_all": able is None,
        "nobody": not form.fields["person"].queryset.exists(),
        "breadcrumbs": [(_("Home"), "/"), _above(of_line, policy)],
    }
    return render(request, "policy_pages/readers/paper.html", context)


def _above(of_line, policy):
    if of_line:
        return _("My team: reading"), reverse("team_reading")
    return policy.draft_title, reverse("policy_readers", args=[policy.pk])


def _initial(request) -> dict:
    person = whole(request.GET.get("person"))
    return {"person": person} if person else {}


def _on_paper(policy_id: int, able, today):
    """Those who are asked, have not read it and cannot sign in."""
    rows = standings(today, people=able, policies=[policy_id], to_read=True)
    found = StaffProfile.objects.filter(pk__in=[row.person_id for row in rows])
    return found.exclude(user__is_active=True).order_by("name")


def _version(pk, number) -> PolicyVersion:
    major, minor = number.split(".")
    rows = PolicyVersion.objects.begun(timezone.localdate()).select_related("policy")
    return get_object_or_404(rows, policy_id=pk, major=major, minor=minor)
