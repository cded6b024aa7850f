"""Older texts are listed for those who may read them, and for nobody who may not read what the policy says now."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Site

from kernel.organisation.models import SiteLabels
from policy_pages import older, reading
from policy_pages.enums import Audience
from tests.factories import policies as make
from tests.factories.organisation import make_host, make_person

pytestmark = pytest.mark.django_db
FIRST, SECOND, TODAY = date(2024, 1, 10), date(2025, 3, 1), date(2026, 11, 23)


def issued(*days, **values):
    page = make.make_policy(**values)
    for number, day in enumerate(days):
        if number:
            make.edit(page, body=[make.clause(f"Staff must do {number} things.")])
        make.issue(page, today=day, change_note="Another.")
    return page


def listed(user=None, *, today=TODAY, opened=False, words=""):
    reader = reading.reader_of(user, today) if user else reading.VISITOR
    rows = older.texts(reader, today, open_to_audience=opened, words=words)
    return [(row.title, row.number, row.ended) for row in rows]


@pytest.fixture
def staff():
    return make_person(user=True, agency=make_host()).user


def test_superseded_and_withdrawn_texts_are_listed_and_those_in_force_are_not(staff):
    issued(FIRST, SECOND, title="Fire safety")
    gone = issued(FIRST, title="Water safety")
    make.retire(gone.versions.get(), today=SECOND, withdrawn_from=SECOND, reason="No ward has it.")
    issued(FIRST, title="Zebra feeding")

    assert listed(staff) == [("Fire safety", "1.0", SECOND), ("Water safety", "1.0", None)]
    assert listed(staff, today=SECOND - timedelta(days=1)) == []


def test_words_narrow_by_title_and_reference(staff):
    issued(FIRST, SECOND, title="Fire safety", reference="FS-003")
    issued(FIRST, SECOND, title="Water safety", reference="WS-001")

    found = {
        words: [row[0] for row in listed(staff, words=words)]
        for words in ("safety fire", "ws-", "x", "\0", "%")
    }
    both = ["Fire safety", "Water safety"]
    assert found == {"safety fire": both[:1], "ws-": both[1:], "x": [], "\0": both, "%": []}


def test_visitors_have_none_unless_the_site_opens_them_and_then_only_public_ones():
    issued(FIRST, SECOND, title="Fire safety", audience=Audience.PUBLIC)
    issued(FIRST, SECOND, title="Water safety", audience=Audience.STAFF)

    assert listed() == []
    assert listed(opened=True) == [("Fire safety", "1.0", SECOND)]


def test_whoever_may_not_read_the_text_in_force_reads_no_older_one(staff, group):
    page = issued(FIRST, title="Fire safety", audience=Audience.PUBLIC)
    named = {"audience": Audience.GROUPS, "audience_groups": [group]}
    make.edit(page, body=[make.clause("Staff must go.")], **named)
    make.issue(page, today=SECOND, change_note="Restricted.")

    assert listed(staff) == []
    assert listed(opened=True) == []


def test_the_page_is_linked_from_the_library_and_is_not_there_for_visitors(staff, sign_in, client):
    today = timezone.localdate()
    page = issued(today - timedelta(days=9), today, title="Fire <b>safety", audience=Audience.PUBLIC)
    library = make.make_library().get_url()
    signed_in = sign_in(staff)
    assert "/policies-older/" in signed_in.get(library).content.decode()

    main = BeautifulSoup(signed_in.get("/policies-older/?q=fire").content, "html.parser").select_one("main")
    assert main.select_one(".wa-library__title")["href"] == f"/p/{page.reference}/v/1.0/"
    assert "Fire <b>safety" in main.get_text()
    assert signed_in.get(f"/p/{page.reference}/v/1.0/", follow=True).status_code == 200
    client.logout()
    assert client.get("/policies-older/").status_code == 404
    assert "/policies-older/" not in client.get(library).content.decode()


def test_a_site_that_opens_older_texts_shows_them_to_visitors(client):
    today = timezone.localdate()
    issued(today - timedelta(days=9), today, title="Fire safety", audience=Audience.PUBLIC)
    labels = SiteLabels.for_site(Site.objects.get(is_default_site=True))
    labels.superseded_open_to_audience = True
    labels.save()

    assert "Fire safety" in client.get("/policies-older/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(
    staff, sign_in, number, kept_as_served, django_assert_num_queries
):
    today = timezone.localdate()
    for _number in range(number):
        issued(today - timedelta(days=9), today)
    client = sign_in(staff)
    client.get("/policies-older/")

    with django_assert_num_queries(QUERIES):
        client.get("/policies-older/")


QUERIES = 7
