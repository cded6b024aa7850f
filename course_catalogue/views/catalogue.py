"""The catalogue, a course, and the approval of a draft."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from course_catalogue import permissions, visible
from course_catalogue.catalogue import about, approving, listing, looks, offer, texts, waiting
from course_catalogue.catalogue.forms import DecisionForm
from course_catalogue.models import CoursePage
from kernel.content import filters

PER_PAGE, MOST_PAGES = 20, 1000


def index(request, page):
    """The catalogue at its page. Who may not look is asked to sign in or gets nothing."""
    now = timezone.now()
    today = timezone.localdate(now)
    learner = visible.learner_of(request.user, today)
    officer = permissions.reads_programme(request.user, today)
    if not (officer or visible.may_look(request, learner)):
        return _nothing(request)
    chosen = listing.filters(request, today, officer=officer)
    age = visible.settings_of(request).source_age_months
    rows = listing.courses(chosen, learner, now=now, age=age)
    paginator = Paginator(rows, PER_PAGE)
    page_of = paginator.get_page(filters.page_number(request, MOST_PAGES))
    keys = [row.pk for row in page_of.object_list]
    notes = looks.old_sources(keys, today, age) if officer else {}
    context = {
        "page": page,
        "cards": listing.cards(list(page_of.object_list), learner, now=now, notes=notes),
        "page_of": page_of,
        "total": visible.courses(learner).count(),
        "filters": chosen,
        "in_force": filters.in_force(request, chosen),
        "without_filters": filters.without(request, *(one.name for one in chosen)),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(
        request, "course_catalogue/catalogue/index.html", context | _for_officers(request, page, today)
    )


def _for_officers(request, page, today) -> dict:
    """What is missing, and what waits for approval, for those who plan or approve."""
    if not permissions.reads_programme(request.user, today):
        return {}
    kinds, levels = listing.without_offer(today)
    return {
        "kinds_missing": kinds,
        "levels_missing": levels,
        "drafts": waiting.listed(today),
        "may_add": page.permissions_for_user(request.user).can_add_subpage(),
    }


def course(request, page):
    """One live course, for those who may know of it."""
    now = timezone.now()
    today = timezone.localdate(now)
    learner = visible.learner_of(request.user, today)
    officer = permissions.sees_drafts(request.user, page, today)
    if not officer:
        known = visible.may_look(request, learner) and visible.courses(learner).filter(pk=page.pk).exists()
        if not known:
            return _nothing(request)
    age = visible.settings_of(request).source_age_months
    above = page.get_parent()
    context = {
        "page": page,
        "about": about.course(page, learner, now=now, age=age),
        "officer": officer,
        "keeps": officer and permissions.keeps_programme(request.user, today),
        "breadcrumbs": [(_("Home"), "/"), (above.title, above.url)],
    }
    return render(request, "course_catalogue/catalogue/course.html", context)


def preview(request, page):
    """The text of the form as it would be read; nothing that follows from dates or from who reads."""
    today = timezone.localdate()
    age = visible.settings_of(request).source_age_months
    context = {"draft": page, "page": page, "about": about.text(page, today, age)}
    return render(request, "course_catalogue/catalogue/preview.html", context)


def _nothing(request):
    """A visitor cannot tell what is not for visitors from what does not exist: both ask to sign in."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request, pk):
    """The draft as it would go live, what differs from the live text, and the two approvals."""
    now = timezone.now()
    today = timezone.localdate(now)
    page = get_object_or_404(CoursePage.objects.select_related("latest_revision"), pk=pk)
    if not permissions.sees_drafts(request.user, page, today):
        raise Http404
    waits = waiting.waiting_of(page, today)
    roles = about.may_approve_as(page, waits, request.user, today)
    form = DecisionForm(request.POST or None, roles=roles, seen=waits.digest)
    if request.method == "POST" and _decided(request, page, form, now):
        return redirect("course_approval", pk)
    draft = waits.draft
    context = {
        "page": page,
        "draft": draft,
        "about": about.text(draft, today, visible.settings_of(request).source_age_months),
        "waits": waits,
        "roles": roles,
        "refusals": about.why_not(page, waits, request.user, today),
        "form": form,
        "changed": texts.changed(page, draft) if page.live and not waits.is_live else [],
        "authors": about.authors(page),
        "gone": offer.first_day_off(offer.standing(page)),
        "may_edit": page.permissions_for_user(request.user).can_edit(),
        "breadcrumbs": [(_("Home"), "/"), (page.get_parent().title, page.get_parent().url)],
    }
    return render(request, "course_catalogue/catalogue/approval.html", context)


def _decided(request, page, form, now) -> bool:
    """Run the service that was pressed; what it refuses stands in the form, with what was typed."""
    if not form.is_valid():
        return False
    given = {"role": form.cleaned_data["role"], "seen": form.cleaned_data["seen"]}
    try:
        if request.POST.get("act") == "send-back":
            words = form.cleaned_data["words"]
            approving.send_back(page, words=words, actor=request.user, now=now, **given)
            messages.success(request, _("Sent back. The authors see what you wrote."))
        else:
            row = approving.approve(page, actor=request.user, now=now, **given)
            messages.success(request, _approved(row))
    except ValidationError as refusal:
        form.take(refusal)
        return False
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _approved(row) -> str:
    if row.completes:
        return _("Approved by both: the text is live now, and the course can be booked.")
    return _("Approved. It goes live when the second person approves it too.")
