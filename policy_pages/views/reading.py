"""The reader's pages. Signed in and outside the audience is 404, as for what does not exist; a visitor signs in."""

from datetime import date
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from kernel.organisation.models import SiteLabels
from policy_pages import control, reading, standing
from policy_pages.models import PolicyPage, PolicyVersion, VersionFile
from policy_pages.permissions import can_submit

SHOWN_INLINE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp")


def serve_current(request, place):
    """The version in force at ``place`` (a path beneath the site's root), or None when no policy stands there."""
    today = timezone.localdate()
    rows = PolicyVersion.objects.filter(policy__url_path=_url_path(request, place)).begun(today)
    version = rows.newest_first().select_related("policy").first()
    if version is None:
        return None
    return _guarded(request, version, version, today)


def _asks_visitors(view):
    """A visitor cannot tell what is not for visitors from what does not exist: both ask to sign in."""

    @wraps(view)
    def asking(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return asking


@require_safe
@login_not_required
@_asks_visitors
def short(request, reference):
    """The short address leads to where the policy stands now; a part after # goes along."""
    return _to_short(request, reference)


@require_safe
@login_not_required
@_asks_visitors
def short_version(request, reference, number):
    return _to_short(request, reference, f"v/{number}/")


@require_safe
@login_not_required
@_asks_visitors
def short_as_at(request, reference, day):
    return _to_short(request, reference, f"@{day}/")


@require_safe
@login_not_required
@_asks_visitors
def version(request, place, number):
    """One issued version at its own address, in force or not."""
    major, minor = number.split(".")
    rows = PolicyVersion.objects.filter(policy__url_path=_url_path(request, place))
    found = rows.filter(major=major, minor=minor).select_related("policy").first()
    if found is None:
        raise Http404
    today = timezone.localdate()
    return _guarded(request, found, reading.in_force(found.policy_id, today), today)


@require_safe
@login_not_required
@_asks_visitors
def as_at(request, place, day):
    """The text as it stood at the end of a day."""
    page = PolicyPage.objects.filter(url_path=_url_path(request, place)).exclude(versions=None).first()
    asked = _day(day)
    if page is None or asked is None:
        raise Http404
    today = timezone.localdate()
    current = reading.in_force(page.pk, today)
    then = reading.in_force(page.pk, asked)
    if then is None or asked > today:
        return _nothing_then(request, page, asked, then, current, today)
    return _guarded(request, then, current, today, asked=asked)


@require_safe
@login_not_required
@_asks_visitors
def file(request, version, sha256, name):
    """An image or attachment of an issued version, under the rule of the version that shows it."""
    kept = get_object_or_404(VersionFile.objects.select_related("version"), version=version, sha256=sha256)
    today = timezone.localdate()
    current = reading.in_force(kept.version.policy_id, today)
    refusal = _refusal(request, kept.version, current, reading.reader_of(request.user, today))
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
    reader = reading.reader_of(request.user, today)
    refusal = _refusal(request, version, current, reader)
    if refusal:
        return refusal
    older = reading.may_read_older(reader, version, current, open_to_audience=_open_to_audience(request))
    versions = PolicyVersion.objects.filter(policy_id=version.policy_id).newest_first()
    place = version.policy.get_url(request)
    context = {
        "version": version,
        "current": current,
        "is_current": _same(version, current),
        "standing": standing.of(version, current, today, asked=asked),
        "asked": asked,
        "contents": [b for b in version.content["blocks"] if b["type"] in ("section", "appendix")],
        "facts": control.facts(version),
        "versions": versions.defer("content", "html", "control"),
        "may_read_older": older,
        "may_write": can_submit(request.user, version.policy),
        "address": request.build_absolute_uri(place),
        "address_path": place,
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
    raise Http404


def _open_to_audience(request) -> bool:
    return SiteLabels.for_request(request).superseded_open_to_audience


def _nothing_then(request, page, asked, then, current, today):
    """No text counted at the end of that day, or the day has not come: say what is known instead."""
    first = page.versions.order_by("in_force_from", "major", "minor").first()
    refusal = _refusal(request, current or first, current, reading.reader_of(request.user, today))
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
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site.root_page.url_path + place


def _to_short(request, reference, rest=""):
    """Lead to where the policy stands now. That address tells a title, so the rule of reading comes first."""
    named = Q(reference=reference.upper()) | Q(versions__reference=reference.upper())
    page = PolicyPage.objects.filter(named).exclude(versions=None).first()
    if page is None:
        raise Http404
    today = timezone.localdate()
    current = reading.in_force(page.pk, today)
    ruling = current or page.versions.newest_first().first()
    refusal = _refusal(request, ruling, current, reading.reader_of(request.user, today))
    return refusal or redirect(page.get_url(request) + rest)


def _day(text) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
