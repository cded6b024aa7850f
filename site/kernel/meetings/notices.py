"""Mails about meetings: one row a person and occasion, however many items, with a link to the page."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership, Capacity
from kernel.organisation.models.staff import is_here
from kernel.outbox import queue_mail


def papers(meeting, today, count: int) -> None:
    """To everybody who decides: the papers of the meeting are there."""
    subject = _("Papers: %(body)s, %(day)s") % _words(meeting)
    for user in _logins(meeting.body, DECIDING_CAPACITIES, today):
        _tell(meeting, user, "papers", subject, reverse("meeting_pack", args=[meeting.pk]), count=count)


def to_confirm(entry, today) -> None:
    """To the chair and the members who were present, not to who recorded it."""
    meeting = entry.meeting
    subject = _("Confirm the minutes: %(body)s, %(day)s") % _words(meeting)
    rows = _seats(meeting.body, DECIDING_CAPACITIES, today)
    there = [row for row in rows if row.capacity == Capacity.CHAIR or row.person_id in entry.present_ids]
    users = {row.person.user_id: row.person.user for row in there if row.person.user_id}
    address = reverse("meeting_confirm", args=[meeting.pk])
    for user in users.values():
        if user.pk != entry.recorded_by_id:
            _tell(meeting, user, "to_confirm", subject, address, entry=entry)


def returned(entry, today) -> None:
    meeting = entry.meeting
    subject = _("Record again: %(body)s, %(day)s") % _words(meeting)
    for user in _logins(meeting.body, [Capacity.SECRETARY], today):
        _tell(meeting, user, "returned", subject, reverse("meeting_minutes", args=[meeting.pk]), entry=entry)


def _words(meeting) -> dict:
    return {"body": meeting.body.name, "day": date_format(meeting.meets_on, "j F Y")}


def _seats(body, capacities, today):
    rows = BodyMembership.objects.on(today).filter(
        is_here(today, "person__"), body=body, capacity__in=capacities
    )
    return list(rows.select_related("person__user").order_by("pk"))


def _logins(body, capacities, today) -> list:
    rows = _seats(body, capacities, today)
    return list({row.person.user_id: row.person.user for row in rows if row.person.user_id}.values())


def _tell(meeting, user, kind, subject, address, **context) -> None:
    if not user.email or not user.is_active:
        return
    link = settings.WAGTAILADMIN_BASE_URL + address
    text = render_to_string(
        f"meetings/email/{kind}.txt", {"meeting": meeting, "link": link, "user": user, **context}
    )
    queue_mail(kind=f"meetings.{kind}", to=[user.email], subject=" ".join(subject.split())[:150], text=text)
