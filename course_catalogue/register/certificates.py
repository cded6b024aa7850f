"""Certificates: issued by rule when a register closes, withdrawn when a correction takes their ground away."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.models import Certificate, CourseSession, Revocation
from course_catalogue.register import holds
from course_catalogue.register.counting import Outcome, outcomes
from course_catalogue.register.rules import lock, name_of, session_closing
from kernel.audit import act, record
from kernel.organisation.models import StaffProfile

# Without letters and digits that look alike; 30 signs, 8 of them: 650 thousand million codes.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF = 4


def new_code() -> str:
    """ "K7QF-22M9": nobody can guess one."""
    signs = [secrets.choice(SIGNS) for _place in range(2 * HALF)]
    return f"{''.join(signs[:HALF])}-{''.join(signs[HALF:])}"


def valid():
    """Those that count."""
    return Certificate.objects.filter(revocation__isnull=True)


def of(person: StaffProfile):
    """All certificates of one person, the newest first, withdrawn ones too, each with its ``revocation``."""
    rows = Certificate.objects.filter(person=person).select_related("revocation", "session")
    return rows.order_by("-last_on", "-pk")


@act("training.issue_certificates")
@transaction.atomic
def issue_due(session: CourseSession, *, now: datetime, actor=None) -> list[Certificate]:
    """Issue what is owed: for whoever passed a closed session, has no certificate that counts and is not held back.

    May be asked again at any time; a second time nothing is owed. Several processes at once issue each one once.
    """
    session = lock(session.pk)
    rows = [_issue(session, *pair, actor=actor, now=now) for pair in _owed(session, now)]
    if rows:
        facts = {"certificates": [row.pk for row in rows]}
        record("training.issue_certificates", actor=actor, target=session, facts=facts)
    return rows


def due(session: CourseSession, today: date) -> dict[int, Outcome]:
    """Whoever would get one if the register were closed as it stands; by person."""
    passed = {person: row for person, row in outcomes(session).items() if row.passed}
    has = set(valid().filter(session=session).values_list("person_id", flat=True))
    owed = passed.keys() - has
    kept = holds.held(session, sorted(owed), today)
    return {person: row for person, row in passed.items() if person in owed and person not in kept}


@act("training.revoke_certificate")
@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, actor, now: datetime) -> Revocation:
    """The certificate counts no longer; whoever checks it reads that and when. Done before: the same row."""
    lock(certificate.session_id)
    found = Revocation.objects.filter(certificate=certificate).first()
    if found:
        return found
    row = Revocation.objects.create(
        certificate=certificate, reason=reason[:300], by_name=name_of(actor), at=now
    )
    record("training.revoke_certificate", actor=actor, target=certificate, words={"why": reason})
    return row


def settle(session: CourseSession, person: StaffProfile, *, actor, now: datetime) -> None:
    """After a correction: withdraw what has lost its ground or says other minutes, issue what is owed now."""
    outcome = outcomes(session).get(person.pk)
    for row in valid().filter(session=session, person=person):
        if outcome is None or not outcome.passed or outcome.minutes != row.minutes:
            revoke(row, reason=_("the register was corrected"), actor=actor, now=now)
    issue_due(session, now=now, actor=actor)


def _owed(session: CourseSession, now: datetime) -> list[tuple[StaffProfile, Outcome]]:
    if session_closing(session.pk) is None:
        return []
    found = due(session, timezone.localdate(now))
    people = StaffProfile.objects.filter(pk__in=found).order_by("name", "pk")
    return [(person, found[person.pk]) for person in people]


def _issue(session, person, outcome, *, actor, now) -> Certificate:
    before = Certificate.objects.filter(session=session, person=person).count()
    return Certificate.objects.create(
        code=new_code(),
        session=session,
        person=person,
        number=before + 1,
        name=person.name,
        course_code=session.course.code,
        course_title=session.course.title,
        first_on=timezone.localdate(session.first_at),
        last_on=timezone.localdate(session.last_at),
        minutes=outcome.minutes,
        facts=facts_of(session.course),
        issued_at=now,
        issued_by_name=name_of(actor),
    )


def facts_of(course) -> dict:
    """Level, edition of its framework and outcomes of a course as they stand now, as plain words."""
    level = course.level
    facts = {"outcomes": [row.words for row in course.outcomes.all()]}
    if level is not None:
        facts["level"] = _("Level %(number)s") % {"number": level.number}
        facts["edition"] = str(level.framework)
    return facts
