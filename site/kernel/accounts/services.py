"""What happens to logins: opened, closed, raised, given back. Signing in itself is allauth's."""

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.audit import act, record
from kernel.outbox import queue_mail

from .models import SecondFactorReset, UserSession
from .permissions import can_grant, can_manage_user

ABOVE = _("This login has more rights than yours. Ask a site administrator.")


def end_sessions(*user_ids: int) -> int:
    """Sign these people out everywhere, at once. Returns how many sessions ended."""
    ended, _rows = UserSession.objects.filter(user_id__in=user_ids).delete()
    return ended


@act("accounts.close_login")
def close_login(user, *, actor):
    """Close a login (a leaver, a suspended agency): the next request of an open session is refused."""
    user = _lock(user)
    _require_management(actor, user)
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("You cannot close your own login."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = end_sessions(user.pk)
    record("accounts.close_login", actor=actor, target=user, facts={"sessions_ended": ended})
    return user


@act("accounts.open_login")
def open_login(user, *, actor):
    user = _lock(user)
    _require_management(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("accounts.open_login", actor=actor, target=user)
    return user


@act("accounts.give_group")
def give_group(user, group, *, actor):
    user = _lock(user)
    _require_management(actor, user)
    if actor is not None and not can_grant(actor, group):
        raise PermissionDenied(_("This group gives more than you hold yourself."))
    if actor is not None and actor.pk == user.pk and not actor.is_superuser:
        raise PermissionDenied(_("Nobody gives a role to themselves. Ask a colleague."))
    user.groups.add(group)
    record("accounts.give_group", actor=actor, target=user, facts={"group": group.name})
    return user


@act("accounts.delete_login")
def delete_login(user, *, actor):
    user = _lock(user)
    _require_management(actor, user)
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("You cannot delete your own login."))
    record("accounts.delete_login", actor=actor, target=user)
    user.delete()


@act("accounts.ask_second_factor_reset")
def ask_second_factor_reset(user, *, actor, reason):
    """First of two: a user manager says that a device is lost. Nothing is switched off yet."""
    user = _lock(user)
    _require_management(actor, user)
    asked = SecondFactorReset(user=user, asked_by=actor, asked_at=timezone.now(), reason=reason.strip())
    asked.full_clean()
    asked.save()
    record("accounts.ask_second_factor_reset", actor=actor, target=user, words={"reason": asked.reason})
    return asked


@act("accounts.reset_second_factor")
def confirm_second_factor_reset(asked, *, actor):
    """Second of two: another user manager agrees; the factor goes, the sessions end, the person is told."""
    asked = SecondFactorReset.objects.select_for_update().get(pk=asked.pk)
    user = _lock(asked.user)
    _require_management(actor, user)
    if asked.confirmed_at:
        raise ValidationError(_("This reset was already confirmed."))
    asked.confirmed_by, asked.confirmed_at = actor, timezone.now()
    asked.full_clean()
    asked.save()
    Authenticator.objects.filter(user=user).delete()
    facts = {"asked_by": asked.asked_by_id, "sessions_ended": end_sessions(user.pk)}
    record("accounts.reset_second_factor", actor=actor, target=user, facts=facts)
    _tell_of_reset(user)
    return asked


def reset_second_factor(user, *, actor, second, reason):
    """Both steps in one act, for two user managers at one desk."""
    with transaction.atomic():
        asked = ask_second_factor_reset(user, actor=actor, reason=reason)
        return confirm_second_factor_reset(asked, actor=second)


def send_password_link(user, *, request):
    """A new login has no password: its owner chooses one through the same link as anybody who forgot."""
    request_password_reset(request, user.email, [user], default_token_generator)


def login_facts(user) -> dict:
    return {
        "is_active": user.is_active,
        "is_superuser": user.is_superuser,
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "email": user.email,
    }


def note_login_made(user, *, actor):
    facts = login_facts(user)
    record("accounts.make_login", actor=actor, target=user, words={"email": facts.pop("email")}, facts=facts)


def note_login_changed(user, *, before, actor):
    """Write down what an edit changed. A login closed, moved to another address or left with fewer rights
    is signed out."""
    after = login_facts(user)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return
    closed = before["is_active"] and not after["is_active"]
    if "email" in changed or closed or _lost_rights(before, after):
        end_sessions(user.pk)
    if "email" in changed or closed:
        EmailAddress.objects.filter(user=user).delete()
    words = {"email": changed.pop("email")} if "email" in changed else {}
    if words:
        _tell_of_new_address(user, before["email"])
    record("accounts.change_login", actor=actor, target=user, facts=changed, words=words)


def _lost_rights(before: dict, after: dict) -> bool:
    fewer_groups = bool(set(before["groups"]) - set(after["groups"]))
    return fewer_groups or (before["is_superuser"] and not after["is_superuser"])


def _lock(user):
    return get_user_model().objects.select_for_update().get(pk=user.pk)


def _require_management(actor, user):
    """``actor`` None is the system: the daily job that closes the logins of leavers."""
    if actor is not None and not can_manage_user(actor, user):
        raise PermissionDenied(ABOVE)


def _tell_of_reset(user):
    queue_mail(
        kind="accounts.second_factor_reset",
        to=[user.email],
        subject=gettext("Your second step at sign-in was removed"),
        text=gettext(
            "Two administrators removed the second step of your sign-in, because your device was "
            "reported lost. If you did not ask for this, tell the help desk now."
        ),
    )


def _tell_of_new_address(user, old_address):
    queue_mail(
        kind="accounts.new_address",
        to=[old_address],
        subject=gettext("Your sign-in address was changed"),
        text=gettext(
            "An administrator changed the e-mail address with which you sign in. "
            "If you did not expect this, tell the help desk now."
        ),
    )
