from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.accounts.services import end_sessions
from kernel.audit import act, record
from kernel.organisation.models import Agency, AgencyKind, Delegation, RoleGrant, StaffProfile
from kernel.organisation.permissions import require_another, require_change
from kernel.organisation.services.rows import check_and_save, lock


@act("organisation.leave")
def leave(person: StaffProfile, *, actor, last_day: date, today: date) -> StaffProfile:
    """Let a person go. Posts, seats, delegations and roles end with the last day, the login when it is over.

    A last day still to come only sets the dates; ``close_leavers`` shuts the login on the day after.
    """
    require_change(actor, "staffprofile")
    require_another(actor, person)
    person = lock(person)
    person.left_on = last_day
    _end_dated(person.posts.all(), last_day)
    _end_dated(person.memberships.all(), last_day)
    given = Delegation.objects.filter(Q(principal=person) | Q(delegate=person))
    _withdraw(given, last_day)
    if person.user_id:
        _withdraw(RoleGrant.objects.filter(user_id=person.user_id), last_day)
    if last_day < today:
        _shut(person)
    person.save()
    record("organisation.leave", actor=actor, target=person, facts={"last_day": last_day.isoformat()})
    return person


def _end_dated(rows, last_day: date) -> None:
    """What has not begun by then was never held and goes; what runs on ends."""
    rows.filter(from_on__gt=last_day).delete()
    rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=last_day)).update(until_on=last_day)


def _withdraw(rows, last_day: date) -> None:
    after = date.fromordinal(last_day.toordinal() + 1)
    running = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=last_day), withdrawn_on__isnull=True)
    running.update(withdrawn_on=after)


def _shut(person: StaffProfile) -> None:
    """Close the door: no group, no login, no open session. The profile stays."""
    person.active = False
    person.login_suspended = False
    if person.user_id is None:
        return
    user = get_user_model().objects.select_for_update().get(pk=person.user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.groups.clear()
    end_sessions(user.pk)


def close_leavers(*, today: date, dry_run: bool = False) -> list[str]:
    """Daily: shut the logins of people whose last day is over. Says whom, by key."""
    gone = list(StaffProfile.objects.filter(active=True, left_on__lt=today).order_by("pk"))
    if not dry_run:
        for person in gone:
            _close(person, actor=None)
    return [str(person.pk) for person in gone]


@act("organisation.close_leaver")
def _close(person: StaffProfile, *, actor) -> None:
    person = lock(person)
    _shut(person)
    person.save()
    record("organisation.close_leaver", actor=actor, target=person)


@act("organisation.suspend_agency")
def suspend_agency(agency: Agency, *, actor, today: date) -> Agency:
    """Close the site to an agency: its people are signed out and cannot sign in until it is reinstated."""
    require_change(actor, "agency")
    agency = lock(agency)
    if agency.kind == AgencyKind.HOST:
        raise ValidationError(_("The host organisation cannot be suspended."))
    agency.active = False
    check_and_save(agency)
    people = StaffProfile.objects.filter(agency=agency, user__is_active=True)
    keys = list(people.values_list("user_id", flat=True))
    people.update(login_suspended=True)
    get_user_model().objects.filter(pk__in=keys).update(is_active=False)
    end_sessions(*keys)
    record("organisation.suspend_agency", actor=actor, target=agency, facts={"logins": len(keys)})
    return agency


@act("organisation.reinstate_agency")
def reinstate_agency(agency: Agency, *, actor, today: date) -> Agency:
    """Open it again for those whose login the suspension had shut, and for nobody else."""
    require_change(actor, "agency")
    agency = lock(agency)
    agency.active = True
    check_and_save(agency)
    shut = StaffProfile.objects.filter(agency=agency, login_suspended=True)
    keys = list(shut.values_list("user_id", flat=True))
    get_user_model().objects.filter(pk__in=keys).update(is_active=True)
    shut.update(login_suspended=False)
    record("organisation.reinstate_agency", actor=actor, target=agency, facts={"logins": len(keys)})
    return agency
