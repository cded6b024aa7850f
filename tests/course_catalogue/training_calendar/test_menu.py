"""Training in the menu of the site, and the ways from the calendar to what one has to do (S2-18)."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from course_catalogue.models import TrainingCalendarPage, TrainingSettings
from tests.factories.accounts import make_user
from tests.factories.courses import make_booking, make_course
from tests.factories.learning import BACKEND
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar() -> TrainingCalendarPage:
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=TrainingCalendarPage(title="Training calendar", slug="training-calendar"))


@pytest.fixture
def staff(client):
    person = make_person(user=True)
    client.force_login(person.user, backend=BACKEND)
    return person


def open_to_visitors(shown: bool) -> None:
    site = Site.objects.get(is_default_site=True)
    TrainingSettings.objects.update_or_create(site=site, defaults={"open_to_visitors": shown})


def training_in_menu(client, page) -> list[str | None]:
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    found = soup.select(".wa-nav--wide a")
    return [link.get("aria-current") for link in found if link.get_text() == "Training"]


def test_training_is_marked_in_the_menu_on_all_of_its_pages(client, calendar, staff):
    make_booking(person=staff)

    assert training_in_menu(client, "/training-calendar/") == ["page"]
    assert training_in_menu(client, "/training-calendar/list/") == ["true"]
    assert training_in_menu(client, "/training/mine/") == ["true"]
    assert training_in_menu(client, make_course().get_url()) == ["true"]
    assert training_in_menu(client, "/desk/") == [None]


def test_reports_of_training_are_marked_as_reports_alone(client, calendar):
    client.force_login(make_role_holder("ld-officer", user=make_person(user=True).user))

    soup = BeautifulSoup(client.get("/training/reports/").content, "html.parser")

    marked = [link.get_text() for link in soup.select(".wa-nav--wide a[aria-current]")]
    assert marked == ["Reports"]


@pytest.mark.parametrize("shown", [True, False])
def test_training_is_in_the_menu_of_whoever_it_would_not_refuse(client, calendar, shown):
    open_to_visitors(shown)
    without_person = make_user("no.person@example.org")
    for user in (None, without_person, make_person(user=True).user):
        client.logout()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        offered = [link for link in (training_in_menu(client, "/search/")) if link is None]
        opens = client.get("/training-calendar/").status_code == 200
        assert bool(offered) is opens, user
        assert len(offered) <= 1


def test_home_leads_people_to_training_where_visitors_see_nothing(client, calendar, staff):
    open_to_visitors(False)

    soup = BeautifulSoup(client.get("/").content, "html.parser")

    assert [link["href"] for link in soup.select("main a") if link.get_text() == "Training"] == [
        "/training-calendar/"
    ]


def test_the_calendar_leads_each_to_their_own_training(client, calendar, staff):
    """Only to what would not refuse them."""
    text = client.get("/training-calendar/").content.decode()
    assert (
        "/training/mine/" in text and "/training/sessions/" not in text and "/training/register/" not in text
    )

    officer = make_role_holder("ld-officer", user=make_person(user=True).user)
    client.force_login(officer, backend=BACKEND)
    soup = BeautifulSoup(client.get("/training-calendar/").content, "html.parser")
    ways = [link["href"] for link in soup.select(".wa-tools a[href^='/training/']")]
    own = ["mine", "register", "sessions", "charges", "agency", "release"]
    assert ways[:6] == [f"/training/{name}/" for name in own]
    assert [client.get(way).status_code for way in ways[:6]] == [200] * 6


def test_the_calendar_leads_hr_to_the_page_of_release(client, calendar, staff):
    def ways():
        soup = BeautifulSoup(client.get("/training-calendar/").content, "html.parser")
        return [link["href"] for link in soup.select(".wa-tools a[href^='/training/']")]

    assert "/training/release/" not in ways()
    client.force_login(make_role_holder("hr-partner", user=make_person(user=True).user), backend=BACKEND)
    assert "/training/release/" in ways() and "/training/agency/" not in ways()
    assert client.get("/training/release/").status_code == 200


def test_the_calendar_leads_a_visitor_to_what_is_open_to_anybody(client, calendar):
    open_to_visitors(True)

    soup = BeautifulSoup(client.get("/training-calendar/").content, "html.parser")

    ways = [link["href"] for link in soup.select(".wa-tools a[href^='/training/']")]
    assert ways == ["/training/certificates/check/", "/training/join/"]
    assert [client.get(way).status_code for way in ways] == [200, 200]
