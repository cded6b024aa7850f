"""A login for somebody of a partner agency: invited by its coordinator, or asked for and granted.

The link in the mail proves the address. Whatever is typed, whoever asks sees the same answer, and the same work is
done, whether the address is known here or not.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import conf, permissions
from course_catalogue.models import Joining
from course_catalogue.partners import mails
from kernel.accounts.permissions import can_manage_users
from kernel.accounts.services import note_login_made
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import Agency, AgencyKind, StaffProfile

PRESSED_AGAIN = timedelta(minutes=1)
INVITED_FOR, CONFIRM_WITHIN, CHOOSE_WITHIN = timedelta(days=14), timedelta(days=2), timedelta(days=14)


def partners():
    """Agencies for which somebody may ask: active ones, not the host, whose staff are entered by the host."""
    return Agency.objects.filter(kind=AgencyKind.PARTNER, active=True).order_by("name")


def may_invite(user, agency, today) -> bool:
    return permissions.coordinates(user, agency, today) or can_manage_users(user)


@act("training.invite")
@transaction.atomic
def invite(
    agency: Agency, *, name: str, email: str, actor, now: datetime, person: StaffProfile | None = None
) -> Joining:
    """Mail a link with which ``email`` opens a login in this agency; it works for 14 days.

    An address that signs in already gets another mail, and the coordinator the same answer. The same invitation
    again within a minute is the same row, and no second mail goes out.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if not may_invite(actor, agency, timezone.localdate(now)):
        raise PermissionDenied(_("Only the coordinator of an agency invites people to it."))
    _require_open(agency)
    if person is not None and (person.agency_id != agency.pk or person.user_id):
        raise ValidationError(_("This person has a login, or belongs to another agency."), code="person")
    by = people.name_of(actor)
    row = Joining(agency=agency, name=name.strip(), email=email.strip(), invited_by_name=by, person=person)
    row.asked_at = row.decided_at = now
    row.granted, row.decided_by_name = True, by
    if (before := _pressed_before(row)) is not None:
        return before
    _sent(row, now + INVITED_FOR, mails.invited)
    record(
        "training.invite", actor=actor, target=row, facts={"agency": agency.pk}, words={"email": row.email}
    )
    return row


def _pressed_before(row) -> Joining | None:
    same = {name: getattr(row, name) for name in ("agency", "name", "email", "person", "invited_by_name")}
    return Joining.objects.filter(**same, asked_at__gt=row.asked_at - PRESSED_AGAIN).first()


@act("training.ask_to_join")
@transaction.atomic
def ask(agency: Agency, *, name: str, email: str, work: str, network: str, now: datetime) -> Joining:
    """Anybody may ask. As many as failures at sign-in from one network, then a pause: ValidationError "braked"."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    _require_open(agency)
    row = Joining(agency=agency, name=name.strip(), email=email.strip(), work=work.strip(), asked_at=now)
    row.network = _hidden(network)
    if braked_until(network, now) is not None:
        raise ValidationError(
            _("Too many requests came from here. Wait a while and try again."), code="braked"
        )
    _sent(row, now + CONFIRM_WITHIN, mails.confirm)
    record(
        "training.ask_to_join",
        actor=None,
        target=row,
        facts={"agency": agency.pk},
        words={"email": row.email},
    )
    return row


def braked_until(network: str, now: datetime) -> datetime | None:
    """When the next request from this network is taken; None: at once."""
    limit, pause = conf.join_brake()
    recent = Joining.objects.filter(network=_hidden(network), asked_at__gt=now - pause).order_by("-asked_at")
    times = list(recent.values_list("asked_at", flat=True)[:limit])
    return times[-1] + pause if len(times) == limit else None


@act("training.confirm_address")
@transaction.atomic
def confirm(row: Joining, *, now: datetime) -> Joining:
    """Whoever has the link has the mailbox. Pressed again: nothing more. The user managers see it from now on."""
    row = Joining.objects.select_for_update().get(pk=row.pk)
    if row.confirmed_at is None:
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        record("training.confirm_address", actor=None, target=row)
    return row


@act("training.grant_joining")
@transaction.atomic
def grant(row: Joining, *, actor, now: datetime) -> Joining:
    """Let somebody in who asked and confirmed the address: a link to choose a password goes there."""
    row = _to_decide(row, actor)
    _require_open(row.agency)
    row.granted, row.decided_at, row.decided_by_name = True, now, people.name_of(actor)
    _sent(row, now + CHOOSE_WITHIN, mails.granted)
    record("training.grant_joining", actor=actor, target=row, facts={"agency": row.agency_id})
    return row


@act("training.refuse_joining")
@transaction.atomic
def refuse(row: Joining, *, actor, now: datetime, reason: str) -> Joining:
    row = _to_decide(row, actor)
    row.granted, row.decided_at, row.decided_by_name = False, now, people.name_of(actor)
    row.reason, row.secret, row.secret_until = reason.strip(), "", None
    row.full_clean()
    row.save()
    mails.refused(row)
    record("training.refuse_joining", actor=actor, target=row, words={"why": row.reason})
    return row


@act("training.join")
@transaction.atomic
def join(row: Joining, *, password: str, now: datetime):
    """Open the login. The link is used up; the address counts as confirmed, because the link came there.

    Whoever opens another link to the same address in that moment waits, and is told that the login is there.
    """
    of_address = Joining.objects.select_for_update(of=("self",)).filter(email__iexact=row.email)
    row = next(one for one in of_address.select_related("agency").order_by("pk") if one.pk == row.pk)
    if row.granted is not True or row.joined_at is not None:
        raise ValidationError(_("This link was used. Sign in with your address and password."), code="used")
    _require_open(row.agency)
    if _known(row.email):
        raise ValidationError(
            _("Somebody already signs in with this address. Sign in, or ask for a new password.")
        )
    user = _login(row, password)
    row.person = _person(row, user)
    row.confirmed_at = row.confirmed_at or now
    row.joined_at, row.secret, row.secret_until = now, "", None
    row.save()
    note_login_made(user, actor=None)
    record("training.join", actor=user, target=row.person, facts={"agency": row.agency_id})
    return user


def found(token: str, now: datetime) -> Joining | None:
    """The row behind a link that still works."""
    rows = Joining.objects.select_related("agency").filter(agency__active=True, secret_until__gte=now)
    return rows.filter(secret=_digest(token)).first()


def to_decide(user):
    """Confirmed requests that wait for a user manager, oldest first; nothing for others."""
    rows = Joining.objects.filter(granted__isnull=True, confirmed_at__isnull=False).select_related("agency")
    return rows if can_manage_users(user) else rows.none()


def _to_decide(row, actor) -> Joining:
    if not can_manage_users(actor):
        raise PermissionDenied(_("A user manager decides who gets a login."))
    row = Joining.objects.select_for_update().select_related("agency").get(pk=row.pk)
    if row.granted is not None:
        raise ValidationError(
            _("%(name)s decided this already.") % {"name": row.decided_by_name}, code="twice"
        )
    if row.confirmed_at is None:
        raise ValidationError(_("The address is not confirmed yet."), code="unconfirmed")
    return row


def _sent(row, until: datetime, mail) -> None:
    """A fresh link, and its mail; for a known address the mail says so instead, to its owner alone."""
    token = secrets.token_urlsafe(32)
    known = _known(row.email)
    row.secret = "" if known else _digest(token)
    row.secret_until = None if known else until
    row.full_clean()
    row.save()
    (mails.known if known else mail)(row, token)


def _login(row, password):
    first, _space, last = row.name.rpartition(" ")
    user = get_user_model()(
        username=row.email.lower(), email=row.email.lower(), first_name=first, last_name=last
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


def _person(row, user) -> StaffProfile:
    person = row.person
    if person is None:
        person = StaffProfile(name=row.name, agency=row.agency)
    else:
        person = StaffProfile.objects.select_for_update().get(pk=person.pk)
        if person.user_id:
            raise ValidationError(_("This person has a login already."), code="twice")
    person.user, person.email = user, row.email
    person.full_clean()
    person.save()
    return person


def _require_open(agency) -> None:
    if not agency.active or agency.kind != AgencyKind.PARTNER:
        raise ValidationError(_("This agency takes no new people here."), code="agency")


def _known(email: str) -> bool:
    return get_user_model().objects.filter(email__iexact=email).exists()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hidden(network: str) -> str:
    """Enough to count by, not enough to know where somebody sat."""
    return conf.keyed("training.join", network)
