from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from tests.factories.accounts import make_user, make_user_manager

pytestmark = pytest.mark.django_db


def set_seen(client, minutes_ago):
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=minutes_ago)).isoformat()
    session.save()


@pytest.mark.parametrize(("minutes", "still_in"), [(4, True), (29, True), (34, True), (36, False)])
def test_idle_for_longer_than_the_limit_signs_out(client, minutes, still_in):
    client.force_login(make_user())
    set_seen(client, minutes)

    client.get("/accounts/second-factor/")

    assert get_user(client).is_authenticated == still_in


def test_the_moment_of_use_is_written_once_in_five_minutes(client):
    client.force_login(make_user())
    client.get("/accounts/second-factor/")
    first = client.session["seen_at"]

    client.get("/accounts/second-factor/")
    unchanged = client.session["seen_at"]
    set_seen(client, 6)
    client.get("/accounts/second-factor/")

    assert unchanged == first
    assert client.session["seen_at"] > first


def test_signed_in_pages_are_kept_by_no_cache(client):
    client.force_login(make_user())

    assert client.get("/accounts/second-factor/")["Cache-Control"] == "no-store"


def test_the_admin_does_not_exist_without_admin_access(client):
    client.force_login(make_user())

    assert client.get("/admin/").status_code == 404
    assert client.get("/admin/reports/site-history/").status_code == 404


def test_the_admin_opens_with_admin_access(client):
    """Control."""
    client.force_login(make_user_manager())

    assert client.get("/admin/").status_code == 200


def test_the_admin_asks_a_visitor_to_sign_in_on_our_page(client):
    answer = client.get("/admin/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/admin/")
