"""The first step of booking: who it is for, looked for by name (S0-40)."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import booking as make
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_post
from tests.factories.register import make_administrator

pytestmark = pytest.mark.django_db


def test_a_search_keeps_what_was_ticked_and_typed_and_says_when_it_finds_nobody():
    session, officer = soon_session(), make_administrator()
    person = make.make_staff(name="Poppy Ayre")
    make_post(person=officer.staff_profile, primary=True)
    client, address = signed_in(officer), reverse("training_book", args=[session.pk])
    typed = {"step": "1", "who": [person.pk], "needs": "large print", "find": "zzzz"}

    searched = BeautifulSoup(client.post(address, {**typed, "search": "1"}).content, "html.parser")
    went_on = client.post(address, typed).content.decode()

    ticked = searched.select("input[name=who][checked]")
    assert [one["value"] for one in ticked] == [str(person.pk)]
    assert searched.select_one("textarea[name=needs]").text.strip() == "large print"
    assert searched.select_one("input[name=find]")["value"] == "zzzz"
    assert "Nobody whom you may book is called “zzzz”." in searched.text
    assert "Step 2 of 3" in went_on
    assert "Poppy Ayre" in went_on
    assert "Step 1 of 3" in client.post(address, {"step": "1", "find": "zzzz"}).content.decode()
