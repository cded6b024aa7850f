"""The dates of meetings with the closed days of their body's nation; one query for however many meetings."""

from datetime import timedelta

from kernel.lifecycle.closed_days import closed_between
from kernel.lifecycle.enums import Nation
from kernel.meetings.dates import Dates, of_meeting

# Further back or on no rule of a body is expected to reach; a closed day beyond is not counted.
REACH = timedelta(days=200)


def dates_of(meeting) -> Dates:
    return dates_of_all([meeting])[meeting.pk]


def dates_of_all(meetings) -> dict[int, Dates]:
    """By meeting; one query for each nation."""
    found: dict[int, Dates] = {}
    for nation in sorted({meeting.body.nation for meeting in meetings}):
        rows = [meeting for meeting in meetings if meeting.body.nation == nation]
        days = [meeting.meets_on for meeting in rows]
        closed = closed_between(min(days) - REACH, max(days) + REACH, Nation(nation))
        found |= {meeting.pk: of_meeting(meeting, closed) for meeting in rows}
    return found
