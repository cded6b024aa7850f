"""Mails about decisions: one row a person, nobody else's address in it, and a link to the page that does the job."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kernel.lifecycle import seats
from kernel.lifecycle.models import Proposal
from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership
from kernel.organisation.models.staff import is_here
from kernel.outbox import emit, queue_mail


def to_approve(submission, today) -> None:
    subject = _("Approve: %(title)s") % {"title": submission.page.title}
    _tell_body(submission, DECIDING_CAPACITIES, "to_approve", subject, today)


def to_ratify(matter, today) -> None:
    """The secretary where the body meets, else whoever may sign: for texts, proposals and chair's actions."""
    by_meeting = matter.body.ratifies_by == "meeting"
    capacities = ("secretary",) if by_meeting else DECIDING_CAPACITIES
    words = _("For the agenda: %(title)s") if by_meeting else _("Sign: %(title)s")
    kind = "to_decide" if isinstance(matter, Proposal) else "to_ratify"
    _tell_body(matter, capacities, kind, words % {"title": matter.page.title}, today)


def to_confirm(matter, today) -> None:
    subject = _("Confirm the record: %(title)s") % {"title": matter.page.title}
    _tell_body(matter, DECIDING_CAPACITIES, "to_confirm", subject, today)


def issued(submission, today) -> None:
    subject = _("Ratified: %(title)s") % {"title": submission.page.title}
    _tell(submission, submission.submitted_by, "issued", subject, today=today)


def closed(submission, reason, actor) -> None:
    """Tell the submitter that the text is a draft again, unless the submitter ended it."""
    if submission.submitted_by and submission.submitted_by != actor:
        words = _("Rejected: %(title)s") if submission.state == "rejected" else _("Back with you: %(title)s")
        subject = words % {"title": submission.page.title}
        _tell(submission, submission.submitted_by, "closed", subject, reason=reason)
    emit("lifecycle.closed", {"page": submission.page_id, "submission": submission.pk})


def conditions(submission, today) -> None:
    """Tell whoever sees to an open condition, each their own, and the submitter all of them."""
    rows = list(submission.conditions.open().select_related("owner__user"))
    subject = _("Under conditions: %(title)s") % {"title": submission.page.title}
    for owner in {row.owner for row in rows}:
        if owner.user_id != submission.submitted_by_id:
            mine = [row for row in rows if row.owner_id == owner.pk]
            _tell(submission, owner.user, "conditions", subject, rows=mine)
    _tell(submission, submission.submitted_by, "conditions", subject, rows=rows)


def proposal_decided(proposal, label, reason) -> None:
    words = _("Allowed: %(title)s") if proposal.state == "allowed" else _("Refused: %(title)s")
    subject = words % {"title": proposal.page.title}
    _tell(proposal, proposal.proposed_by, "proposal_decided", subject, label=label, reason=reason)


def issued_by_chair(action, today) -> None:
    """Those who ratify it afterwards, and those who answer for the document."""
    to_ratify(action, today)
    subject = _("Issued by chair's action: %(title)s") % {"title": action.page.title}
    for user in {action.submission.submitted_by, *action.page.specific.accountable()}:
        _tell(action, user, "chair_action", subject)


def declined(action, reason) -> None:
    subject = _("Not ratified: %(title)s") % {"title": action.page.title}
    for user in action.page.specific.accountable():
        _tell(action, user, "declined", subject, reason=reason)


def _tell_body(matter, capacities, kind, subject, today):
    barred = seats.authors_of(matter)
    rows = BodyMembership.objects.on(today).filter(
        is_here(today, "person__"), body=matter.body, capacity__in=capacities
    )
    for row in rows.select_related("person__user"):
        if row.person.user and row.person.user_id not in barred:
            _tell(matter, row.person.user, kind, subject, body=matter.body.name)


def _tell(matter, user, kind, subject, **context):
    if user is None or not user.email or not user.is_active:
        return
    link = settings.WAGTAILADMIN_BASE_URL + matter.address()
    words = {"matter": matter, "title": matter.page.title, "link": link, "user": user, **context}
    text = render_to_string(f"lifecycle/email/{kind}.txt", words)
    one_line = " ".join(subject.split())[:150]
    queue_mail(kind=f"lifecycle.{kind}", to=[user.email], subject=one_line, text=text)
