"""Mails about decisions: one row a person, nobody else's address in it, and a link to the page that does the job."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kernel.lifecycle import seats
from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership
from kernel.organisation.models.staff import is_here
from kernel.outbox import emit, queue_mail


def to_approve(submission, today) -> None:
    subject = _("Approve: %(title)s") % {"title": submission.page.title}
    _tell_body(submission, submission.approving_body, DECIDING_CAPACITIES, "to_approve", subject, today)


def to_ratify(submission, today) -> None:
    body = submission.ratifying_body
    by_meeting = body.ratifies_by == "meeting"
    capacities = ("secretary",) if by_meeting else DECIDING_CAPACITIES
    words = _("For the agenda: %(title)s") if by_meeting else _("Sign: %(title)s")
    subject = words % {"title": submission.page.title}
    _tell_body(submission, body, capacities, "to_ratify", subject, today)


def to_confirm(submission, today) -> None:
    subject = _("Confirm the record: %(title)s") % {"title": submission.page.title}
    _tell_body(submission, submission.ratifying_body, DECIDING_CAPACITIES, "to_confirm", subject, today)


def issued(submission, today) -> None:
    subject = _("Ratified: %(title)s") % {"title": submission.page.title}
    _tell(submission, submission.submitted_by, "issued", subject, today=today)


def closed(submission, reason, actor) -> None:
    """Tell the submitter that the text is a draft again, unless the submitter ended it."""
    if submission.submitted_by and submission.submitted_by != actor:
        subject = _("Back with you: %(title)s") % {"title": submission.page.title}
        _tell(submission, submission.submitted_by, "closed", subject, reason=reason)
    emit("lifecycle.closed", {"page": submission.page_id, "submission": submission.pk})


def _tell_body(submission, body, capacities, kind, subject, today):
    authors = seats.authors_of(submission)
    rows = BodyMembership.objects.on(today).filter(
        is_here(today, "person__"), body=body, capacity__in=capacities
    )
    for row in rows.select_related("person__user"):
        if row.person.user and row.person.user_id not in authors:
            _tell(submission, row.person.user, kind, subject, body=body.name)


def _tell(submission, user, kind, subject, **context):
    if user is None or not user.email or not user.is_active:
        return
    link = settings.WAGTAILADMIN_BASE_URL + submission.page.specific.decision_address()
    text = render_to_string(
        f"lifecycle/email/{kind}.txt", {"submission": submission, "link": link, "user": user, **context}
    )
    one_line = " ".join(subject.split())[:150]
    queue_mail(kind=f"lifecycle.{kind}", to=[user.email], subject=one_line, text=text)
