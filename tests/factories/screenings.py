from datetime import date

from policy_pages.models import DocumentTemplate, RequiredSection, ScreeningKind
from policy_pages.screening import defaults, services
from policy_pages.screening.entry import Entry
from policy_pages.screening.services import Findings
from tests.factories.organisation import make_role_holder

TODAY = date(2026, 11, 23)


def make_kind(slug="equality") -> ScreeningKind:
    """A kind as it comes with the software: equality with its eleven rows unless another is named."""
    defaults.load_kinds()
    return ScreeningKind.objects.get(slug=slug)


def require(*kinds, document_type="policy", sections=()) -> DocumentTemplate:
    """A template that asks for these kinds and for sections with these headings."""
    template, _made = DocumentTemplate.objects.get_or_create(document_type=document_type)
    template.screenings.set(kinds)
    template.save()
    for heading in sections:
        RequiredSection.objects.create(template=template, heading=heading)
    return template


def make_entry(kind, *, negative=(), **overrides) -> Entry:
    """Everything "no impact", or "no" where that is asked; rows named in ``negative`` are adverse, with words."""
    plain = {"impact": "no impact", "yes no": "no" if kind.adverse == "yes" else "yes"}[kind.answer_set]
    answers = {row.pk: (plain, "") for row in kind.rows.all()}
    for row in kind.rows.filter(label__in=negative):
        answers[row.pk] = (kind.adverse, "Letters alone reach nobody who cannot read them.")
    values = {
        "reviewer_name": "Priya Nair",
        "reviewer_role": "Ward manager",
        "assessed_on": TODAY,
        "answers": answers,
    }
    return Entry(**{**values, **overrides})


def record(page, kind, *, actor=None, today=TODAY, after=None, **words):
    """Recorded by the policy's owner."""
    after = page.screenings.filter(kind=kind).count() if after is None else after
    entry = make_entry(kind, **words)
    actor = actor or page.policy_owner.user
    return services.record_screening(page, kind=kind, actor=actor, today=today, entry=entry, after=after)


def conclude(page, kind, decision="go on", *, actor=None, today=TODAY, **overrides):
    """Finished by a holder of the role, made here unless given."""
    words = {
        "mitigations": "Large print and an interpreter.",
        "consultation": "The disability network, 3 November 2026.",
        "decision": decision,
        "reason": "It is mended by what is done.",
    }
    actor = actor or make_role_holder("equality-lead")
    draft = page.get_latest_revision_as_object()
    return services.conclude_full(
        page,
        kind=kind,
        actor=actor,
        today=today,
        findings=Findings(**{**words, **overrides}),
        after=page.screenings.filter(kind=kind).count(),
        text_sha256=draft.text_digest(),
    )
