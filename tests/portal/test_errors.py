import logging
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client
from django.urls import include, path

from kernel.accounts.models import UserSession
from portal import errors
from portal.logs import TraceFormatter

MARKER = '<b onclick="x">\'&'


def raising(error):
    @login_not_required
    def view(request):
        raise error

    return view


class Wrapped(Exception):
    pass


@login_not_required
def wrapping(request):
    try:
        raise OperationalError("server closed the connection unexpectedly")
    except OperationalError as error:
        raise Wrapped from error


urlpatterns = [
    path("e400/", raising(SuspiciousOperation("odd"))),
    path("e403/", raising(PermissionDenied(MARKER))),
    path("e500/", raising(ValueError("what the person typed"))),
    path("e503/", raising(OperationalError("no route to host"))),
    path("wrapped/", wrapping),
    path("", include("portal.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


CASES = [
    ("/e400/", 400, "We could not read that request"),
    ("/e403/", 403, "You cannot do that from here"),
    ("/e500/", 500, "Sorry, something went wrong"),
    ("/e503/", 503, "We cannot reach our records just now"),
    ("/wrapped/", 503, "We cannot reach our records just now"),
]


@pytest.mark.urls("tests.portal.test_errors")
@pytest.mark.parametrize(("address", "status", "words"), CASES)
def test_pages_without_a_database(visitor, address, status, words):
    """No ``django_db``: a query would fail this test."""
    response = visitor.get(address)
    html = response.content.decode()

    assert response.status_code == status
    assert f'<h1 class="wa-heading">{words}</h1>' in html
    assert f"<title>{words} - wagtail-assurance</title>" in html
    assert "01632 960 001" in html
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_the_page_of_an_unknown_address(rf):
    response = errors.page_not_found(rf.get("/x/"))

    assert response.status_code == 404
    assert '<h1 class="wa-heading">We could not find that page</h1>' in response.content.decode()


@pytest.mark.urls("tests.portal.test_errors")
def test_why_it_is_refused_is_shown_as_text(visitor):
    html = visitor.get("/e403/").content.decode()

    assert MARKER not in html
    assert "&lt;b onclick=&quot;x&quot;&gt;" in html


@pytest.mark.urls("tests.portal.test_errors")
def test_the_reference_on_the_page_is_in_the_log_and_the_typed_words_are_not(visitor, caplog):
    html = visitor.get("/e500/").content.decode()

    reference = re.search("[2-9A-Z]{3}-[2-9A-Z]{3}", html)[0]
    record = next(record for record in caplog.records if record.name == "portal.errors")
    record.exc_text = None
    line = TraceFormatter("%(message)s").format(record)
    assert line.startswith(f"Reference {reference} at /e500/\n")
    assert line.endswith("ValueError")
    assert "in view" in line
    assert "what the person typed" not in line + html


def test_the_log_follows_causes():
    typed = "secret"
    try:
        try:
            int("x")
        except ValueError as error:
            raise Wrapped(typed) from error
    except Wrapped as error:
        info = (Wrapped, error, error.__traceback__)
    text = TraceFormatter().formatException(info)

    assert "Wrapped\ncaused by\n" in text
    assert text.endswith("builtins.ValueError")
    assert "secret" not in text


def test_an_ordinary_formatter_would_have_told():
    try:
        raise ValueError("what the person typed")
    except ValueError as error:
        assert "what the person typed" in logging.Formatter().formatException((ValueError, error, None))


@pytest.mark.urls("tests.portal.test_errors")
def test_503_says_when_to_come_back_and_whom_to_call(visitor):
    response = visitor.get("/e503/")

    assert response["Retry-After"] == "60"
    assert "01632 960 999" in response.content.decode()


def away_and_back(client, leave, come_back):
    """What somebody signed in is told before, while and after the records are away."""
    visitor = Client(raise_request_exception=False)
    visitor.cookies = client.cookies
    before = visitor.get("/desk/").status_code
    leave()
    try:
        meanwhile = visitor.get("/desk/")
    finally:
        come_back()
    assert b"We cannot reach our records just now" in meanwhile.content
    return before, meanwhile.status_code, visitor.get("/desk/").status_code


def rename(before, after):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_somebody_signed_in_sees_503_while_the_records_are_away_on_sqlite(client, reader):
    table = UserSession._meta.db_table

    told = away_and_back(client, lambda: rename(table, "away"), lambda: rename("away", table))

    assert told == (200, 503, 200)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_somebody_signed_in_sees_503_while_the_server_is_away(client, reader):
    port = connection.settings_dict["PORT"]

    def move(to):
        connection.settings_dict["PORT"] = to
        connection.close()

    assert away_and_back(client, lambda: move("1"), lambda: move(port)) == (200, 503, 200)


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_how_to_go_on():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})

    assert response.status_code == 403
    assert "The page was open too long" in response.content.decode()
