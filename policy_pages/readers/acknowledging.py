"""Saying that one has read a version, and writing down what somebody without a login read on paper."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import clock, full_date
from kernel.organisation import people
from kernel.organisation.models import JobRole, StaffProfile
from policy_pages import reading
from policy_pages.enums import HowRead
from policy_pages.models import Acknowledgement, PolicyVersion
from policy_pages.readers.asked import Asked, about


@dataclass(frozen=True)
class Done:
    """What came of it. ``newer``: the version that took its place meanwhile; ``again``: that one is to be read too."""

    acknowledgement: Acknowledgement
    newer: PolicyVersion | None = None
    again: bool = False


def statement(version, person: StaffProfile, today) -> str:
    """The words to which somebody puts their name: shown, and kept as shown."""
    held = person.posts.filter(from_on__lte=today).exclude(until_on__lt=today)
    roles = JobRole.objects.filter(posts__in=held).distinct().order_by("name")
    names = _(" and ").join(roles.values_list("name", flat=True))
    words = {"number": version.number, "roles": names}
    if not names:
        return _("I have read version %(number)s and know what it asks of me") % words
    return _("I have read version %(number)s and know what it asks of me as %(roles)s") % words


@act("policies.acknowledge")
def acknowledge(version, *, actor, today, person: int | None = None, answers: dict | None = None) -> Done:
    """Record that ``actor`` has read ``version``, the one that was shown, also when a newer one came meanwhile.

    ``person``: to whom the form was shown; nobody confirms for somebody else. ``answers``: the place of the chosen
    answer by number of question. Raises ValidationError when it was done already, when nothing is asked, when the
    version went out of force before yesterday, or, by question, for a wrong answer (S0-03, C9).
    """
    me = people.profile_of(actor)
    if me is None or not me.is_here(today) or not actor.is_active:
        raise PermissionDenied(_("People on the staff list confirm that they have read a policy."))
    if person is not None and person != me.pk:
        raise PermissionDenied(
            _("Nobody confirms for somebody else. This page was shown to another person: open it again.")
        )
    _lock(me)
    _refuse_twice(version, me, today)
    if not reading.may_read(reading.reader_of(actor, today), version):
        raise PermissionDenied(_("This policy is not shared with you."))
    _refuse_old(version, today)
    _require_asked(about(me.pk, today, [version.policy_id]).get(version.policy_id), version)
    answered = _check_answers(version, answers or {}, today)
    row = _add(version, me, today, how=HowRead.OWN, read_on=today, answered_on=answered)
    record("policies.acknowledge", actor=actor, target=version, facts={"acknowledgement": row.pk})
    return _done(row, version, me, today)


@act("policies.record_on_paper")
def record_on_paper(person: StaffProfile, *, version, read_on, where: str, actor, today) -> Acknowledgement:
    """Write down that somebody without a login read ``version`` on paper, and where the signed sheet is kept.

    Their line manager may, and whoever keeps the library; nobody for themselves.
    """
    me = people.profile_of(actor)
    if me is not None and me.pk == person.pk:
        raise PermissionDenied(_("Nobody records on paper for themselves."))
    if not may_record_for(actor, person, today):
        raise PermissionDenied(_("The line manager and the library's staff record what was read on paper."))
    _lock(person)
    _check_paper(person, version, read_on, where, today)
    row = _add(
        version,
        person,
        today,
        how=HowRead.PAPER,
        read_on=read_on,
        recorder_id=me.pk if me else None,
        recorder_name=people.name_of(actor),
        kept_at=where.strip(),
    )
    record("policies.record_on_paper", actor=actor, target=version, facts={"acknowledgement": row.pk})
    return row


def may_record_for(actor, person: StaffProfile, today) -> bool:
    if not actor.is_authenticated or not actor.is_active:
        return False
    return may_record(actor) or people.managers_of(person, today).filter(user_id=actor.pk).exists()


def may_record(actor) -> bool:
    """The library's staff, for everybody without a login."""
    return actor.has_perm("policy_pages.add_acknowledgement")


def _lock(person) -> None:
    """One act at a time for one person: two presses are one."""
    StaffProfile.objects.select_for_update().get(pk=person.pk)


def _add(version, person, today, **values) -> Acknowledgement:
    row = Acknowledgement(
        person=person,
        policy_id=version.policy_id,
        version=version,
        text_sha256=version.text_sha256,
        statement=statement(version, person, today),
        at=timezone.now(),
        **values,
    )
    row.save(force_insert=True)
    return row


def _refuse_twice(version, person, today) -> None:
    before = Acknowledgement.objects.filter(version=version, person=person).first()
    if before is None:
        return
    if timezone.localtime(before.at).date() == today:
        raise ValidationError(
            _("You already did this at %(time)s.") % {"time": clock(before.at)}, code="twice"
        )
    words = {"time": clock(before.at), "day": full_date(before.at)}
    raise ValidationError(_("You already did this on %(day)s at %(time)s.") % words, code="twice")


def _refuse_old(version, today) -> None:
    """A text that went out of force since yesterday was being read; an older one was not."""
    ends = reading.superseded_from(version)
    over = ends is not None and ends < today - timedelta(days=1)
    if version.in_force_from > today or over:
        raise ValidationError(
            _("Version %(number)s is not in force: open the policy and read the version that is.")
            % {"number": version.number}
        )


def _require_asked(asked: Asked | None, version) -> None:
    if asked is None or not asked.essential:
        raise ValidationError(_("You are not asked to confirm this policy."))
    if asked.done:
        words = {"read": asked.read, "number": version.number}
        raise ValidationError(
            _("You have read %(read)s: it carries over, so %(number)s is not asked of you.") % words
        )


def _check_answers(version, answers: dict, today):
    """The day on which all questions were answered; None where there are none."""
    questions = list(version.reading_questions.all())
    wrong = {
        f"question_{row.number}": _(
            "Not quite: the clause shown here has the answer. Please look and answer again."
        )
        for row in questions
        if str(answers.get(row.number, "")) != str(row.right)
    }
    if wrong:
        raise ValidationError(wrong)
    return today if questions else None


def _check_paper(person, version, read_on, where, today) -> None:
    if not where.strip():
        raise ValidationError({"where": _("Say where the signed sheet is kept.")})
    if person.user_id and person.user.is_active:
        raise ValidationError(
            {"person": _("%(name)s can sign in and confirms it there.") % {"name": person.name}}
        )
    if read_on > today:
        raise ValidationError({"read_on": _("The day must be today or before.")})
    then = reading.in_force(version.policy_id, read_on)
    if then is None or then.pk != version.pk:
        words = {"number": version.number, "day": full_date(read_on)}
        raise ValidationError({"read_on": _("Version %(number)s was not in force on %(day)s.") % words})
    asked = about(person.pk, today, [version.policy_id]).get(version.policy_id)
    if asked is None or not asked.essential:
        raise ValidationError(
            {"person": _("%(name)s is not asked to read this policy.") % {"name": person.name}}
        )
    if Acknowledgement.objects.filter(version=version, person=person).exists():
        raise ValidationError(
            {"person": _("It is recorded already that %(name)s read this.") % {"name": person.name}}
        )


def _done(row, version, person, today) -> Done:
    now = reading.in_force(version.policy_id, today)
    if now is None or now.pk == version.pk:
        return Done(row)
    asked = about(person.pk, today, [version.policy_id]).get(version.policy_id)
    return Done(row, newer=now, again=asked is not None and asked.to_read)
