"""Rows F4 to F6 and F8: what is answered, which links work, which passwords are refused."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.forms import PasswordInput
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.accounts.admin_views import GuardedCreationForm, GuardedEditForm
from kernel.accounts.models import User, UserSession
from kernel.accounts.validators import BannedWordsValidator, DressedCommonPasswordValidator
from kernel.outbox.models import OutboxMail
from tests.factories.accounts import PASSWORD, CountingHasher, make_user, make_user_manager

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "priya.nair@example.org", "nobody.here@example.org"
NEW = "seven-quiet-otters-9"


def count_work(client, address, data):
    """Status, words with the typed address taken out, hashes, queries and mails of one press."""
    hashes, mails = CountingHasher.count, OutboxMail.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, data, follow=True)
    varying = [r"csrfmiddlewaretoken\S+ value=\S+", *map(re.escape, data.values())]
    words = re.sub("|".join(varying), "", answer.content.decode())
    return {
        "status": answer.status_code,
        "at": answer.request["PATH_INFO"],
        "words": words,
        "hashes": CountingHasher.count - hashes,
        "queries": len(queries),
        "mails": OutboxMail.objects.count() - mails,
    }


def make_link(user, minutes_ago=0):
    class Earlier(PasswordResetTokenGenerator):
        def _now(self):
            return datetime.now() - timedelta(minutes=minutes_ago)

    return f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{Earlier().make_token(user)}/"


def use_link(client, link, password=NEW):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


@pytest.fixture
def counted(settings):
    settings.PASSWORD_HASHERS = ["tests.factories.accounts.CountingHasher"]


def test_sign_in_answers_known_and_unknown_alike(counted, undated):
    make_user(KNOWN)
    make_user("closed@example.org", is_active=False)
    Client().post("/accounts/login/", {"login": "warm.up@example.org", "password": "warm-up"})

    known = count_work(Client(), "/accounts/login/", {"login": KNOWN, "password": "wrong-wrong-9"})
    unknown = count_work(Client(), "/accounts/login/", {"login": UNKNOWN, "password": "wrong-wrong-9"})
    closed = count_work(Client(), "/accounts/login/", {"login": "closed@example.org", "password": PASSWORD})

    assert known["hashes"] == 1
    assert unknown == known
    assert closed == known


def test_reset_answers_known_and_unknown_alike(counted, undated):
    make_user(KNOWN)
    Client().post("/accounts/password/reset/", {"email": "warm.up@example.org"}, follow=True)

    known = count_work(Client(), "/accounts/password/reset/", {"email": KNOWN})
    unknown = count_work(Client(), "/accounts/password/reset/", {"email": UNKNOWN})

    assert (known["mails"], known["hashes"]) == (1, 0)
    assert unknown == known


def test_the_mail_of_an_unknown_address_holds_no_link(client):
    make_user(KNOWN)

    client.post("/accounts/password/reset/", {"email": UNKNOWN})
    client.post("/accounts/password/reset/", {"email": KNOWN})

    unknown, known = OutboxMail.objects.order_by("pk")
    assert (unknown.to, known.to) == ([UNKNOWN], [KNOWN])
    assert unknown.subject == known.subject
    assert "http" not in unknown.text
    assert known.text.count("http://localhost:8000/accounts/password/reset/key/") == 1
    assert known.secret and unknown.secret


def test_the_link_in_the_mail_has_the_configured_host_whatever_the_request_says(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = "https://board.example.org"
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.USE_X_FORWARDED_HOST = True
    make_user(KNOWN)

    client.post(
        "/accounts/password/reset/",
        {"email": KNOWN},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )

    text = OutboxMail.objects.get().text
    assert "https://board.example.org/accounts/password/reset/key/" in text
    assert "evil" not in text


def test_a_link_works_once(client):
    user = make_user(KNOWN)
    link = make_link(user)

    use_link(client, link)
    again = use_link(Client(), link, "another-good-pass-1")

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "does not work any more" in again.content.decode()


@pytest.mark.parametrize(("minutes", "works"), [(0, True), (59, True), (61, False)])
def test_a_link_works_for_one_hour(client, minutes, works):
    user = make_user(KNOWN)

    use_link(client, make_link(user, minutes))

    user.refresh_from_db()
    assert user.check_password(NEW) == works


def test_a_link_is_dead_after_the_password_was_changed_otherwise(client):
    user = make_user(KNOWN)
    link = make_link(user)
    user.set_password("changed-meanwhile-77")
    user.save()

    use_link(client, link)

    user.refresh_from_db()
    assert user.check_password("changed-meanwhile-77")


def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(client):
    user = make_user(KNOWN)
    link = make_link(user)

    for _visit in range(3):
        Client().get(link, follow=True)
        Client().head(link)
    before = User.objects.get().password
    use_link(client, link)

    assert before == user.password
    assert User.objects.get().check_password(NEW)


def test_a_reset_ends_open_sessions_and_signs_nobody_in(client):
    user = make_user(KNOWN)
    elsewhere = Client()
    elsewhere.force_login(user)

    use_link(client, make_link(user))

    assert not get_user(elsewhere).is_authenticated
    assert not get_user(client).is_authenticated


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one():
    user = make_user(KNOWN)
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
    old = here.cookies["sessionid"].value

    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        follow=True,
    )

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert get_user(here).is_authenticated
    assert here.cookies["sessionid"].value != old
    assert not get_user(elsewhere).is_authenticated
    assert not UserSession.objects.filter(session_key=old).exists()


BAD = [
    "short-1-pass",
    "password1234",
    "passwordpassword",
    "!!sunshine99!!",
    "123456789012",
    "Hospital-2026",
    "H0sp1tal2026!!",
    "Welcome2026!!",
    "priya.nair@example.org",
]
BAD_BY_LENGTH = "kx9-vmq-2pt"


def reset_form(password):
    user = make_user(KNOWN)
    use_link(Client(), make_link(user), password)
    user.refresh_from_db()
    return user.check_password(password)


def change_form(password):
    user = make_user(KNOWN)
    client = Client()
    client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    client.post("/accounts/password/change/", data)
    user.refresh_from_db()
    return user.check_password(password)


def command_of_a_superuser(password):
    """Without a terminal the command sets no password at all; with one it asks the same validators."""
    call_command("createsuperuser", username="root", email=KNOWN, interactive=False, verbosity=0)
    return User.objects.get(email=KNOWN).has_usable_password()


@pytest.mark.parametrize("password", [*BAD[1:], BAD_BY_LENGTH])
@pytest.mark.parametrize("setter", [reset_form, change_form])
def test_weak_passwords_are_refused_by_every_form(setter, password):
    assert setter(password) is False


@pytest.mark.parametrize("setter", [reset_form, change_form])
def test_a_good_password_is_taken_by_every_form(setter):
    """Control."""
    assert setter(NEW) is True


def test_the_forms_that_set_a_password_are_these():
    """Of Wagtail's forms none: only its owner sets a password, through the forms above."""
    manager = make_user_manager()
    forms = [GuardedCreationForm(manager=manager), GuardedEditForm(manager=manager)]
    found = {
        name
        for form in forms
        for name, field in form.fields.items()
        if isinstance(field.widget, PasswordInput)
    }

    assert found == set()


def test_without_our_setting_wagtails_forms_would_set_passwords(settings):
    """Control."""
    settings.WAGTAILUSERS_PASSWORD_ENABLED = True

    assert "password1" in GuardedCreationForm(manager=make_user_manager()).fields


def test_the_command_changepassword_asks_the_same_validators(monkeypatch):
    user = make_user(KNOWN)
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "password1234")

    with pytest.raises(CommandError, match="Aborting password change"):
        call_command("changepassword", user.username, verbosity=0)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_createsuperuser_without_a_terminal_makes_a_login_that_no_password_opens():
    assert command_of_a_superuser(NEW) is False


@pytest.mark.parametrize("password", ["northmoor-2026", "N0rthm00r!!!!", "xx-northmoor-xx"])
def test_banned_words_in_any_dress_are_refused(settings, password):
    settings.ACCOUNTS_BANNED_PASSWORD_WORDS = ["Northmoor"]

    with pytest.raises(ValidationError, match="Northmoor"):
        BannedWordsValidator().validate(password)


def test_a_banned_word_among_enough_others_is_no_matter(settings):
    settings.ACCOUNTS_BANNED_PASSWORD_WORDS = ["Northmoor"]

    assert BannedWordsValidator().validate("northmoor otters sleep late") is None


@pytest.mark.parametrize("password", ["sunshine", "sunshine2026!", "sunshinesunshine", "--SunShine--"])
def test_common_passwords_in_any_dress_are_refused(password):
    with pytest.raises(ValidationError):
        DressedCommonPasswordValidator().validate(password)


def test_the_token_of_another_person_does_not_open_this_one(client):
    priya, sam = make_user(KNOWN), make_user("sam.okafor@example.org")
    key = f"{user_pk_to_url_str(sam)}-{default_token_generator.make_token(priya)}"
    swapped = f"/accounts/password/reset/key/{key}/"

    answer = use_link(client, swapped)

    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)
    assert "does not work any more" in answer.content.decode()
