"""The kinds of screening that come with the software, in our words. An organisation edits or adds to them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from policy_pages.enums import DocumentType
from policy_pages.models.screening_kind import DocumentTemplate, RequiredSection, ScreeningKind, ScreeningRow
from policy_pages.screening.enums import Answer, AnswerSet


@dataclass(frozen=True)
class Kind:
    slug: str
    name: str
    introduction: str
    rows: tuple[tuple[str, str], ...]
    aims: tuple[str, ...] = ()
    answer_set: str = AnswerSet.IMPACT
    adverse: str = Answer.NEGATIVE
    lead_role: str = ""


EQUALITY = Kind(
    "equality",
    _("Equality impact"),
    _(
        "Say for each group what this document does to it. Positive: it helps. Negative: it may put people at a "
        "disadvantage. No impact: it makes no difference to them. Think of patients, families and staff."
    ),
    (
        (
            _("Age"),
            _("Children, young adults, people of working age, older people: who is treated differently?"),
        ),
        (
            _("Disability"),
            _("Seen and unseen: moving, seeing, hearing, learning, mental health. What stands in the way?"),
        ),
        (_("Race"), _("Ethnic group, nationality, Gypsy, Roma and Traveller people, first language.")),
        (_("Sex"), _("Women and men, where they are affected unequally.")),
        (
            _("Gender reassignment"),
            _("Trans and non-binary people: names, records, privacy, safety from harassment."),
        ),
        (_("Sexual orientation"), _("Lesbian, gay, bisexual and heterosexual people.")),
        (_("Religion or belief"), _("Any faith and none: food, dress, prayer, times of the year.")),
        (_("Pregnancy and maternity"), _("Expecting, birth, feeding, care of babies, working hours.")),
        (_("Marriage and civil partnership"), _("In employment: married people and civil partners.")),
        (_("Environment"), _("Travel, energy, materials and waste.")),
        (
            _("Other groups"),
            _("For example carers, people on low incomes, homeless or migrant people. Say what you rely on."),
        ),
    ),
    aims=(
        _("Stop discrimination, harassment and victimisation that the Equality Act 2010 forbids."),
        _("Give people who share a protected characteristic the same chances as others."),
        _("Help people who share one and people who do not to get on well together."),
    ),
    lead_role="equality-lead",
)

PRIVACY = Kind(
    "privacy",
    _("Privacy"),
    _("Whether this document changes what is done with information about people."),
    (
        (_("Collects information about people that was not collected before"), ""),
        (_("Uses information for another purpose than that for which it was given"), ""),
        (_("Gives information to people or organisations that did not have it"), ""),
        (_("Watches, recognises or scores people, with or without a camera"), ""),
        (_("Keeps information longer than before, or in another place"), ""),
    ),
    answer_set=AnswerSet.YES_NO,
    adverse=Answer.YES,
    lead_role="records-lead",
)

MENTAL_CAPACITY = Kind(
    "mental-capacity",
    _("Mental capacity"),
    _(
        "Whether people who cannot decide for themselves today are treated as the Mental Capacity Act 2005 asks."
    ),
    (
        (_("Starts from the assumption that a person can decide"), ""),
        (_("Says how a person is helped to decide"), ""),
        (_("Says who decides in a person's best interests, and how it is written down"), ""),
        (_("Uses no more restraint or restriction than is needed"), ""),
    ),
    answer_set=AnswerSet.YES_NO,
    adverse=Answer.NO,
)

KINDS = (EQUALITY, PRIVACY, MENTAL_CAPACITY)

# Heading, other headings that count, what belongs there.
SECTIONS = (
    (
        _("Introduction"),
        _("Background\nWhy we have this\nPolicy statement"),
        _("Why there is this document, in a few sentences."),
    ),
    (_("Purpose"), _("Aims\nAim\nObjectives"), _("What it is meant to reach.")),
    (_("Scope"), _("Who this is for\nWho it applies to"), _("For whom and where it holds.")),
    (
        _("Roles and responsibilities"),
        _("Duties\nResponsibilities\nRoles\nDuties and responsibilities"),
        _("Who has to do what."),
    ),
    (
        _("Monitoring"),
        _("Monitoring and audit\nMonitoring compliance\nHow we check\nAudit"),
        _("What is checked, by whom, how often, and who is told."),
    ),
)


@transaction.atomic
def load_kinds() -> list[str]:
    """Make the kinds that are not there; one that is there stays as the organisation edited it."""
    made = []
    for kind in KINDS:
        if not ScreeningKind.objects.filter(slug=kind.slug).exists():
            _make(kind)
            made.append(str(kind.name))
    return made


@transaction.atomic
def load_template(document_type: str = DocumentType.POLICY, kinds=("equality",), sections=SECTIONS) -> bool:
    """Require the usual sections and the equality screening of a type; False where it has a template already."""
    if DocumentTemplate.objects.filter(document_type=document_type).exists():
        return False
    template = DocumentTemplate.objects.create(document_type=document_type)
    template.screenings.set(ScreeningKind.objects.filter(slug__in=kinds))
    template.save()
    for place, (heading, alternatives, guidance) in enumerate(sections):
        words = {"heading": heading, "alternatives": alternatives, "guidance": guidance}
        RequiredSection.objects.create(template=template, sort_order=place, **_plain(words))
    return True


def _make(kind: Kind) -> ScreeningKind:
    words = {"name": kind.name, "introduction": kind.introduction, "aims": "\n".join(map(str, kind.aims))}
    row = ScreeningKind(
        slug=kind.slug,
        answer_set=kind.answer_set,
        adverse=kind.adverse,
        lead_role=kind.lead_role,
        **_plain(words),
    )
    row.full_clean()
    row.save()
    for place, (label, guidance) in enumerate(kind.rows):
        ScreeningRow.objects.create(
            kind=row, sort_order=place, **_plain({"label": label, "guidance": guidance})
        )
    return row


def _plain(words: dict) -> dict:
    return {name: str(value) for name, value in words.items()}
