"""The author's side: read the draft, fill its placeholders, submit it, recall it, look back."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.content import sanitise
from kernel.lifecycle import deciding, submissions
from kernel.lifecycle.models import Decision
from policy_pages import completeness, freezing, issuing, reading, services, standing, version_line
from policy_pages.duties import advice as duty_advice
from policy_pages.enums import Audience
from policy_pages.forms import PlaceholderForm, ReasonForm, SubmitForm
from policy_pages.outlook import outlook
from policy_pages.permissions import can_fill_placeholders, can_submit
from policy_pages.placeholders import advice, in_one_piece, key_of, open_marks
from policy_pages.readers import calls
from policy_pages.reports import came_back, receipts_of
from policy_pages.screening import gates
from policy_pages.views.answers import attempt, page_for
from policy_pages.views.reading import SHOWN_INLINE
from policy_pages.withdrawal import Gone


@require_safe
def draft(request, pk):
    """The working text as it would read, and what still stops it."""
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    return render(request, "policy_pages/draft.html", _draft_context(request, page))


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, pk):
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    latest = _latest(page)
    if not can_submit(request.user, latest):
        raise Http404
    seen = outlook(latest, page.versions.newest_first().first(), today, actor=request.user)
    form = SubmitForm(request.POST or None, outlook=seen)
    if request.method == "POST":
        if page.open_submission:
            return redirect("policy_decide", pk)
        changed = seen.changed_since(request.POST.get("seen"))
        done = _("Submitted for approval. %(body)s has been told.") % {"body": latest.approving_body}
        if not changed and attempt(request, form, done, _submit(page), actor=request.user, today=today):
            return redirect("policy_decide", pk)
        for words in changed:
            messages.warning(request, words)
    context = _draft_context(request, page) | {"form": form, "outlook": seen}
    return render(request, "policy_pages/submit.html", context)


def _submit(page):
    def act(*, actor, today, significance="major", **words):
        return calls.submit(page, actor=actor, today=today, significance=significance, **words)

    return act


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request, pk):
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    submission = page.open_submission
    if submission is None:
        return redirect("policy_draft", pk)
    form = ReasonForm(request.POST or None)

    def act(reason):
        return submissions.recall(submission, actor=request.user, today=today, reason=reason)

    if request.method == "POST" and attempt(request, form, _("Recalled: it is a draft again."), act):
        return redirect("policy_draft", pk)
    context = _draft_context(request, page) | {
        "form": form,
        "submission": submission,
        "recallable": submission.is_recallable or deciding.is_stranded(submission),
    }
    return render(request, "policy_pages/recall.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placeholders(request, pk):
    """Fill the open marks of a text, one at a time; the value stands in all policies."""
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    if not can_fill_placeholders(request.user):
        raise Http404
    form = PlaceholderForm(request.POST or None)

    def act(mark, value):
        return services.fill_placeholder(page, actor=request.user, mark=mark, value=value)

    if request.method == "POST" and attempt(request, form, _("Filled in every policy."), act):
        return redirect("policy_placeholders", pk)
    content = freezing.freeze(_latest(page)).content
    return render(
        request,
        "policy_pages/placeholders.html",
        _context(page) | {"marks": _grouped(content), "form": form},
    )


@require_safe
def history(request, pk):
    """Everything decided about the policy, oldest last, for those who may see its draft."""
    today = timezone.localdate()
    page, _seats = page_for(request, pk, today)
    decisions = Decision.objects.filter(page_id_copy=page.pk).order_by("-pk")
    return render(
        request,
        "policy_pages/history.html",
        _context(page)
        | {
            "decisions": decisions,
            "versions": page.versions.newest_first(),
            "receipts": receipts_of(page),
            "picture": _time_line(page, today),
        },
    )


def _time_line(page, today):
    current = reading.ruling(page.pk, today)
    if current is None:
        return None
    gone = Gone(current.retirement.withdrawn_from) if hasattr(current, "retirement") else None
    rows = page.versions.select_related("retirement").defer("content", "html").order_by("major", "minor")
    return version_line.picture(rows, today, standing.of(current, current, today, gone=gone))


def _draft_context(request, page) -> dict:
    latest = _latest(page)
    frozen = freezing.freeze(latest)
    issued = page.versions.newest_first().first()
    return _context(page) | {
        "latest": latest,
        "text": text_of_draft(page, frozen.content),
        "contents": [b for b in frozen.content["blocks"] if b["type"] in ("section", "appendix")],
        "problems": completeness.problems(latest),
        "gates_open": gates.problems(latest, frozen.content),
        "advice": duty_advice.of(frozen.content),
        "open_marks": open_marks(frozen.content),
        "submission": page.open_submission,
        "came_back": came_back(page),
        "issued": issued,
        "unchanged": issued is not None and issued.text_sha256 == frozen.digest,
        "may_submit": can_submit(request.user, latest),
        "may_edit": page.permissions_for_user(request.user).can_edit(),
        "may_fill": can_fill_placeholders(request.user),
        "audience": Audience(latest.audience).label,
        "receipts": page.imports.accepted().filter(cycle=page.versions_issued()),
    }


@require_safe
def draft_file(request, pk, sha256, name):
    """A picture or attachment of the latest draft, for those who may see the draft."""
    page, _seats = page_for(request, pk, timezone.localdate())
    kept = freezing.freeze(_latest(page)).files.get(sha256)
    if kept is None:
        raise Http404
    kind = issuing.kind_of(kept[0])
    answer = FileResponse(
        kept[1].open("rb"), content_type=kind, as_attachment=kind not in SHOWN_INLINE, filename=kept[0]
    )
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def text_of_draft(page, content):
    """A draft drawn by the template of issued texts, with its pictures: they belong to what is decided."""
    files = f"/policy/{page.pk}/draft-file/"
    html = render_to_string(
        "policy_pages/text.html", {"blocks": content["blocks"], "files": freezing.FILES, "draft": True}
    )
    return sanitise.frozen(freezing.with_files(html, files))


def _latest(page):
    return page.get_latest_revision_as_object()


def _context(page) -> dict:
    crumbs = [(_("Home"), "/"), (_("My desk"), reverse("desk"))]
    return {"policy": page, "breadcrumbs": crumbs}


def _grouped(content) -> list[dict]:
    """One row a mark, with every place where it stands and whether a value can fill it."""
    whole = in_one_piece(content)
    rows: dict[str, list[str]] = {}
    for place, mark in open_marks(content):
        rows.setdefault(mark, []).append(str(place))
    return [
        {"mark": mark, "places": places, "whole": key_of(mark) in whole, "advice": advice(mark)}
        for mark, places in rows.items()
    ]
