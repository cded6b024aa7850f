"""Rows whose promise is that words, roles and attached job descriptions read as they were written."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import policies as make

pytestmark = pytest.mark.django_db
ROLES = [f"Lead {number}" for number in range(1, 9)]
PARTS = [f"Part {number}" for number in range(1, 15)]


def page_of(client, body):
    page = make.make_policy(body=[*make.BODY, *body], audience="public")
    make.issue(page)
    return BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".wa-policy")


def test_a_paragraph_without_duty_is_published_as_text(client):
    words = "We learn from what happens and tell families what we learned."

    text = page_of(client, [make.clause(words)])

    assert words in text.get_text()


def test_eight_roles_are_eight_rows_with_duties_and_tasks(client):
    rows = [{"role": role, "responsibilities": f"<p>Duty of {role}</p>", "tasks": ""} for role in ROLES]

    table = page_of(client, [("roles_table", {"heading": "Roles", "rows": rows})]).table

    assert [row.get_text() for row in table.select("tbody th")] == ROLES
    assert "Duty of Lead 8" in table.get_text()


def test_a_job_description_is_an_appendix_with_its_headings_in_order(client):
    parts = [make.section(part, level="2") for part in PARTS]
    appendix = ("appendix", {"number": "Appendix B", "title": "Job description"})

    text = page_of(client, [appendix, *parts, make.clause("The post holder advises.")])

    headings = [heading.get_text(" ", strip=True) for heading in text.select("h2, h3")]
    start = headings.index("Appendix B Job description")
    assert [heading.split(" ", 1)[1] for heading in headings[start + 1 :]] == PARTS
