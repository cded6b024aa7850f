"""What the board looks at: reports to committees, audits, reviews by several bodies, what a body takes at a meeting.

All invented. One report and one audit are late, so that both can be seen.
"""

from datetime import date, time

from kernel.lifecycle.review import add_months
from kernel.organisation.models import Body, BodyMeeting
from policy_pages.board import services
from policy_pages.models import EffectivenessAudit, PolicyPage
from portal.demo import plans
from portal.demo.days import lived_on, meeting_day, months_ago
from portal.demo.organisation import person
from portal.demo.steps import AUTHOR, SECRETARY, login

TAKES = {"PG": 1, "SCC": 2}


def build(today: date) -> bool:
    if EffectivenessAudit.objects.exists():
        return False
    _capacity(today)
    _reports(today)
    _audits(today)
    _body_reviews(today)
    return True


def policy(plan) -> PolicyPage:
    return PolicyPage.objects.get(reference=plan.reference)


def body(short_name: str) -> Body:
    return Body.objects.get(short_name=short_name)


def _capacity(today) -> None:
    """Both bodies have said what they take; the Policy Group has its days for two years.

    It does not sit in the fifth month from now, in which a review comes due: the forecast suggests an earlier day.
    """
    for short, takes in TAKES.items():
        group = body(short)
        group.reviews_a_meeting = takes
        group.save(update_fields=["reviews_a_meeting"])
    later = [meeting_day(today, month) for month in range(6, 24)]
    group = body("PG")
    BodyMeeting.objects.bulk_create(
        BodyMeeting(body=group, meets_on=day, starts_at=time(14), place="Boardroom, Moor House")
        for day in later
    )


def _reports(today) -> None:
    """One in time, one late since its last quarter."""
    begun = months_ago(today, 9, 2)
    yearly = _scheduled(plans.SAFEGUARDING, "SCC", "Yearly report on safeguarding children", 12, begun, 3)
    quarterly = _scheduled(plans.INFECTION, "PG", "Infections and outbreaks, by ward", 3, begun, 2)
    _given(yearly, months_ago(today, 6, 12), "SCC/3", "Two cases were looked at together with the council.")
    _given(quarterly, months_ago(today, 7, 12), "PG/2", "")


def _scheduled(plan, short_name, name, every_months, begun, after):
    words = {"body": body(short_name), "name": name, "every_months": every_months}
    first_due = add_months(begun, after)
    with lived_on(begun):
        return services.schedule_report(
            policy(plan), actor=login(AUTHOR), today=begun, first_due=first_due, **words
        )


def _given(duty, day, reference, note) -> None:
    with lived_on(day):
        services.record_report(
            duty, actor=login(AUTHOR), today=day, made_on=day, minute_reference=reference, note=note
        )


def _audits(today) -> None:
    """One closed, one late, one to come."""
    done = _planned(
        plans.SAFEGUARDING, months_ago(today, 5, 3), 2, "Amara Nwosu", "9 of 10 records name whom was told."
    )
    _planned(
        plans.INFECTION, months_ago(today, 6, 3), 4, "Beatrice Adeyemi", "Every ward checks its hand gel."
    )
    _planned(plans.RECORDS, months_ago(today, 1, 3), 4, "Callum Stroud", "No entry is made a day late.")
    day = months_ago(today, 3, 16)
    finding = "8 of 10 records do. The two wards without a form at hand have it now."
    with lived_on(day):
        services.complete_audit(
            done,
            actor=done.auditor.user,
            today=day,
            finding=finding,
            completed_on=day,
            reported_to=body("SCC"),
        )


def _planned(plan, day, after, auditor, standard):
    words = {"auditor": person(auditor), "standard": standard, "planned_on": add_months(day, after)}
    with lived_on(day):
        return services.plan_audit(policy(plan), actor=login(AUTHOR), today=day, **words)


def _body_reviews(today) -> None:
    """Three bodies review the same policy, each on its own days (S1-01)."""
    day = months_ago(today, 2, 12)
    page = policy(plans.SAFEGUARDING)
    words = {"reviewed_on": day, "next_on": add_months(day, 12)}
    with lived_on(day):
        services.log_body_review(
            page,
            actor=login(SECRETARY),
            today=day,
            body=body("PG"),
            minute_reference=f"PG/{day:%y}/11",
            found="Managers release people for the level 3 day.",
            **words,
        )
        services.log_body_review(
            page,
            actor=login(AUTHOR),
            today=day,
            body=body("SCC"),
            minute_reference=f"SCC/{day:%y}/4",
            found="Works between agencies; the hospice asks for a shorter page.",
            **words,
        )
        services.log_body_review(
            page, actor=login(AUTHOR), today=day, body=body("DAP"), next_on=add_months(today, 1)
        )
