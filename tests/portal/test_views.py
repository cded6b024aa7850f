import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories.accounts import make_user
from tests.factories.outbox import make_mail
from tests.factories.portal import make_standard_page
from tests.portal.sample_app.reports import MARKER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
GATE = "/accounts/login/?next="
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def restrict(page, *groups):
    kind = PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)


def words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.select_one("main").get_text(" ").split())


class TestHome:
    def test_a_visitor_is_told_what_is_here_and_how_to_sign_in(self, client):
        response = client.get("/")

        assert response.status_code == 200
        assert "Sign in to read what is shared with you" in words(response)
        assert "My desk" not in response.content.decode()

    def test_somebody_signed_in_is_told_what_waits(self, client, reader, sample_app):
        text = words(client.get("/"))

        assert ", Priya 3 things wait for you; 1 is overdue. Open my desk" in text

    def test_nothing_waits(self, client, reader):
        text = words(client.get("/"))

        assert "Nothing waits for you." in text
        assert "Open my desk" not in text


class TestDesk:
    def test_rows_stand_by_verb_overdue_first_and_later_ones_apart(self, client, reader, sample_app):
        response = client.get(reverse("desk"))
        soup = BeautifulSoup(response.content, "html.parser")

        assert [tag.get_text() for tag in soup.select("main h2")] == ["Decide (1)", "Read (1)", "Sign (1)"]
        assert "3 things wait for you; 1 is overdue." in words(response)
        assert "Was due Friday 2 January 2026 (" in words(response)
        assert "By Thursday 11 December 2036 (in 10 years)." in words(response)
        assert [tag.get_text(strip=True) for tag in soup.select("main summary")] == [
            "Later, nothing to do yet (1)"
        ]
        assert len(soup.select("main .nhsuk-button")) == 3

    def test_words_of_people_are_shown_as_text(self, client, reader, sample_app):
        html = client.get(reverse("desk")).content.decode()

        assert MARKER not in html
        assert "&lt;b onclick=&quot;x&quot;&gt;&#x27;&amp;" in html

    def test_an_empty_desk_teaches(self, client, reader):
        text = words(client.get(reverse("desk")))

        assert text.startswith("My desk Nothing waits for you. What you are asked to decide, read,")

    def test_a_visitor_is_asked_to_sign_in(self, client):
        assert client.get("/desk/")["Location"] == GATE + "/desk/"

    def test_the_queries_do_not_grow_with_the_rows(
        self, client, reader, sample_app, django_assert_num_queries
    ):
        client.get("/desk/")
        with CaptureQueriesContext(connection) as three:
            client.get("/desk/")
        reader.username = "idle"
        reader.save()

        with django_assert_num_queries(len(three)):
            assert "Nothing waits" in words(client.get("/desk/"))


class TestSearch:
    def test_an_exact_reference_comes_first(self, client, reader, sample_app):
        response = client.get("/search/", {"q": "  SG-042 "})

        assert '2 results for "SG-042".' in words(response)
        links = BeautifulSoup(response.content, "html.parser").select("main .wa-row a")
        assert [link["href"] for link in links] == ["/p/SG-042/", "/p/SG-001/"]

    def test_a_visitor_finds_only_what_is_public(self, client, sample_app):
        assert "0 results" in words(client.get("/search/", {"q": "SG-042"}))

    def test_nothing_found_says_so(self, client, reader, sample_app):
        text = words(client.get("/search/", {"q": MARKER}))

        assert f'0 results for "{MARKER}".' in text
        assert f"No policy or course that you may read has {MARKER} ." in text

    @pytest.mark.parametrize("text", ["", "   ", "a\0b", "x" * 5000, "%", "'\"<>"])
    def test_odd_words_do_no_harm(self, client, reader, sample_app, text):
        assert client.get("/search/", {"q": text}).status_code == 200


class TestServe:
    def test_a_public_page_is_read_without_signing_in(self, client):
        make_standard_page()

        response = client.get("/privacy/")

        assert response.status_code == 200
        assert "We keep little." in words(response)

    def test_a_visitor_cannot_tell_a_restricted_page_from_none(self, client):
        restrict(make_standard_page(title="Marker-of-a-secret"))

        assert client.get("/privacy/")["Location"] == GATE + "/privacy/"
        assert client.get("/nothing/")["Location"] == GATE + "/nothing/"

    def test_somebody_outside_the_audience_cannot_tell_it_from_none(self, client, reader):
        restrict(make_standard_page(title="Marker-of-a-secret"), "Assessors")

        refused, unknown = client.get("/privacy/"), client.get("/nothing/")

        assert (refused.status_code, unknown.status_code) == (404, 404)
        assert refused.content == unknown.content

    def test_the_audience_reads_it(self, client):
        restrict(make_standard_page(), "Assessors")
        client.force_login(make_user(groups=["Assessors"]), backend=BACKEND)

        assert client.get("/privacy/").status_code == 200

    def test_a_post_to_no_page_is_not_sent_to_sign_in(self, client):
        assert client.post("/nothing/").status_code == 404

    @pytest.mark.parametrize("path", ["/%5Cevil.example/", "/https:/evil.example/"])
    def test_the_way_to_sign_in_stays_here(self, client, path):
        response = client.get(path)

        assert response.status_code in (301, 302, 404)
        assert response.get("Location", "/").startswith("/")
        assert not response.get("Location", "/").startswith(("//", "/\\"))


class TestDemoMail:
    def test_the_newest_first_with_links(self, client, reader):
        make_mail(subject="First", text="older")
        make_mail(subject=MARKER, text=f"Read {MARKER} at http://localhost:8000/p/SG-042/")

        response = client.get(reverse("demo_mail"))
        soup = BeautifulSoup(response.content, "html.parser")

        assert [tag.get_text() for tag in soup.select("article h2")] == [MARKER, "First"]
        assert soup.select_one("article a")["href"] == "http://localhost:8000/p/SG-042/"
        assert not soup.select("article b")

    def test_there_is_no_such_page_outside_the_demo(self, client, reader, settings):
        settings.DEMO = False

        assert client.get("/demo/mail/").status_code == 404

    def test_a_visitor_does_not_read_mail(self, client):
        assert client.get("/demo/mail/")["Location"] == GATE + "/demo/mail/"

    def test_an_odd_page_number_shows_a_page(self, client, reader):
        assert client.get("/demo/mail/?page=x").status_code == 200
