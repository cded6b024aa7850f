"""Whom a new version asks to read: chosen at submit, seen by the body, kept with the version when it is issued."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.lifecycle import submissions
from kernel.lifecycle.enums import Significance
from kernel.lifecycle.models import Submission
from kernel.organisation import people
from kernel.organisation.models import JobRole
from policy_pages.enums import Asks
from policy_pages.models.reading import ReadingCall, ReadingChoice
from policy_pages.readers import questions


@transaction.atomic
def submit(page, *, actor, today, asks: str = "", roles=(), **words) -> Submission:
    """Hand a draft in with the choice of who is asked to read again; ``words`` are those of ``submissions.submit``.

    The first version asks everybody, wording alone asks nobody; a major change asks whom the author chose.
    """
    questions.require_clauses(page)
    submission = submissions.submit(page, actor=actor, today=today, **words)
    asks = _asks(submission, asks)
    named = list(JobRole.objects.filter(pk__in=[int(role) for role in roles])) if asks == Asks.ROLES else []
    if asks == Asks.ROLES and not named:
        raise ValidationError({"roles": _("Choose the job roles that are asked again.")})
    ReadingChoice.objects.create(
        submission=submission,
        asks=asks,
        roles=[{"id": role.pk, "name": role.name} for role in named],
        chosen_by_name=people.name_of(actor),
        at=timezone.now(),
    )
    return submission


def _asks(submission, asks: str) -> str:
    if not submission.cycle:
        return Asks.EVERYBODY
    if submission.significance == Significance.MINOR:
        return Asks.NOBODY
    if asks and asks not in Asks.values:
        raise ValidationError({"asks": _("Choose who is asked to read it again.")})
    return asks or Asks.EVERYBODY


def keep(version) -> ReadingCall | None:
    """Called as a version is issued: write down whom it asks, unless it asks nobody."""
    choice = ReadingChoice.objects.filter(submission_id=version.submission_id).first()
    asks = choice.asks if choice else _asks(version.submission, "")
    if asks == Asks.NOBODY:
        return None
    call = ReadingCall.objects.create(
        version=version,
        policy_id=version.policy_id,
        first_day=version.in_force_from,
        everybody=asks == Asks.EVERYBODY,
    )
    if asks == Asks.ROLES:
        known = JobRole.objects.filter(pk__in=[role["id"] for role in choice.roles])
        call.job_roles.set(known)
    return call
