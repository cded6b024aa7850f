"""Rows F1 and F3: the brake, and where a request comes from."""

from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user
from django.test import override_settings

from kernel.accounts.network import client_address, counted_as
from kernel.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def press(client, password="wrong-wrong-wrong", email="priya.nair@example.org", **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def press_often(client, times=5, **extra):
    return [press(client, **extra).status_code for _press in range(times)]


def age_failures(minutes):
    AccessAttempt.objects.update(attempt_time=datetime.now(UTC) - timedelta(minutes=minutes))


@pytest.mark.parametrize(("minute", "words"), [(45, "Try again at 11am."), (46, "Try again at 11:01am.")])
def test_who_is_stopped_until_the_full_hour_reads_the_hour_alone(client, minute, words):
    press_often(client, times=5)
    AccessAttempt.objects.update(attempt_time=datetime(2099, 7, 1, 9, minute, tzinfo=UTC))

    assert words in press(client, password=PASSWORD).content.decode()


def test_the_fifth_failure_stops_and_says_when_to_try_again(client):
    make_user("priya.nair@example.org")

    statuses = press_often(client, times=5)
    AccessAttempt.objects.update(attempt_time=datetime(2099, 7, 1, 9, 0, tzinfo=UTC))
    answer = press(client, password=PASSWORD)

    assert statuses == [200, 200, 200, 200, 429]
    assert answer.status_code == 429
    assert "Try again at 10:15am" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    assert not get_user(client).is_authenticated


def test_ten_wrong_passwords_without_the_brake_are_all_tried(client, settings):
    """Control."""
    settings.AXES_ENABLED = False
    make_user("priya.nair@example.org")

    assert press_often(client, times=10) == [200] * 10
    assert press(client, password=PASSWORD).status_code == 302


def test_the_owner_comes_in_after_the_quarter_hour_and_starts_from_nothing(client):
    make_user("priya.nair@example.org")
    press_often(client, times=5)
    age_failures(minutes=14)
    stopped = press(client, password=PASSWORD).status_code
    age_failures(minutes=16)

    welcome = press(client, password=PASSWORD).status_code

    assert (stopped, welcome) == (429, 302)
    assert AccessAttempt.objects.count() == 0


def test_failures_while_stopped_do_not_prolong_the_stop(client):
    make_user("priya.nair@example.org")
    press_often(client, times=5)
    age_failures(minutes=14)
    before = AccessAttempt.objects.get().attempt_time

    press_often(client, times=5)

    assert AccessAttempt.objects.get().attempt_time == before


def test_the_owner_comes_in_from_another_network_meanwhile(client):
    make_user("priya.nair@example.org")
    press_often(client, times=5, REMOTE_ADDR="198.51.100.7")

    assert press(client, password=PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_addresses_of_one_ipv6_network_count_together(client):
    make_user("priya.nair@example.org")

    statuses = [press(client, REMOTE_ADDR=f"2001:db8:0:7:{n}::{n}").status_code for n in range(1, 6)]
    elsewhere = press(client, password=PASSWORD, REMOTE_ADDR="2001:db8:0:8::1").status_code

    assert statuses == [200, 200, 200, 200, 429]
    assert elsewhere == 302, "the network beside it is another one"


def test_each_address_alone_would_let_a_sixth_password_be_tried(client, settings):
    """Control."""
    settings.AXES_CLIENT_IP_CALLABLE = lambda request: request.META["REMOTE_ADDR"]
    make_user("priya.nair@example.org")

    statuses = [press(client, REMOTE_ADDR=f"2001:db8:0:7::{n}").status_code for n in range(1, 7)]

    assert statuses == [200] * 6


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:0:7:aa:bb:cc:dd", "2001:db8:0:7::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("::1", "::"),
        ("", ""),
    ],
)
def test_whom_the_brake_counts(address, counted, rf):
    assert counted_as(rf.get("/", REMOTE_ADDR=address)) == counted


def test_other_accounts_of_that_network_are_not_stopped(client):
    make_user("priya.nair@example.org")
    make_user("sam.okafor@example.org")
    press_often(client, times=5)

    assert press(client, email="sam.okafor@example.org", password=PASSWORD).status_code == 302


def test_spelling_the_address_differently_does_not_evade(client):
    make_user("priya.nair@example.org")
    spellings = ["priya.nair@example.org", "PRIYA.nair@example.org", "Priya.Nair@Example.org"]

    for spelling in [*spellings, *spellings]:
        answer = press(client, email=spelling)

    assert answer.status_code == 429


def test_a_good_sign_in_forgets_the_failures_before(client):
    make_user("priya.nair@example.org")
    press_often(client, times=4)

    press(client, password=PASSWORD)

    assert AccessAttempt.objects.count() == 0


def test_the_stop_is_written_down_once_for_each_press(client):
    make_user("priya.nair@example.org")

    press_often(client, times=5)

    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions.count("accounts.failed_sign_in") == 5
    assert actions.count("accounts.stop_sign_in") == 1
    assert all(AuditEntry.objects.values_list("refused", flat=True))


def test_no_password_and_no_address_stand_in_the_counter(client):
    make_user("priya.nair@example.org")

    press(client, password="a-very-secret-typo-99")

    row = AccessAttempt.objects.get()
    assert "a-very-secret-typo-99" not in row.post_data + row.get_data
    assert "priya" not in row.post_data


@pytest.mark.parametrize(
    ("peer", "header", "address"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "1.2.3.4, 203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("10.0.0.2", "1.2.3.4, nonsense", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
    ],
)
@override_settings(TRUSTED_PROXIES=["10.0.0.0/24"])
def test_client_address_believes_declared_proxies_alone(peer, header, address):
    assert client_address(peer, header) == address


def test_spoofed_addresses_do_not_evade_the_brake(client):
    make_user("priya.nair@example.org")

    statuses = [
        press(client, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(5)
    ]

    assert statuses == [200, 200, 200, 200, 429]


@override_settings(TRUSTED_PROXIES=["127.0.0.1"])
def test_behind_a_declared_proxy_each_client_has_its_own_counter(client):
    """Control: were the header always dropped, all would be one network."""
    make_user("priya.nair@example.org")

    statuses = [
        press(client, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(6)
    ]

    assert statuses == [200] * 6
    assert AuditEntry.objects.order_by("-pk").first().words["network"] == "203.0.113.5"
