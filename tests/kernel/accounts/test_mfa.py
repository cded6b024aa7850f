"""Row F7: the second factor, demanded, not skipped, not replayed, and given back by two people."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kernel.accounts import mfa, services
from kernel.accounts.models import SecondFactorReset, UserSession
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from tests.factories.accounts import PASSWORD, make_group, make_user, make_user_manager
from tests.kernel.accounts.totp import code_of, make_device, make_recovery_codes, wrong_code

pytestmark = pytest.mark.django_db
EMAIL = "priya.nair@example.org"
TODAY = date(2026, 11, 23)
STEP = "/accounts/second-factor/sign-in/"
ACTIVATE = "/accounts/second-factor/app/on/"


def give_password(client, email=EMAIL):
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


@pytest.fixture
def demanded(settings):
    settings.MFA_DEMANDED = True


@pytest.fixture
def registry():
    """The registry of deciding roles, put back as it was."""
    before = dict(mfa._deciding)
    yield mfa
    mfa._deciding.clear()
    mfa._deciding.update(before)


def test_the_password_alone_opens_nothing_when_a_device_is_on(client):
    make_device(make_user(EMAIL))

    answer = give_password(client)

    assert answer["Location"] == STEP
    for address in ("/accounts/second-factor/", "/accounts/password/change/", "/admin/", "/desk/"):
        skipped = client.get(address)
        assert skipped.status_code == 302
        assert skipped["Location"].startswith("/accounts/login/"), address
    assert not get_user(client).is_authenticated


def test_password_and_code_open(client):
    """Control."""
    user = make_user(EMAIL)
    secret = make_device(user)
    give_password(client)

    client.post(STEP, {"code": code_of(secret)})

    assert get_user(client) == user


def test_without_a_password_the_second_step_is_not_even_asked(client):
    secret = make_device(make_user(EMAIL))

    answer = client.post(STEP, {"code": code_of(secret)})

    assert answer["Location"] == "/accounts/login/"
    assert not get_user(client).is_authenticated


def test_a_code_that_was_used_is_refused(client):
    secret = make_device(make_user(EMAIL))
    code = code_of(secret)
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser)

    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})

    assert get_user(first).is_authenticated
    assert not get_user(second).is_authenticated


def test_a_recovery_code_works_once():
    user = make_user(EMAIL)
    make_device(user)
    code = make_recovery_codes(user)[0]
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser)
        browser.post(STEP, {"code": code})

    assert get_user(first).is_authenticated
    assert not get_user(second).is_authenticated


def test_guessing_codes_is_braked_like_guessing_passwords(client):
    secret = make_device(make_user(EMAIL))
    give_password(client)

    statuses = [client.post(STEP, {"code": wrong_code(secret)}).status_code for _try in range(5)]
    stopped = client.post(STEP, {"code": code_of(secret)})

    assert statuses == [200, 200, 200, 200, 429]
    assert stopped.status_code == 429
    assert not get_user(client).is_authenticated
    assert give_password(Client()).status_code == 429


def test_a_fresh_sign_in_does_not_reset_the_count_of_wrong_codes(client):
    secret = make_device(make_user(EMAIL))

    statuses = []
    for _try in range(5):
        browser = Client()
        give_password(browser)
        statuses.append(browser.post(STEP, {"code": wrong_code(secret)}).status_code)

    assert statuses == [200, 200, 200, 200, 429]


@pytest.mark.parametrize(
    "address", ["/admin/", "/desk/", "/accounts/second-factor/", "/accounts/password/change/"]
)
def test_admin_access_without_a_second_factor_leads_to_switching_it_on(client, demanded, address):
    client.force_login(make_user_manager())

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)


def test_posting_past_the_demand_changes_nothing(client, demanded):
    manager = make_user_manager()
    other = make_user(EMAIL)
    client.force_login(manager)

    answer = client.post(f"/admin/users/{other.pk}/", {"email": "x@example.org"})

    assert answer["Location"] == ACTIVATE
    assert AuditEntry.objects.filter(action="accounts.change_login").count() == 0


def test_sign_out_stays_open_without_a_second_factor(client, demanded):
    client.force_login(make_user_manager())

    client.post("/accounts/logout/")

    assert not get_user(client).is_authenticated


def test_without_the_demand_the_admin_opens(client, settings):
    """Control."""
    settings.MFA_DEMANDED = False
    client.force_login(make_user_manager())

    assert client.get("/admin/").status_code == 200


def test_with_a_second_factor_the_admin_opens(client, demanded):
    manager = make_user_manager()
    secret = make_device(manager)
    give_password(client, manager.email)
    client.post(STEP, {"code": code_of(secret)})

    assert client.get("/admin/").status_code == 200


def test_readers_are_not_asked(client, demanded):
    client.force_login(make_user(EMAIL))

    assert client.get("/accounts/second-factor/").status_code == 200


def test_a_deciding_role_is_asked_from_the_day_it_counts(client, demanded, registry):
    @registry.register_deciding
    def chairs(user, today):
        return user.email == EMAIL and today >= TODAY

    user, reader = make_user(EMAIL), make_user("sam.okafor@example.org")

    assert mfa.is_demanded(user, TODAY)
    assert not mfa.is_demanded(user, date(2026, 11, 22))
    assert not mfa.is_demanded(reader, TODAY)


@pytest.mark.django_db(transaction=True)
def test_switching_it_on_shows_recovery_codes_and_is_written_down(client):
    user = make_user(EMAIL)
    give_password(client)
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]

    page = client.post(ACTIVATE, {"code": code_of(secret)}, follow=True)

    assert page.request["PATH_INFO"] == "/accounts/second-factor/codes/"
    assert mfa.has_second_factor(user)
    assert AuditEntry.objects.filter(action="accounts.second_factor_on", actor_id=str(user.pk)).count() == 2
    assert [mail.to for mail in OutboxMail.objects.all()] == [[EMAIL]]


def test_the_key_of_a_device_is_not_readable_in_the_database():
    secret = make_device(make_user(EMAIL))

    assert secret not in str(Authenticator.objects.get().data)


def test_who_must_have_it_cannot_switch_it_off(client, demanded):
    manager = make_user_manager()
    secret = make_device(manager)
    give_password(client, manager.email)
    client.post(STEP, {"code": code_of(secret)})

    client.post("/accounts/second-factor/app/off/")

    assert mfa.has_second_factor(manager)


def test_who_need_not_have_it_switches_it_off(client):
    """Control."""
    user = make_user(EMAIL)
    secret = make_device(user)
    give_password(client)
    client.post(STEP, {"code": code_of(secret)})

    client.post("/accounts/second-factor/app/off/")

    assert not mfa.has_second_factor(user)


def make_lost():
    person = make_user(EMAIL)
    make_device(person)
    make_recovery_codes(person)
    return person, make_user_manager(), make_user_manager("ben.manager@example.org")


def test_a_lost_device_needs_two_user_managers():
    person, first, second = make_lost()
    browser = Client()
    browser.force_login(person)

    asked = services.ask_second_factor_reset(person, actor=first, reason="phone stolen")
    still_on = mfa.has_second_factor(person)
    services.confirm_second_factor_reset(asked, actor=second)

    assert still_on
    assert not Authenticator.objects.filter(user=person).exists()
    assert not get_user(browser).is_authenticated
    assert list(
        AuditEntry.objects.filter(refused=False).order_by("pk").values_list("action", "actor_id")
    ) == [
        ("accounts.sign_in", str(person.pk)),
        ("accounts.ask_second_factor_reset", str(first.pk)),
        ("accounts.reset_second_factor", str(second.pk)),
    ]
    assert OutboxMail.objects.get().to == [EMAIL]


def test_who_asked_cannot_confirm():
    person, first, _second = make_lost()
    asked = services.ask_second_factor_reset(person, actor=first, reason="phone stolen")

    with pytest.raises(ValidationError, match="A second user manager has to confirm"):
        services.confirm_second_factor_reset(asked, actor=first)

    assert mfa.has_second_factor(person)
    assert AuditEntry.objects.filter(action="accounts.reset_second_factor", refused=True).count() == 1


def test_the_database_says_no_too():
    person, first, _second = make_lost()
    asked = services.ask_second_factor_reset(person, actor=first, reason="phone stolen")

    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.filter(pk=asked.pk).update(confirmed_by=first, confirmed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.filter(pk=asked.pk).update(confirmed_by=person, confirmed_at=timezone.now())


def test_nobody_asks_for_himself():
    _person, first, second = make_lost()

    with pytest.raises(ValidationError, match="your own second factor"):
        services.ask_second_factor_reset(first, actor=first, reason="lost mine")
    asked = services.ask_second_factor_reset(first, actor=second, reason="lost his")
    with pytest.raises(ValidationError, match="your own second factor"):
        services.confirm_second_factor_reset(asked, actor=first)


def test_a_reset_is_confirmed_once():
    person, first, second = make_lost()
    asked = services.ask_second_factor_reset(person, actor=first, reason="phone stolen")
    services.confirm_second_factor_reset(asked, actor=second)

    with pytest.raises(ValidationError, match="already confirmed"):
        services.confirm_second_factor_reset(asked, actor=second)


def test_people_without_the_right_reset_nothing():
    person, first, _second = make_lost()
    reader = make_user("sam.okafor@example.org")

    with pytest.raises(PermissionDenied):
        services.ask_second_factor_reset(person, actor=reader, reason="let me in")
    asked = services.ask_second_factor_reset(person, actor=first, reason="phone stolen")
    with pytest.raises(PermissionDenied):
        services.confirm_second_factor_reset(asked, actor=reader)

    assert mfa.has_second_factor(person)


def test_both_steps_at_one_desk():
    person, first, second = make_lost()

    services.reset_second_factor(person, actor=first, second=second, reason="phone stolen")

    assert not mfa.has_second_factor(person)


def test_the_screen_of_a_lost_device_asks_and_confirms(client):
    person, first, second = make_lost()
    address = f"/accounts/lost-device/{person.pk}/"
    client.force_login(first)

    client.post(address, {"reason": "phone stolen"})
    own = client.get(address).content.decode()
    client.post(address, {})
    still_on = mfa.has_second_factor(person)
    client.force_login(second)
    client.post(address, {})

    assert "Another user manager has to confirm this." in own
    assert still_on
    assert not mfa.has_second_factor(person)


def test_the_screen_of_a_lost_device_does_not_exist_for_others(client):
    person, _first, _second = make_lost()
    superuser = make_user("root@example.org", is_superuser=True)
    client.force_login(make_user("sam.okafor@example.org"))
    statuses = [client.get(f"/accounts/lost-device/{pk}/").status_code for pk in (person.pk, 999_999)]
    client.force_login(make_user_manager("third@example.org"))
    statuses.append(client.get(f"/accounts/lost-device/{superuser.pk}/").status_code)

    assert statuses == [404, 404, 404]
    assert UserSession.objects.filter(user=person).count() == 0
    assert make_group("Readers").user_set.count() == 0
