"""Dates worked back from a meeting. Pure: rules, closures and the day are handed in; nothing of it is stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.lifecycle.enums import Nation
from kernel.lifecycle.working_days import add_working_days


@dataclass(frozen=True)
class Rules:
    """How a body counts: working days before and after, whole days to read."""

    nation: Nation
    consultation_lead: int
    papers_lead: int
    in_force_lead: int
    reading_lead: int


@dataclass(frozen=True)
class Dates:
    """Each is the last day that still counts, but the first day in force."""

    consultation_closes: date
    papers_due: date
    meets: date
    in_force_from: date
    acknowledge_by: date


def rules_of(body) -> Rules:
    return Rules(
        Nation(body.nation),
        body.consultation_lead,
        body.papers_lead,
        body.in_force_lead,
        body.reading_lead,
    )


def worked_back(
    meets_on: date, rules: Rules, closed: Collection[date] = (), papers_due_on: date | None = None
) -> Dates:
    """From the meeting back to consultation and on to reading; a day for papers that was set by hand wins."""
    papers = papers_due_on or add_working_days(meets_on, -rules.papers_lead, closed, rules.nation)
    first_day = add_working_days(meets_on, rules.in_force_lead, closed, rules.nation)
    return Dates(
        consultation_closes=add_working_days(papers, -rules.consultation_lead, closed, rules.nation),
        papers_due=papers,
        meets=meets_on,
        in_force_from=first_day,
        acknowledge_by=first_day + timedelta(days=rules.reading_lead),
    )


def of_meeting(meeting, closed: Collection[date] = ()) -> Dates:
    return worked_back(meeting.meets_on, rules_of(meeting.body), closed, meeting.papers_due_on)
