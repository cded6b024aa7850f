from datetime import date

import pytest

from kernel.lifecycle import jobs
from kernel.meetings import agenda, closing
from kernel.outbox.models import OutboxMail
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db
MEETS, DUE = date(2026, 12, 10), date(2026, 12, 3)
BEFORE, ON, AFTER = date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)


@pytest.fixture
def meeting(motions):
    row = make.make_meeting(meets_on=MEETS)
    motions.rows[1] = make.Motion(row.body_id, "In time", since=DUE)
    motions.rows[2] = make.Motion(row.body_id, "Late", since=AFTER)
    return row


def on_agenda(meeting):
    return list(meeting.items.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("day", "titles"), [(BEFORE, []), (ON, []), (AFTER, ["In time"]), (MEETS, ["In time"])]
)
def test_papers_close_at_the_end_of_their_day(meeting, day, titles):
    closing.close_papers(day)

    assert on_agenda(meeting) == titles


def test_what_cannot_wait_goes_on_at_once(meeting, motions):
    motions.rows[3] = make.Motion(meeting.body_id, "Chair's action", since=BEFORE, at_once=True)

    closing.close_papers(BEFORE)

    assert on_agenda(meeting) == ["Chair's action"]


def test_close_papers_twice_puts_on_and_mails_once(meeting):
    closing.close_papers(AFTER)
    lines = closing.close_papers(date(2026, 12, 5))

    assert (on_agenda(meeting), lines) == (["In time"], [])
    mails = OutboxMail.objects.filter(kind="meetings.papers")
    assert mails.count() == 4 and {mail.subject for mail in mails} == {
        f"Papers: {meeting.body.name}, 10 December 2026"
    }


def test_close_papers_does_not_put_back_what_was_taken_off(meeting):
    closing.close_papers(AFTER)
    (item,) = meeting.items.all()
    agenda.take_off(item, actor=make.secretary_of(meeting.body), today=AFTER, reason="Not ready.")

    closing.close_papers(date(2026, 12, 5))

    assert [(row.title, row.state) for row in meeting.items.all()] == [("In time", "taken off")]


def test_close_papers_leaves_meetings_that_are_over_and_those_after_the_next(meeting):
    later = make.make_meeting(meeting.body, date(2027, 1, 14))
    past = make.make_meeting(meeting.body, date(2026, 11, 12))

    closing.close_papers(AFTER)

    assert (on_agenda(later), on_agenda(past)) == ([], [])


def test_close_papers_without_anything_says_nothing(motions):
    make.make_meeting(meets_on=MEETS)

    assert closing.close_papers(AFTER) == []
    assert OutboxMail.objects.count() == 0


def test_close_papers_is_a_daily_job_and_its_dry_run_keeps_nothing(meeting):
    (result,) = [row for row in jobs.run_daily(AFTER, dry_run=True) if row.name == "meetings.close_papers"]

    assert result.lines == [
        f"{meeting}: 1 put on the agenda",
        f"{meeting}: members told that the papers are there",
    ]
    assert (on_agenda(meeting), OutboxMail.objects.count()) == ([], 0)
