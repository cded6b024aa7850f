"""The steps of a policy's way, each on a day of its own: brought from Word, submitted, approved, ratified, issued."""

import json
from datetime import date, timedelta
from io import BytesIO

from kernel.lifecycle import minutes, submissions
from kernel.organisation.models import Body, JobRole, StaffGroup
from policy_pages.imports import accepting
from policy_pages.models import PolicyIndexPage, PolicyPage
from portal.demo.days import lived_on, meeting_day, weekday_after
from portal.demo.organisation import person
from portal.demo.plans import Plan
from portal.demo.screenings import screen
from portal.demo.word_files import WordFile
from portal.demo.writing import finished, reword

AUTHOR, APPROVER, SECRETARY, CHAIR = "Tomasz Wilk", "Meera Joshi", "Gareth Pugh", "Ruth Abernathy"
PRESENT = (CHAIR, "Owen Castell", "Yasmin Haddad", "Dominic Vale")


def login(name: str):
    return person(name).user


def last_meeting(today: date) -> date:
    """The last meeting of the Policy Group that is over."""
    return next(day for month in (0, -1) if (day := meeting_day(today, month)) < today)


def bring(plan: Plan, blocks: list, day: date) -> PolicyPage:
    """A first draft that the author brought as a Word file, and to which they added owner, bodies and roles."""
    file = WordFile(plan.title, _stated(plan), blocks, f"{plan.title}.docx")
    words = {"actor": login(AUTHOR), "today": day, "library": PolicyIndexPage.objects.get()}
    with lived_on(day):
        row, found = accepting.take(BytesIO(file.content()), file.name, **words)
        if row is None:
            raise ValueError(f"{file.name}: {found.refused or found.receipt['lost']}")
        draft = row.policy.get_latest_revision_as_object()
        for name, value in _control(plan).items():
            setattr(draft, name, value)
        draft.body = json.dumps(finished(list(draft.body.raw_data), blocks))
        draft.save_revision(user=login(AUTHOR), log_action=True)
    return PolicyPage.objects.get(pk=row.policy_id)


def _stated(plan: Plan) -> dict[str, str]:
    """The table on the first page of the Word file; nobody wrote down when it is to be reviewed."""
    return {
        "Reference": plan.reference,
        "Owner": plan.owner,
        "Ratified by": Body.objects.get(short_name=plan.ratifies).name,
        "Review date": "",
    }


def _control(plan: Plan) -> dict:
    """The control fields of a plan, by name."""
    owner = person(plan.owner)
    return {
        "slug": plan.slug,
        "topic": plan.topic,
        "audience": plan.audience,
        "audience_groups": StaffGroup.objects.filter(name__in=plan.audience_groups),
        "document_type": plan.document_type,
        "review_months": plan.review_months,
        "policy_owner": owner,
        "owner_role": JobRole.objects.filter(posts__person=owner).first(),
        "owner_deputy": person(plan.deputy) if plan.deputy else None,
        "sponsor": person(plan.sponsor),
        "approving_body": Body.objects.get(short_name="DAP"),
        "ratifying_body": Body.objects.get(short_name=plan.ratifies),
    }


def change(page, day: date, *pairs: tuple[str, str]) -> None:
    """The author says some words otherwise, in the draft."""
    with lived_on(day):
        draft = page.get_latest_revision_as_object()
        body = list(draft.body.raw_data)
        for before, after in pairs:
            body = reword(body, before, after)
        draft.body = json.dumps(body)
        draft.save_revision(user=login(AUTHOR), log_action=True)
    page.refresh_from_db()


def submitted(page, day: date, note: str, significance: str = "minor"):
    words = {"significance": significance, "change_note": note}
    with lived_on(day):
        screen(page, day)
        return submissions.submit(page, actor=login(AUTHOR), today=day, **words)


def approved(page, day: date, note: str, significance: str = "minor"):
    submission = submitted(page, day, note, significance)
    later = weekday_after(day + timedelta(days=2))
    with lived_on(later):
        words = "Read in full; the panel's questions are answered."
        return submissions.approve(submission, actor=login(APPROVER), today=later, statement=words)


def signed(page, day: date, note: str, *, signers: list[str]) -> PolicyPage:
    """Approved, then signed by each of the signers on a day of their own."""
    submission = approved(page, day, note)
    for number, name in enumerate(signers):
        when = weekday_after(day + timedelta(days=5 + 2 * number))
        with lived_on(when):
            submission = submissions.sign(submission, actor=login(name), today=when)
    page.refresh_from_db()
    return page


def recorded(
    page, met: date, note: str, *, minute: str, significance: str = "minor", wanted=None, today=None
):
    """Approved, and ratified by the Policy Group on ``met`` as its secretary wrote down the day after."""
    submission = approved(page, met - timedelta(days=14), note, significance)
    written = weekday_after(met + timedelta(days=1))
    written = min(today, written) if today else written
    words = minutes.Minute(
        meeting_on=met,
        present=[person(name) for name in PRESENT],
        minute_reference=f"PG/{met:%y}/{met:%m}{minute}",
        outcome="ratify",
        in_force_from=wanted or written,
    )
    with lived_on(written):
        return minutes.record_meeting(submission, actor=login(SECRETARY), today=written, minute=words)


def confirmed(page, met: date, note: str, **words) -> PolicyPage:
    """Recorded, and confirmed by the chair on the same day: issued."""
    submission = recorded(page, met, note, **words)
    day = weekday_after(met + timedelta(days=1))
    with lived_on(day):
        minutes.confirm_meeting(submission, actor=login(CHAIR), today=day)
    page.refresh_from_db()
    return page
