"""The reader's pages. Signed in and outside the audience is 404, as for what does not exist; a visitor signs in."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from kernel.content.kept import kept, site_of
from kernel.organisation.asking import asking
from kernel.organisation.models import SiteLabels
from policy_pages import reading, shown, standing
from policy_pages.models import PolicyPage, PolicyVersion, VersionFile
from policy_pages.permissions import can_submit

SHOWN_INLINE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp")


def serve_current(request, place):
    """The version in force at ``place`` (a path beneath the site's root), or None when no policy stands there.

    Who may read is asked anew each time; the text itself never changes and is taken from what the process keeps.
    """
    today = timezone.localdate()
    url_path = _url_path(request, place)
    found = shown.in_force_at(url_path, today)
    if found is None:
        return None
    reader = reading.reader_asking(request, today)
    version = shown.version(found["pk"], found["seal"])
    may_write = _may_write(request, found, today)
    if not may_write and not reading.may_read(reader, version):
        return _turned_away(request, reader)
    names = kept(("labels", site_of(request).pk), lambda: SiteLabels.for_request(request))
    parts = shown.parts(
        version,
        found["newest"],
        today,
        links=reader.staff or bool(names and names.superseded_open_to_audience),
        path=request.path,
        address=request.build_absolute_uri(request.path),
    )
    context = {
        "version": version,
        "current": version,
        "is_current": True,
        "may_write": may_write,
        "today": today,
        "breadcrumbs": [(_("Home"), "/"), _parent(request, url_path)],
    }
    return render(request, "policy_pages/version.html", context | parts)


def _may_write(request, found, today) -> bool:
    """``can_submit`` for whoever asks, with no more queries than it needs."""
    who = asking(request, today)
    if who.person_id and who.person_id in (
        found["policy__policy_owner_id"],
        found["policy__owner_deputy_id"],
    ):
        return request.user.is_active
    return who.empowered and can_submit(request.user, PolicyPage.objects.get(pk=found["policy_id"]))


def _parent(request, url_path) -> tuple[str, str]:
    """Title and address of the page above."""
    above = url_path.rstrip("/").rsplit("/", 1)[0] + "/"
    rows = Page.objects.filter(url_path=above).values_list("title", flat=True)
    title = kept(("title", above), rows.first) or _("Policies")
    return title, request.path.rstrip("/").rsplit("/", 1)[0] + "/"


def _turned_away(request, reader):
    if not reader.signed_in:
        return redirect_to_login(request.get_full_path())
    raise Http404


@require_safe
@login_not_required
def short(request, reference):
    """The short address leads to where the policy stands now; a part after # goes along."""
    return redirect(_page(reference).get_url(request))


@require_safe
@login_not_required
def short_version(request, reference, number):
    return redirect(f"{_page(reference).get_url(request)}v/{number}/")


@require_safe
@login_not_required
def short_as_at(request, reference, day):
    return redirect(f"{_page(reference).get_url(request)}@{day}/")


@require_safe
@login_not_required
def version(request, place, number):
    """One issued version at its own address, in force or not."""
    major, minor = number.split(".")
    rows = PolicyVersion.objects.filter(policy__url_path=_url_path(request, place))
    found = get_object_or_404(rows.select_related("policy"), major=major, minor=minor)
    today = timezone.localdate()
    return _guarded(request, found, reading.in_force(found.policy_id, today), today)


@require_safe
@login_not_required
def as_at(request, place, day):
    """The text as it stood at the end of a day."""
    page = get_object_or_404(PolicyPage, url_path=_url_path(request, place), versions__isnull=False)
    today = timezone.localdate()
    asked = _day(day)
    current = reading.in_force(page.pk, today)
    then = reading.in_force(page.pk, asked)
    if then is None or asked > today:
        return _nothing_then(request, page, asked, then, current, today)
    return _guarded(request, then, current, today, asked=asked)


@require_safe
@login_not_required
def file(request, version, sha256, name):
    """An image or attachment of an issued version, under the rule of the version that shows it."""
    kept = get_object_or_404(VersionFile.objects.select_related("version"), version=version, sha256=sha256)
    today = timezone.localdate()
    current = reading.in_force(kept.version.policy_id, today)
    refusal = _refusal(request, kept.version, current, reading.reader_asking(request, today))
    if refusal:
        return refusal
    answer = FileResponse(
        kept.file.open("rb"),
        content_type=kept.content_type,
        as_attachment=kept.content_type not in SHOWN_INLINE,
        filename=kept.name,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _guarded(request, version, current, today, asked=None):
    reader = reading.reader_asking(request, today)
    refusal = _refusal(request, version, current, reader)
    if refusal:
        return refusal
    older = reading.may_read_older(reader, version, current, open_to_audience=_open_to_audience(request))
    place = version.policy.get_url(request)
    address = request.build_absolute_uri(place)
    columns = shown.context_of(version, current, links=older, path=place, address=address)
    context = {
        **columns,
        **shown.rendered(columns),
        "is_current": _same(version, current),
        "standing": standing.of(version, current, today, asked=asked),
        "may_write": can_submit(request.user, version.policy),
        "today": today,
        "breadcrumbs": _breadcrumbs(request, version),
    }
    return render(request, "policy_pages/version.html", context)


def _same(version, current) -> bool:
    return current is not None and current.pk == version.pk


def _breadcrumbs(request, version):
    parent = version.policy.get_parent()
    return [(_("Home"), "/"), (parent.title, parent.get_url(request))]


def _refusal(request, version, current, reader):
    """None for a reader who may; a way to sign in for a visitor; 404 for everybody else."""
    if _same(version, current):
        allowed = reading.may_read(reader, version)
    else:
        allowed = reading.may_read_older(
            reader, version, current, open_to_audience=_open_to_audience(request)
        )
    if allowed or can_submit(request.user, version.policy):
        return None
    return _turned_away(request, reader)


def _open_to_audience(request) -> bool:
    return SiteLabels.for_request(request).superseded_open_to_audience


def _nothing_then(request, page, asked, then, current, today):
    """No text counted at the end of that day, or the day has not come: say what is known instead."""
    first = page.versions.order_by("in_force_from", "major", "minor").first()
    refusal = _refusal(request, current or first, current, reading.reader_asking(request, today))
    if refusal:
        return refusal
    later = page.versions.filter(in_force_from__gt=today).order_by("in_force_from").first()
    context = {
        "page_title": (current or first).title,
        "asked": asked,
        "future": asked > today,
        "first": first,
        "later": later,
        "current": current,
        "address": page.get_url(request),
    }
    return render(request, "policy_pages/nothing_then.html", context)


def _url_path(request, place) -> str:
    site = site_of(request)
    if site is None:
        raise Http404
    return site.root_page.url_path + place


def _page(reference):
    return get_object_or_404(PolicyPage, reference=reference.upper(), versions__isnull=False)


def _day(text) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
