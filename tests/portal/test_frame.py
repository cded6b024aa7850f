import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from wagtail.models import PageViewRestriction, Site

from kernel.organisation.models import SiteLabels
from portal import frame
from portal.home import greeting
from tests.factories.portal import make_standard_page
from tests.portal.sample_app.reports import MARKER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@login_not_required
def tell(request):
    messages.success(request, MARKER)
    messages.error(request, "Not this")
    return redirect("/told/")


@login_not_required
def told(request):
    return render(request, "base.html", {"breadcrumbs": [("Home", "/"), (MARKER, "/x/")]})


@login_not_required
def plain(request):
    return HttpResponse("no frame here")


urlpatterns = [
    path("tell/", tell),
    path("told/", told),
    path("plain/", plain),
    path("", include("portal.urls")),
]


def soup_of(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def menu(soup):
    return [(link.get_text(), link.get("aria-current")) for link in soup.select(".wa-nav--wide a")]


def test_the_menu_of_a_visitor(client, sample_app):
    assert menu(soup_of(client, "/")) == [("Home", "page")]


def test_the_menu_in_its_order_with_count_and_place(client, reader, sample_app):
    assert menu(soup_of(client, "/desk/")) == [
        ("Home", None),
        ("My desk: 3", "page"),
        (MARKER, None),
        ("Training", None),
    ]
    assert menu(soup_of(client, "/search/"))[2] == (MARKER, "page")


def test_no_number_at_nought(client, reader):
    assert menu(soup_of(client, "/desk/"))[1] == ("My desk", "page")


def test_signing_out_is_a_press_that_posts(client, reader):
    form = soup_of(client, "/").select_one(".wa-person form")

    assert (form["method"], form["action"]) == ("post", "/accounts/logout/")
    assert form.select_one("button").get_text() == "Sign out"
    assert soup_of(client, "/").select_one(".wa-person__name").get_text() == "Priya Nair"


def test_landmarks_skip_link_and_one_heading(client, reader):
    soup = soup_of(client, "/desk/")

    assert soup.select_one("body > a")["href"] == "#main"
    assert [len(soup.select(tag)) for tag in ("main#main", "header", "footer", "h1")] == [1, 1, 1, 1]
    assert soup.select_one("title").get_text() == "My desk - wagtail-assurance"
    assert soup.select_one("html")["lang"] == "en-GB"


def test_names_come_from_the_labels_of_the_site(client):
    labels = SiteLabels.for_site(Site.objects.get())
    labels.board_name, labels.help_phone, labels.brand_colour = MARKER, "01632 960 123", "green"
    labels.save()

    soup = soup_of(client, "/")

    assert soup.select_one(".wa-header__brand").get_text() == MARKER
    assert soup.select_one(".wa-footer__help strong").get_text() == "01632 960 123"
    assert soup.select_one("html")["class"] == ["wa", "wa--green"]


def test_the_frame_stands_without_a_site(client):
    Site.objects.all().delete()

    assert soup_of(client, "/search/").select_one(".wa-header__brand").get_text() == "wagtail-assurance"


def test_the_footer_lists_public_pages_that_ask_for_it(client):
    make_standard_page(title="Privacy", slug="privacy", show_in_menus=True)
    make_standard_page(title="Quiet", slug="quiet")
    hidden = make_standard_page(title="Secret", slug="secret", show_in_menus=True)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    links = [(link.get_text(), link["href"]) for link in soup_of(client, "/").select("footer a")]

    assert links == [("Privacy", "/privacy/"), ("This demo", "/demo/")]


@pytest.mark.urls("tests.portal.test_frame")
def test_messages_are_banners_of_their_kind(client):
    client.get("/tell/")
    soup = soup_of(client, "/told/")

    banners = soup.select("main .nhsuk-notification-banner")
    assert [(banner.h2.get_text(strip=True), banner.p.get_text(strip=True)) for banner in banners] == [
        ("Done", MARKER),
        ("Important", "Not this"),
    ]
    assert len({banner["aria-labelledby"] for banner in banners}) == 2


@pytest.mark.urls("tests.portal.test_frame")
def test_breadcrumbs_are_links_and_text(client):
    links = [(link.get_text(), link["href"]) for link in soup_of(client, "/told/").select(".wa-crumbs a")]

    assert links == [("Home", "/"), (MARKER, "/x/")]


@pytest.mark.urls("tests.portal.test_frame")
def test_a_page_without_the_frame_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/plain/")


def test_sections_of_no_known_place_are_an_error():
    with pytest.raises(ValueError, match="elsewhere"):
        frame.ORDER.index("elsewhere")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
    ],
)
def test_greeting(hour, words):
    assert greeting(hour) == words
