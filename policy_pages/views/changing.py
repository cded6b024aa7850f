"""What changed between two versions, for their readers; and what a draft changes, for those who see the draft."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policy_pages import freezing, reading, shown, standing, withdrawal
from policy_pages.changes import summary
from policy_pages.changes.comparing import Comparison, compare
from policy_pages.models import PolicyPage, PolicyVersion
from policy_pages.permissions import can_submit
from policy_pages.reviews import clock
from policy_pages.views.answers import page_for
from policy_pages.views.reading import (
    asks_visitors,
    breadcrumbs_of,
    open_to_audience,
    policy_named,
    url_path_of,
)


@require_safe
@login_not_required
@asks_visitors
def changes(request, place, old, new):
    """From one version to another. Both must be among those that this reader may read; else neither exists."""
    today = timezone.localdate()
    policy = PolicyPage.objects.filter(url_path=url_path_of(request, place)).first()
    if policy is None:
        raise Http404
    current = _current(policy, today)
    versions = _versions(request, policy, current, today)
    pair = [_numbered(versions, number) for number in (old, new)]
    if None in pair:
        raise Http404
    chosen = [_numbered(versions, request.GET.get(key)) for key in ("from", "to")]
    wanted = sorted((one or two for one, two in zip(chosen, pair, strict=True)), key=_key)
    if wanted != pair:
        return redirect(_address(policy.get_url(request), *wanted, request.GET.get("role")))
    context = _comparison(request, shown.changes_between(*pair)) | {
        "old": pair[0],
        "new": pair[1],
        "current": current,
        "versions": versions,
        "not_there": _not_there(request, chosen),
        "standing": standing.of(pair[1], current, today, gone=_gone(request, current, today)),
        "address": request.build_absolute_uri(request.path),
        "links": _links(policy.get_url(request), *pair, current),
        "breadcrumbs": [*breadcrumbs_of(request, pair[1]), (pair[1].title, policy.get_url(request))],
    }
    return render(request, "policy_pages/changes.html", context)


@require_safe
@login_not_required
@asks_visitors
def short(request, reference, old, new):
    """Leads to where the policy stands now; the address there asks again."""
    place = policy_named(request, reference).get_url(request)
    return redirect(f"{place}changes/{old}/{new}/")


@require_safe
@login_not_required
@asks_visitors
def short_latest(request, reference):
    """What the version in force changed; a reader of that one alone is led to its text."""
    today = timezone.localdate()
    policy = policy_named(request, reference)
    current = _current(policy, today)
    versions = _versions(request, policy, current, today)
    new = next(
        (row for row in versions if current and row.pk == current.pk), versions[0] if versions else None
    )
    older = next((row for row in versions if new and _key(row) < _key(new)), None)
    place = policy.get_url(request)
    return redirect(_address(place, older, new) if older else place)


@require_safe
def draft(request, pk):
    """What the draft, or the text that waits for a decision, changes: against the version in force, or a chosen one.

    Whoever sees the draft sees this: nobody can decide on a text without the one that it replaces. Other versions
    are for those who may read them.
    """
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    submission = page.open_submission
    text = submission.revision.as_object() if submission else page.get_latest_revision_as_object()
    current = _current(page, today)
    ruling = current or _newest(page)
    versions = _versions(request, page, current, today, always=ruling)
    asked = _numbered(versions, request.GET.get("against"))
    against = asked or ruling
    context = {
        "policy": page,
        "text": text,
        "submission": submission,
        "versions": versions,
        "against": against,
        "address": request.build_absolute_uri(request.path),
        "not_there": _not_there(request, [asked], ["against"]),
        "breadcrumbs": [(_("Home"), "/"), (_("My desk"), reverse("desk"))],
    }
    if against:
        before = shown.text_of(against.pk, against.seal)
        content = freezing.freeze(text).content
        context |= _comparison(request, compare(before.content, content))
        context["links"] = Links(
            old=f"{page.get_url(request)}v/{against.number}/",
            new=reverse("policy_decide" if submission else "policy_draft", args=[pk]),
            old_files=f"/policy-file/{against.pk}/",
            new_files=f"/policy/{pk}/draft-file/",
        )
    return render(request, "policy_pages/draft_changes.html", context)


@dataclass(frozen=True)
class Links:
    """Where the two texts and their kept files stand."""

    old: str
    new: str
    old_files: str
    new_files: str


def _links(place, old, new, current) -> Links:
    texts = [
        place if current is not None and row.pk == current.pk else f"{place}v/{row.number}/"
        for row in (old, new)
    ]
    return Links(*texts, f"/policy-file/{old.pk}/", f"/policy-file/{new.pk}/")


def _comparison(request, comparison: Comparison) -> dict:
    """The comparison as it is asked for: all of it, or what concerns one job role."""
    roles = comparison.roles()
    role = next((row for row in roles if str(row[0]) == request.GET.get("role")), None)
    seen = comparison.for_role(role[0]) if role else comparison
    return {
        "comparison": seen,
        "groups": summary.groups(seen),
        "sentence": summary.sentence(seen),
        "minutes": summary.minutes(seen),
        "role": role,
        "roles": [(pk, name, len(comparison.for_role(pk).changes)) for pk, name in roles],
        "all_changes": len(comparison.changes),
        "unknown_role": bool(request.GET.get("role")) and role is None,
    }


def _not_there(request, chosen, keys=("from", "to")) -> list[str]:
    """Versions that were asked for by the form and are not among those that this person may read."""
    asked = [request.GET.get(key) for key in keys]
    return [number[:20] for number, row in zip(asked, chosen, strict=True) if number and row is None]


def _current(policy, today):
    rows = PolicyVersion.objects.filter(policy_id=policy.pk).begun(today).newest_first()
    return next(iter(_light(clock.beside(rows, today)[:1])), None)


def _light(rows) -> list[PolicyVersion]:
    """Without the texts, which ``shown`` keeps."""
    return list(rows.select_related("retirement").defer("content", "html", "control"))


def _gone(request, current, today):
    return withdrawal.of(current, reading.reader_asking(request, today), today)


def _newest(policy):
    """Against which a draft is read before any version is in force."""
    rows = PolicyVersion.objects.filter(policy_id=policy.pk).newest_first()
    return next(iter(_light(rows[:1])), None)


def _versions(request, policy, current, today, *, always=None) -> list[PolicyVersion]:
    """Newest first: all for those who write the policy, for others what they may read; and ``always``."""
    rows = PolicyVersion.objects.filter(policy_id=policy.pk).newest_first()
    if not can_submit(request.user, policy):
        reader = reading.reader_asking(request, today)
        opened = open_to_audience(request)
        rows = reading.versions_for(reader, policy.pk, current, open_to_audience=opened)
    found = _light(rows)
    if always and always not in found:
        found = sorted([always, *found], key=_key, reverse=True)
    return found


def _numbered(versions, number):
    return next((row for row in versions if row.number == number), None)


def _key(version) -> tuple[int, int]:
    return version.major, version.minor


def _address(place, old, new, role=None) -> str:
    query = f"?{urlencode({'role': role})}" if role else ""
    return f"{place}changes/{old.number}/{new.number}/{query}"
