"""Builds the policies, each by the way that any policy goes: written, submitted, approved, ratified, issued."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

from wagtail.models import Page

from kernel.lifecycle import minutes, submissions, workflows
from kernel.organisation.models import Body, JobRole, StaffGroup
from policy_pages.imports import accepting
from policy_pages.models import PolicyIndexPage, PolicyPage
from portal.demo import word_files
from portal.demo.days import lived_on, meeting_day, months_ago, weekday_after
from portal.demo.organisation import person
from portal.demo.texts import lone_working, medicines, safeguarding, short
from portal.demo.word_files import WordFile
from portal.demo.writing import body_of, reword
from portal.models import HomePage

AUTHOR, APPROVER = "Tomasz Wilk", "Meera Joshi"
FIRST, MINOR = "First issue.", "minor"


@dataclass(frozen=True)
class Plan:
    """What stands round a text: its control fields, by name."""

    reference: str
    title: str
    slug: str
    owner: str
    sponsor: str
    ratifies: str
    topic: str
    deputy: str = ""
    audience: str = "staff"
    document_type: str = "policy"
    essential_for: list[str] = field(default_factory=list)
    review_months: int = 24


SAFEGUARDING = Plan(
    "SG-042",
    "Safeguarding children policy",
    "safeguarding-children",
    "Beatrice Adeyemi",
    "Ruth Abernathy",
    "SCC",
    "safeguarding",
    deputy="Farah Qureshi",
    audience="public",
    essential_for=["Registered nurses", "Managers"],
)
DISAGREEMENT = Plan(
    "SG-045",
    "Professional disagreement procedure",
    "professional-disagreement",
    "Beatrice Adeyemi",
    "Ruth Abernathy",
    "SCC",
    "safeguarding",
    audience="partners",
    document_type="procedure",
)
LONE_WORKING = Plan(
    "HR-017",
    "Lone working policy",
    "lone-working",
    "Callum Stroud",
    "Yasmin Haddad",
    "PG",
    "people",
    deputy="Amara Nwosu",
    essential_for=["People who work alone"],
)
FIRE = Plan(
    "FS-003", "Fire safety policy", "fire-safety", "Desmond Achebe", "Alastair Finch", "PG", "estates"
)
PHOTOGRAPHS = Plan(
    "IG-011",
    "Photographs and recordings procedure",
    "photographs-and-recordings-procedure",
    "Elspeth Drummond",
    "Alastair Finch",
    "PG",
    "corporate",
    document_type="procedure",
)
MEDICINES = Plan(
    "MM-008",
    "Medicines in the community policy",
    "medicines-in-the-community",
    "Ingrid Solberg",
    "Owen Castell",
    "PG",
    "clinical",
    essential_for=["People who handle medicines"],
)


def build_library(today: date) -> bool:
    if PolicyIndexPage.objects.exists():
        return False
    home = HomePage.objects.get()
    workflows.attach(home.add_child(instance=PolicyIndexPage(title="Policies", slug="policies")))
    return True


def build(today: date) -> bool:
    """True if it built anything; policies that are there already are left as they are."""
    if PolicyPage.objects.exists():
        return False
    _disagreement(today)
    _safeguarding(today)
    _disagreement_changed(today)
    _fire(today)
    _lone_working(today)
    _photographs(today)
    _write(MEDICINES, medicines.blocks(), today - timedelta(days=2))
    return True


# --- each policy, in the order of its days ----------------------------------------------------------------


def _disagreement(today) -> None:
    page = _write(DISAGREEMENT, short.disagreement(), months_ago(today, 9, 4))
    _to_signatures(page, months_ago(today, 9), FIRST, signers=["Priya Sandhu", "Owen Castell"])


def _safeguarding(today) -> None:
    """Issued twice: 1.0 seven months ago, 1.1 two months ago with one clause changed."""
    page = _write(SAFEGUARDING, safeguarding.blocks(), months_ago(today, 7, 4))
    _to_signatures(page, months_ago(today, 7), FIRST, signers=["Priya Sandhu", "Helen Oduya"])
    day = months_ago(today, 2, 8)
    with lived_on(day):
        _reword(page, safeguarding.SAME_DAY, safeguarding.WITHIN_HOURS)
    note = "3.1: two hours instead of the same working day, after the review of a case."
    _to_signatures(page, months_ago(today, 2), note, signers=["Helen Oduya", "Owen Castell"])


def _disagreement_changed(today) -> None:
    """Approved again, and signed by one of the two who are needed."""
    day = weekday_after(today - timedelta(days=14))
    page = PolicyPage.objects.get(reference=DISAGREEMENT.reference)
    with lived_on(day):
        _reword(page, short.FIVE_DAYS, short.THREE_DAYS)
    note = "Step 2: three working days instead of five."
    _to_signatures(page, day, note, signers=["Helen Oduya"])


def _fire(today) -> None:
    """The Policy Group has sat, its secretary has written it down; the chair has yet to confirm."""
    met = last_meeting(today)
    page = _write(FIRE, short.fire(), met - timedelta(days=21))
    submission = _approved(page, met - timedelta(days=14), FIRST)
    minute = minutes.Minute(
        meeting_on=met,
        present=[
            person(name) for name in ("Ruth Abernathy", "Owen Castell", "Yasmin Haddad", "Dominic Vale")
        ],
        minute_reference=f"PG/{met:%y}/{met:%m}4",
        outcome="ratify",
        in_force_from=today,
    )
    day = min(today, weekday_after(met + timedelta(days=1)))
    with lived_on(day):
        minutes.record_meeting(submission, actor=_login("Gareth Pugh"), today=day, minute=minute)


def _lone_working(today) -> None:
    page = _write(LONE_WORKING, lone_working.blocks(), weekday_after(today - timedelta(days=16)))
    _approved(page, weekday_after(today - timedelta(days=9)), FIRST)


def _photographs(today) -> None:
    day = weekday_after(today - timedelta(days=5))
    page = _imported(PHOTOGRAPHS, word_files.PHOTOGRAPHS, day)
    _submitted(page, day, FIRST)


# --- steps -------------------------------------------------------------------------------------------------


def last_meeting(today: date) -> date:
    """The last meeting of the Policy Group that is over."""
    return next(day for month in (0, -1) if (day := meeting_day(today, month)) < today)


def _login(name: str):
    return person(name).user


def _write(plan: Plan, blocks: list, day: date) -> PolicyPage:
    """A first draft, saved by the author on that day."""
    page = PolicyPage(
        title=plan.title, slug=plan.slug, reference=plan.reference, live=False, **_control(plan)
    )
    page.body = _linked(json.dumps(body_of(plan.reference, blocks)))
    with lived_on(day):
        PolicyIndexPage.objects.get().add_child(instance=page)
        page.essential_for = StaffGroup.objects.filter(name__in=plan.essential_for)
        page.save_revision(user=_login(AUTHOR), log_action=True)
    page.refresh_from_db()
    return page


def _imported(plan: Plan, file: WordFile, day: date) -> PolicyPage:
    """A first draft that the author brought as a Word file on that day, and whose owner and bodies they added."""
    words = {"actor": _login(AUTHOR), "today": day, "library": PolicyIndexPage.objects.get()}
    with lived_on(day):
        row, found = accepting.take(BytesIO(file.content()), file.name, **words)
        if row is None:
            raise ValueError(f"{file.name}: {found.refused or found.receipt['lost']}")
        draft = row.policy.get_latest_revision_as_object()
        for name, value in _control(plan).items():
            setattr(draft, name, value)
        draft.essential_for = StaffGroup.objects.filter(name__in=plan.essential_for)
        draft.save_revision(user=_login(AUTHOR), log_action=True)
    return PolicyPage.objects.get(pk=row.policy_id)


def _control(plan: Plan) -> dict:
    """The control fields of a plan, by name."""
    owner = person(plan.owner)
    return {
        "topic": plan.topic,
        "audience": plan.audience,
        "document_type": plan.document_type,
        "review_months": plan.review_months,
        "policy_owner": owner,
        "owner_role": JobRole.objects.filter(posts__person=owner).first(),
        "owner_deputy": person(plan.deputy) if plan.deputy else None,
        "sponsor": person(plan.sponsor),
        "approving_body": Body.objects.get(short_name="DAP"),
        "ratifying_body": Body.objects.get(short_name=plan.ratifies),
    }


def _linked(body: str) -> str:
    """Put the key of a page in the place of its reference in braces."""
    for page in PolicyPage.objects.all():
        body = body.replace(f"{{{page.reference}}}", str(page.pk))
    return body


def _reword(page, before: str, after: str) -> None:
    draft = page.get_latest_revision_as_object()
    draft.body = json.dumps(reword(list(draft.body.raw_data), before, after))
    draft.save_revision(user=_login(AUTHOR), log_action=True)
    page.refresh_from_db()


def _submitted(page, day: date, note: str):
    with lived_on(day):
        return submissions.submit(page, actor=_login(AUTHOR), today=day, significance=MINOR, change_note=note)


def _approved(page, day: date, note: str):
    submission = _submitted(page, day, note)
    later = weekday_after(day + timedelta(days=2))
    with lived_on(later):
        words = "Read in full; the panel's questions are answered."
        return submissions.approve(submission, actor=_login(APPROVER), today=later, statement=words)


def _to_signatures(page, day: date, note: str, *, signers: list[str]) -> Page:
    """Approved, then signed by each of the signers on a day of their own."""
    submission = _approved(page, day, note)
    for number, name in enumerate(signers):
        signed = weekday_after(day + timedelta(days=5 + 2 * number))
        with lived_on(signed):
            submission = submissions.sign(submission, actor=_login(name), today=signed)
    page.refresh_from_db()
    return page
