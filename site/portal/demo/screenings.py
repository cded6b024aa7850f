"""Screens the demo's policies as an author does, and leaves one with a negative answer for the equality lead."""

from datetime import date

from policy_pages.enums import DocumentType
from policy_pages.freezing import freeze
from policy_pages.models import ScreeningKind
from policy_pages.screening import defaults, services
from policy_pages.screening.entry import Entry
from policy_pages.screening.enums import GateState
from policy_pages.screening.gates import gates_of
from portal.demo.days import lived_on
from portal.demo.organisation import person

AUTHOR = "Tomasz Wilk"
SECTIONS = (
    ("Introduction", "Why we have this\nBackground", "Why there is this document, in a few sentences."),
)
# Answers for rows, by label; every other row is without impact.
USUAL = {
    "Disability": (
        "positive",
        "Large print and easy read are given on request, with the policy team's help.",
    ),
    "Race": ("no impact", "Interpreters are booked as for any appointment."),
    "Environment": ("no impact", ""),
}
YOUNG_CARERS = {
    "Age": (
        "negative",
        "Children must come with an adult. A young carer who lives alone with the patient could not visit at all.",
    ),
    "Other groups": ("positive", "Hours from 10am to 8pm suit people who work shifts."),
}


def build(today: date) -> bool:
    """Policies need an equality screening and an opening section; the other types need nothing."""
    made = defaults.load_kinds()
    return defaults.load_template(DocumentType.POLICY, sections=SECTIONS) or bool(made)


def screen(page, day: date) -> None:
    """Do what stands open before ``page`` is submitted: record a screening, or confirm the one before."""
    draft = page.get_latest_revision_as_object()
    for gate in gates_of(draft, freeze(draft).content):
        if gate.state == GateState.TO_DO:
            _record(page, gate.kind, day, USUAL)
        if gate.may_confirm:
            _confirm(page, gate, day)


def find_negative(page, day: date) -> None:
    """The author looks again and finds what the first screening missed: the equality lead is asked."""
    with lived_on(day):
        words = (
            "The wards for children asked what happens to young carers; the first screening had missed them."
        )
        _record(page, ScreeningKind.objects.get(slug="equality"), day, YOUNG_CARERS, reason=words)


def _record(page, kind, day, answers, reason="") -> None:
    draft = page.get_latest_revision_as_object()
    entry = Entry(
        reviewer_name=draft.policy_owner.name,
        reviewer_role=draft.owner_role.name,
        assessed_on=day.replace(day=1),
        day_known=False,
        answers={row.pk: answers.get(row.label, ("no impact", "")) for row in kind.rows.all()},
        reason=reason,
    )
    after = page.screenings.filter(kind=kind).count()
    services.record_screening(page, kind=kind, actor=person(AUTHOR).user, today=day, entry=entry, after=after)


def _confirm(page, gate, day) -> None:
    services.confirm_screening(
        page,
        kind=gate.kind,
        actor=person(AUTHOR).user,
        today=day,
        reason="The changed duty holds for everybody alike.",
        after=gate.record.number,
    )
