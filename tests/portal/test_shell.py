"""The kept page of a policy in force: what is one's own stands in it, and every change shows at once."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from wagtail.models import Site

from kernel.organisation.models import SiteLabels
from tests.factories import organisation
from tests.factories import policies as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_served")]
BEFORE = date(2026, 1, 5)
TOLD = "Quibble was told"


@login_not_required
def tell(request):
    messages.success(request, TOLD)
    return HttpResponse("told")


urlpatterns = [path("tell/", tell), path("", include("portal.urls"))]


@pytest.fixture
def policy():
    page = make.make_policy(audience="public")
    make.issue(page, today=BEFORE)
    page.refresh_from_db()
    return page


def reader_named(name: str) -> Client:
    client = Client()
    client.force_login(organisation.make_person(user=True, name=name).user)
    return client


def soup_of(client, policy, query=""):
    return BeautifulSoup(client.get(policy.get_url() + query).content, "html.parser")


def names_in(soup) -> list[str]:
    return [tag.get_text() for tag in soup.select(".wa-person__name")]


def test_each_person_finds_their_own_name_and_no_other(policy):
    one, two = reader_named("Ada Quill"), reader_named("Bo Marsh")

    pages = [soup_of(client, policy) for client in (one, two, Client(), one)]

    assert [names_in(soup) for soup in pages] == [["Ada Quill"], ["Bo Marsh"], [], ["Ada Quill"]]
    assert ["Quill" in str(soup) for soup in pages] == [True, False, False, True]
    assert all("Staff must tell the named nurse the same day." in soup.get_text() for soup in pages)


def test_the_way_out_carries_the_token_of_the_one_who_asks(policy):
    here, there = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    for client in (here, there):
        client.force_login(organisation.make_person(user=True).user)
    tokens = [
        soup_of(client, policy).select_one(".wa-person__out input")["value"] for client in (here, there)
    ]

    crossed = here.post("/accounts/logout/", {"csrfmiddlewaretoken": tokens[1]})
    own = here.post("/accounts/logout/", {"csrfmiddlewaretoken": tokens[0]})

    assert (crossed.status_code, own.status_code) == (403, 302)


def test_paper_names_the_address_that_was_asked_for(policy):
    printed = [
        soup_of(Client(), policy, query).select_one(".wa-printed").get_text()
        for query in ("?print", "?a=1&b=<")
    ]

    assert f"Printed from http://testserver{policy.get_url()}?print on " in printed[0]
    assert f"Printed from http://testserver{policy.get_url()}?a=1&b=%3C on " in printed[1]


def test_a_changed_name_of_the_site_shows_at_once(policy):
    assert soup_of(Client(), policy).select_one(".wa-header__brand").get_text() == "wagtail-assurance"

    labels = SiteLabels.for_site(Site.objects.get())
    labels.board_name = "Fenbrook Partnership"
    labels.save()

    assert soup_of(Client(), policy).select_one(".wa-header__brand").get_text() == "Fenbrook Partnership"


def test_a_retitled_library_shows_at_once(policy):
    assert "Quire" not in soup_of(Client(), policy).select_one(".wa-crumbs").get_text()

    library = make.make_library()
    library.title = "Quire"
    library.save()

    assert "Quire" in soup_of(Client(), policy).select_one(".wa-crumbs").get_text()
    assert "Quire" in soup_of(Client(), policy).select_one(".wa-nav--wide").get_text()


def test_the_next_version_changes_title_and_standing_at_once(policy):
    assert "version 1.0 since" in soup_of(Client(), policy).select_one(".wa-standing").get_text()

    make.edit(policy, title="Quibbles and how to settle them")
    make.issue(policy, today=BEFORE, significance="minor", change_note="Title.")

    soup = soup_of(Client(), policy)
    assert "version 1.1 since" in soup.select_one(".wa-standing").get_text()
    assert "Quibbles and how to settle them" in soup.select_one("h1").get_text()
    assert "Quibbles and how to settle them" in soup.title.get_text()


def test_links_for_the_owner_are_not_left_for_readers():
    policy = make.make_policy(policy_owner=organisation.make_person(user=True))
    make.issue(policy, today=BEFORE)
    policy.refresh_from_db()
    owner, reader = Client(), reader_named("Bo Marsh")
    owner.force_login(policy.policy_owner.user)

    tools = [soup_of(who, policy).select_one(".wa-tools").get_text() for who in (owner, reader, owner)]

    assert ["Working draft" in words for words in tools] == [True, False, True]


def test_what_waits_on_the_desk_is_counted_for_its_owner_alone(policy):
    submission = make.approve(make.submit(make.make_policy()))
    signer = organisation.make_person(user=True)
    organisation.make_seat(body=submission.ratifying_body, person=signer)
    client = Client()
    client.force_login(signer.user)

    menus = [
        soup_of(who, policy).select_one(".wa-nav--wide").get_text() for who in (client, reader_named("Bo"))
    ]

    assert ["My desk: 1" in words for words in menus] == [True, False]


@pytest.mark.urls("tests.portal.test_shell")
def test_a_message_is_told_once_and_to_one(policy):
    client = Client()
    client.get("/tell/")

    told = [TOLD in str(soup_of(who, policy)) for who in (Client(), client, client, Client())]

    assert told == [False, True, False, False]
