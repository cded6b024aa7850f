"""A1 and A11: every address has a declared rule, the rule is what happens, and looking changes nothing."""

from types import ModuleType

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from wagtail.models import Page, Site

from kernel.organisation.models import SiteLabels
from portal import addresses as declared
from portal.addresses import ACT, ADMIN, ANYONE, AUDIENCE, READ, SIGNED_IN, Rule, rule_for
from tests.portal.personas import NAMES, Persona, make_persona
from tests.portal.walking import Address, addresses, changed, tables

BACKEND = settings.AUTHENTICATION_BACKENDS[-1]
# Wagtail's own, by name: an empty form, or a page that cannot be moved, ends in a fault of its own there.
UPSTREAM_FAULTS = {
    "wagtailadmin_error_test",
    "wagtailadmin_pages:set_page_position",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:unlock",
    "wagtailadmin_choose_page_external_link",
    "wagtailredirects:process_import",
}
DOORS = ("/accounts/login/", "/admin/login/", "/accounts/reauthenticate/")


def undeclared(found: list[Address]) -> list[str]:
    return [str(address) for address in found if rule_for(address.name, address.route) is None]


def ask(client: Client, persona: Persona, address: Address, method: str):
    """One request by a person freshly signed in; whatever it did is undone."""
    with transaction.atomic():
        if persona.user:
            client.force_login(persona.user, backend=BACKEND)
        response = client.generic(method, address.path)
        transaction.set_rollback(True)
    client.cookies.clear()
    return response


def complaint(persona: Persona, rule: Rule, method: str, response) -> str:
    """What is wrong with an answer, '' if it is as declared."""
    status, place = response.status_code, response.headers.get("Location", "")
    if status >= 500:
        return f"failed with {status}"
    let_in = persona.is_let_in(rule)
    if method not in rule.methods and status < 300:
        return f"answered {method}, which its rule does not name"
    if let_in is False and not refused(status, place):
        return f"let in with {status} {place}"
    if let_in and rule.who != ANYONE and place.startswith(DOORS[:2]):
        return "sent to sign in though the rule lets in"
    return ""


def refused(status: int, place: str) -> bool:
    """Not found, forbidden, wrong method, or sent to a door or back home."""
    home = place.split("?")[0] in ("/", reverse("wagtailadmin_home"))
    return status in (401, 403, 404, 405) or (status == 302 and (place.startswith(DOORS) or home))


def complaints(persona: Persona, method: str, found: list[Address]) -> list[str]:
    client = Client(raise_request_exception=False)
    answers = []
    for address in found:
        rule = rule_for(address.name, address.route)
        response = ask(client, persona, address, method)
        if response.status_code == 500 and address.name in UPSTREAM_FAULTS:
            continue
        if rule and (words := complaint(persona, rule, method, response)):
            answers.append(f"{address}: {words}")
    return answers


def test_every_address_has_a_rule():
    missing = undeclared(addresses())

    assert not missing, "declare in site/portal/addresses.py:\n" + "\n".join(missing)


def test_every_rule_is_of_an_address():
    known = {key for address in addresses() for key in (address.name, address.route)}

    assert sorted(set(declared.RULES) - known) == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", NAMES)
def test_each_address_answers_as_declared(name, method):
    found = complaints(make_persona(name), method, addresses())

    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_looking_changes_nothing():
    superuser, client, found = make_persona("superuser"), Client(raise_request_exception=False), []
    SiteLabels.for_site(Site.objects.get())  # a settings row is made by Wagtail when it is first read
    client.force_login(superuser.user, backend=BACKEND)
    before = tables()
    for address in addresses():
        client.get(address.path)
        after = tables()
        if tables_changed := changed(before, after):
            found.append(f"{address}: {', '.join(tables_changed)}")
        before = after

    assert not found, "\n".join(found)
    assert get_user(client) == superuser.user


# --- the walk itself is seen to fail -------------------------------------------------------------------


def _open(request, *args, **kwargs):
    return HttpResponse("anybody")


def _writes(request):
    Page.objects.filter(pk=1).update(title="looked at")
    return HttpResponse("done")


_open.login_required = _writes.login_required = False


@pytest.fixture
def planted(settings):
    """The site's own addresses after two that nobody declared."""
    urls = ModuleType("planted")
    urls.urlpatterns = [
        path("planted/<int:number>/", _open, name="planted_open"),
        path("planted/writes/", _writes, name="planted_writes"),
        path("", include("portal.urls")),
    ]
    settings.ROOT_URLCONF = urls
    return urls


def test_an_undeclared_address_is_named(planted):
    assert undeclared(addresses()) == [
        "planted_open  planted/<int:number>/",
        "planted_writes  planted/writes/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["anonymous", "reader", "partner"])
def test_an_address_more_open_than_its_rule_is_caught(planted, monkeypatch, name):
    monkeypatch.setitem(declared.RULES, "planted_open", Rule(ADMIN))

    assert complaints(make_persona(name), "GET", addresses()) == [
        "planted_open  planted/<int:number>/: let in with 200 "
    ]


@pytest.mark.django_db
def test_a_change_by_looking_is_caught(planted):
    before = tables()

    Client().get("/planted/writes/")

    assert changed(before, tables()) == ["wagtailcore.Page"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "methods", "name", "method", "status", "words"),
    [
        (ANYONE, READ, "anonymous", "GET", 200, ""),
        (ANYONE, READ, "anonymous", "POST", 200, "answered POST, which its rule does not name"),
        (SIGNED_IN, ACT, "anonymous", "GET", 200, "let in with 200 "),
        (SIGNED_IN, ACT, "reader", "POST", 200, ""),
        (AUDIENCE, READ, "reader", "GET", 404, ""),
        (AUDIENCE, READ, "reader", "GET", 500, "failed with 500"),
        (ADMIN, READ, "reader", "GET", 200, "let in with 200 "),
        (ADMIN, READ, "site administrator", "GET", 200, ""),
        (("body_secretary",), READ, "reader", "GET", 200, "let in with 200 "),
        (("body_secretary",), READ, "reader", "GET", 404, ""),
    ],
)
def test_an_answer_is_judged_by_its_rule(who, methods, name, method, status, words):
    response = HttpResponse(status=status)

    assert complaint(make_persona(name), Rule(who, methods), method, response) == words


def test_the_longest_prefix_counts(monkeypatch):
    monkeypatch.setitem(declared.PREFIXES, "admin/open/", Rule(ANYONE))

    assert [rule_for("", route).who for route in ("admin/x/", "admin/open/x/")] == [ADMIN, ANYONE]
    assert rule_for("", "elsewhere/") is None
