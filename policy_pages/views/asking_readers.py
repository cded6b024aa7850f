"""The questions that the next version of a policy asks its readers: a list, and a form for one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.content.whole import whole
from policy_pages.models.reading import MOST_QUESTIONS
from policy_pages.permissions import can_submit
from policy_pages.readers import questions as asked
from policy_pages.readers.forms import QuestionForm
from policy_pages.views.answers import attempt, page_for

ACT = ["GET", "HEAD", "POST"]


@require_http_methods(ACT)
def questions(request, pk):
    page, rows = _page(request, pk)
    if request.method == "POST":
        return _dropped(request, page)
    known = dict(asked.clauses(page))
    issued = page.versions.newest_first().first()
    context = {
        "rows": [(row, known.get(row.clause, "")) for row in rows],
        "following": len(rows) + 1 if len(rows) < MOST_QUESTIONS else None,
        "waits": page.open_submission,
        "issued": issued,
        "of_issued": issued.reading_questions.count() if issued else 0,
    }
    return render(request, "policy_pages/readers/questions.html", context | _above(page))


@require_http_methods(ACT)
def question(request, pk, number):
    """The form of one question; the first free number adds one, any number beyond is not there."""
    page, rows = _page(request, pk)
    if not 1 <= number <= min(MOST_QUESTIONS, len(rows) + 1):
        raise Http404
    row = rows[number - 1] if number <= len(rows) else None
    form = QuestionForm(request.POST or None, clauses=asked.clauses(page), initial=_initial(row))

    def act(**values):
        asked.write(page, number=number, actor=request.user, today=timezone.localdate(), **values)

    done = _("Kept. Readers of the next version are asked.")
    if request.method == "POST" and attempt(request, form, done, act):
        return redirect("policy_questions", pk)
    crumbs = [
        *_above(page)["breadcrumbs"],
        (_("Questions to readers"), reverse("policy_questions", args=[pk])),
    ]
    context = {"policy": page, "form": form, "number": number, "new": row is None, "breadcrumbs": crumbs}
    return render(request, "policy_pages/readers/question.html", context)


def _page(request, pk):
    page, _seats = page_for(request, pk, timezone.localdate())
    if not can_submit(request.user, page):
        raise Http404
    return page, list(page.draft_questions.all())


def _dropped(request, page):
    number = whole(request.POST.get("drop"))
    try:
        asked.drop(page, pk=number, actor=request.user, today=timezone.localdate())
        messages.success(request, _("Taken away. Questions of issued versions stay."))
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("policy_questions", page.pk)


def _initial(row) -> dict:
    if row is None:
        return {}
    answers = {f"answer_{place}": words for place, words in enumerate(row.answers, 1)}
    return {"question": row.question, "right": str(row.right), "clause": row.clause, **answers}


def _above(page) -> dict:
    draft = reverse("policy_draft", args=[page.pk])
    return {"policy": page, "breadcrumbs": [(_("Home"), "/"), (page.draft_title, draft)]}
