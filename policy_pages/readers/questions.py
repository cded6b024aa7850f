"""The short questions of a version: written with the draft, kept with the version that is issued from it (S0-03)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from policy_pages import freezing, permissions
from policy_pages.models.reading import MOST_QUESTIONS, DraftQuestion, ReadingQuestion

FEWEST_ANSWERS, MOST_ANSWERS = 2, 4
COPIED = ("number", "question", "answers", "right", "clause")


@act("policies.write_question")
def write(
    policy, *, number: int, question: str, answers, right: int, clause: str, actor, today
) -> DraftQuestion:
    """Write question ``number`` for the next version, or write it anew; the first free number adds one.

    ``answers``: 2 to 4, all different; ``right``: the place of the right one, from 0; ``clause``: the id of the clause
    of the draft that answers it. Raises ValidationError by field, PermissionDenied for whoever may not submit the
    draft. Nothing is written while a submitted text waits: bodies decide on what they saw.
    """
    _require_open(policy, actor)
    answers = [" ".join(answer.split()) for answer in answers]
    if not 1 <= number <= min(MOST_QUESTIONS, policy.draft_questions.count() + 1):
        raise ValidationError(_("A version has 1 to 5 questions."))
    _check(policy, question, answers, right, clause)
    values = {"question": " ".join(question.split()), "answers": answers, "right": right, "clause": clause}
    row, made = DraftQuestion.objects.update_or_create(policy=policy, number=number, defaults=values)
    facts = {"number": number, "clause": clause, "new": made}
    record(
        "policies.write_question", actor=actor, target=policy, facts=facts, words={"question": row.question}
    )
    return row


@act("policies.drop_question")
def drop(policy, *, pk: int, actor, today) -> None:
    """Take one question away; those after it move up. Questions of issued versions stay.

    ``pk`` is the row's: by its number a second press would take the next question away.
    """
    _require_open(policy, actor)
    row = policy.draft_questions.filter(pk=pk).first()
    if row is None:
        raise ValidationError(_("This question is not there any more."))
    number, words = row.number, {"question": row.question}
    row.delete()
    for later in policy.draft_questions.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    record("policies.drop_question", actor=actor, target=policy, facts={"number": number}, words=words)


def clauses(policy) -> list[tuple[str, str]]:
    """Id and words of each clause of the draft, in its order."""
    blocks = freezing.freeze(policy.get_latest_revision_as_object()).content["blocks"]
    return [
        (block["id"], f"{block['number']} {block['text']}".strip())
        for block in blocks
        if block["type"] == "clause" and block["id"] and block["text"]
    ]


def require_clauses(policy) -> None:
    """Before a text is submitted: each question still has its clause. Raises ValidationError that names it."""
    rows = list(policy.draft_questions.all())
    known = dict(clauses(policy)) if rows else {}
    for row in rows:
        if row.clause not in known:
            words = _(
                "Question %(number)s to readers names a clause that the draft has no more: change it or take it away."
            )
            raise ValidationError(words % {"number": row.number})


def keep(version) -> None:
    """Called as ``version`` is issued: its questions are those that stand with the draft, from then on unchanged."""
    rows = DraftQuestion.objects.filter(policy_id=version.policy_id).order_by("number")
    ReadingQuestion.objects.bulk_create(
        ReadingQuestion(version=version, **{name: getattr(row, name) for name in COPIED}) for row in rows
    )


def _require_open(policy, actor) -> None:
    if not permissions.can_submit(actor, policy):
        raise PermissionDenied(
            _("The policy's owner, the owner's deputy and its authors write the questions to its readers.")
        )
    Page.objects.select_for_update().get(pk=policy.pk)
    if policy.open_submission:
        raise ValidationError(_("The text waits for a decision: its questions are not changed meanwhile."))


def _check(policy, question, answers, right, clause) -> None:
    given = [answer for answer in answers if answer]
    wrong = {
        "question": "" if question.strip() else _("Enter the question."),
        "answers": _check_answers(given, answers),
        "right": "" if 0 <= right < len(answers) else _("Choose the answer that is right."),
        "clause": "" if clause in dict(clauses(policy)) else _("Choose the clause that answers it."),
    }
    if any(wrong.values()):
        raise ValidationError({name: words for name, words in wrong.items() if words})


def _check_answers(given, answers) -> str:
    if not FEWEST_ANSWERS <= len(given) <= MOST_ANSWERS or given != answers:
        return _("Enter 2 to 4 answers, without a gap.")
    if len({answer.casefold() for answer in given}) < len(given):
        return _("Two answers are the same.")
    return ""
