"""The frame and the components in every state, at 1280 and 320 px, and by keys alone."""

import pytest
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path
from playwright.sync_api import expect

from tests.factories.accounts import make_user
from tests.factories.outbox import make_mail
from tests.factories.policies import make_home
from tests.journeys.looking import came_back
from tests.kernel.content.test_forms import MinuteForm
from tests.portal.conftest import sample_app  # noqa: F401  a fixture

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.journeys.test_frame"),
]
PAGE = """{% extends "base.html" %}{% load nhs %}{% block title %}Components{% endblock %}
{% block heading %}Components{% endblock %}{% block standing %}{% state "good" "In force" %}{% endblock %}
{% block tools %}<a href="/">Edit</a>{% endblock %}
{% block side %}<h2>Facts</h2>{% nhs_summary_list facts %}{% endblock %}
{% block main %}<p>Staff {% force "must" %} act, {% force "should" %} write, {% force "may" %} ask.</p>
<p>{% state "soon" "a" %}{% state "late" "b" %}{% state "waits" "c" %}{% state "closed" "d" %}{% state "none" "e" %}</p>
{% nhs_inset_text %}<p>41 people are told.</p>{% endnhs_inset_text %}
{% nhs_warning_callout "Not the current version" %}<p>Superseded.</p>{% endnhs_warning_callout %}
{% nhs_details "More" %}<p>inside</p>{% endnhs_details %}{% nhs_task_list tasks %}{% nhs_tag "Sample" "grey" %}
{% nhs_panel "Ratified" level=2 %}<p>Done.</p>{% endnhs_panel %}
<form method="post" novalidate>{% csrf_token %}{{ form }}<div class="wa-buttons">{% nhs_button "Ratify version 4.0" %}
{% nhs_button "Save draft" variant="secondary" %}{% nhs_button "Withdraw it" variant="warning" %}</div></form>
{% endblock %}"""


@pytest.fixture(autouse=True)
def home(transactional_db):
    """A flush before may have taken it."""
    make_home()


@login_not_required
def components(request):
    form = MinuteForm(request.POST or None)
    if form.is_valid():
        messages.success(request, "Recorded.")
        return redirect("/told/")
    context = {
        "form": form,
        "breadcrumbs": [("Home", "/"), ("Policies", "/search/")],
        "facts": [("Owner", "Priya Nair", [("Change", "/", "owner")]), ("Review due", "12 March 2027")],
        "tasks": [{"title": "Names", "href": "/", "hint": "and numbers", "status": "Done"}],
    }
    return HttpResponse(Template(PAGE).render(RequestContext(request, context)))


@login_not_required
def told(request):
    page = '{% extends "base.html" %}{% block title %}Told{% endblock %}{% block heading %}Told{% endblock %}'
    return HttpResponse(Template(page).render(RequestContext(request, {})))


urlpatterns = [path("components/", components), path("told/", told), path("", include("portal.urls"))]


def focused(page) -> str:
    return page.evaluate("document.activeElement.className")


def test_a_visitor(page, origin, look):
    for address in ("/", "/search/", "/search/?q=nothing", "/accounts/login/"):
        page.goto(origin + address)
        look(page)


def test_somebody_signed_in(page, origin, look, sign_in, sample_app):  # noqa: F811
    make_user("priya.nair@example.org", first_name="Priya", last_name="Nair")
    make_mail(text="Read http://localhost:8000/p/SG-042/")
    sign_in(page, "priya.nair@example.org")
    for address in ("/", "/desk/", "/search/?q=SG-042", "/demo/mail/"):
        page.goto(origin + address)
        look(page)


def test_an_empty_desk(page, origin, look, sign_in):
    make_user("idle@example.org")
    sign_in(page, "idle@example.org")
    page.goto(origin + "/desk/")

    assert page.get_by_text("Nothing waits for you.").is_visible()
    look(page)


def test_components_and_a_form_that_comes_back(page, origin, look):
    page.goto(origin + "/components/")
    look(page)

    page.get_by_role("button", name="Ratify version 4.0").press("Enter")

    came_back(page)
    look(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_minute")).to_be_focused()


def test_the_result_takes_the_focus(page, origin, look):
    page.goto(origin + "/components/")
    page.locator("#id_minute").fill("4.2")
    for part, typed in {"day": "31", "month": "3", "year": "2027"}.items():
        page.locator(f"#id_on-{part}").fill(typed)
    page.locator("#id_body").select_option("a")
    page.locator("#id_outcome").check()
    page.locator("#id_present").check()
    page.locator("#id_quorate").check()
    page.get_by_role("button", name="Ratify version 4.0").press("Enter")

    page.wait_for_url("**/told/")
    assert "nhsuk-notification-banner--success" in focused(page)
    look(page)


def test_the_skip_link_leads_past_the_menu(page, origin):
    page.goto(origin + "/")
    page.keyboard.press("Tab")
    assert focused(page) == "nhsuk-skip-link"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_without_scripts_the_form_still_comes_back(chromium, origin):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(origin + "/components/")
    page.get_by_role("button", name="Ratify version 4.0").click()

    assert page.title().startswith("Error: ")
    assert page.locator(".nhsuk-error-summary a").count() == 6
    context.close()
