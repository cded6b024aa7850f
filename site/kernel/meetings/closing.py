"""The day after papers close, what waits since then goes on the agenda; what cannot wait goes on at once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kernel.lifecycle import reminders
from kernel.meetings import agenda, closures, notices
from kernel.meetings.models import AgendaItem
from kernel.organisation.models import BodyMeeting


def close_papers(today: date, dry_run: bool = False) -> list[str]:
    """The daily job: fills the agenda of each body's next meeting, and tells the members once papers are closed.

    May be asked again: a thing stands on one agenda only, what was taken off is not put back, and the mail is
    claimed for each meeting. After missed days it does what is still owed to meetings to come.
    """
    lines = []
    for meeting in coming(today):
        due = closures.dates_of(meeting).papers_due
        closed = due < today
        put = fill(meeting, today, due if closed else None)
        if put:
            lines.append(_("%(meeting)s: %(n)d put on the agenda") % {"meeting": meeting, "n": len(put)})
        if closed and meeting.items.exists() and reminders.claim(meeting, "papers", due, today=today):
            notices.papers(meeting, today, meeting.items.count())
            lines.append(_("%(meeting)s: members told that the papers are there") % {"meeting": meeting})
    return lines


def coming(today: date) -> list[BodyMeeting]:
    """The next sitting of each body."""
    rows = BodyMeeting.objects.filter(meets_on__gte=today).select_related("body")
    first: dict[int, BodyMeeting] = {}
    for row in rows.order_by("meets_on", "pk"):
        first.setdefault(row.body_id, row)
    return list(first.values())


@transaction.atomic
def fill(meeting, today: date, due: date | None) -> list[AgendaItem]:
    """Put on what waits since ``due`` or before, and at any time what does not wait for papers."""
    meeting = agenda.lock(meeting)
    off = set(meeting.items.filter(state="taken off").values_list("kind", "thing_id"))
    owed = [
        (kind, row)
        for kind, row in agenda.waiting_off_agenda(meeting.body, today)
        if (kind.key, row.thing_id) not in off and (row.at_once or due is not None and row.since <= due)
    ]
    name = _("the system")
    return [
        agenda.add(meeting, (kind.key, row.thing_id), row.title, actor=None, name=name) for kind, row in owed
    ]
