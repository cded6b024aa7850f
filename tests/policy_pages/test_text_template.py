"""The text of a policy as HTML, where imported documents lack what written ones have."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from policy_pages import freezing
from tests.factories import policies as make

pytestmark = pytest.mark.django_db


def shown(*body) -> BeautifulSoup:
    blocks = freezing.freeze(make.make_policy(body=body)).content["blocks"]
    return BeautifulSoup(render_to_string("policy_pages/text.html", {"blocks": blocks}), "html.parser")


def table(caption, heads):
    columns = [{"type": "text", "heading": head} for head in heads]
    value = {"columns": columns, "rows": [{"values": ["<p>a</p>"] * len(heads)}], "caption": ""}
    return ("table", {"caption": caption, "table": value})


def test_a_clause_without_a_number_shows_none_and_can_be_linked_to():
    soup = shown(
        make.section("Care", number="-"), make.clause("Ask.", number="-"), make.clause("Tell.", number="1.1")
    )

    assert [span.text for span in soup.select(".wa-number")] == ["1.1"]
    links = [link.text for link in soup.select(".wa-clause__link a")]
    assert links == ["link to this clause", "link to 1.1"]
    assert soup.h2.text.strip() == "Care"


def test_headings_end_at_the_sixth_level():
    body = [make.section(f"Level {level}", level=str(level)) for level in range(1, 6)]

    soup = shown(*body, make.clause("Ask.", heading="Asking"))

    assert [tag.name for tag in soup.select(".wa-section, .wa-clause__heading")] == [
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "h6",
    ]


@pytest.mark.parametrize("draft_of_table", [table("", ["", ""]), table("Desks", ["Day", ""])])
def test_a_table_has_no_empty_caption_or_heading(draft_of_table):
    soup = shown(make.clause("Ask."), draft_of_table)

    assert [tag for tag in soup.select("caption, th") if not tag.text.strip()] == []
    assert soup.select_one(".wa-table-box")["aria-label"] in ("Table", "Desks")
