"""Pictures: where each mark stands, what is drawn of nothing and of too much, and that words stay words."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kernel.content.charts import Band, Cell, Load, Part, Picture, Point, bands, load, stacked, trend
from kernel.content.charts.drawing import NARROW, WIDE, Box, Mark, Stroke, shares, within

TODAY = date(2026, 11, 23)
THREE = [Part("current", 174, "good"), Part("review due", 23, "soon"), Part("overdue", 17, "late")]


def test_a_stacked_bar_shows_each_part_with_shape_word_and_number():
    drawing = stacked(THREE, 720)

    assert drawing.boxes == (
        Box(0, 0, 584, 24, "good"),
        Box(586, 0, 76, 24, "soon"),
        Box(664, 0, 56, 24, "late"),
    )
    assert [words.text for words in drawing.words] == ["174 current", "23 review due", "17 overdue"]
    assert [mark.kind for mark in drawing.marks if not mark.on] == ["good", "soon", "late"]
    assert [mark for mark in drawing.marks if mark.on][0] == Mark(292, 12, "good", on=True)


def test_a_part_of_nothing_is_left_out_and_one_among_many_is_seen():
    drawing = stacked(
        [Part("current", 4000, "good"), Part("due", 0, "soon"), Part("overdue", 1, "late")], 272
    )

    assert [(box.kind, box.width) for box in drawing.boxes] == [("good", 266), ("late", 4)]
    assert stacked([Part("current", 0, "good")], 272).boxes == ()


@given(st.lists(st.integers(0, 5000), max_size=6), st.integers(100, 900))
def test_shares_fill_the_room(values, room):
    found = shares(values, room)

    assert sum(found) == (room if sum(values) else 0)
    assert all(bool(share) == bool(value) for share, value in zip(found, values, strict=True))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5), st.sampled_from([WIDE, NARROW]))
def test_words_beneath_a_bar_never_meet_or_leave_the_drawing(values, width):
    drawing = stacked([Part("review due", value, "soon") for value in values], width)
    places = [(words.y, words.x, words.x + 8 * len(words.text)) for words in drawing.words]

    assert all(0 <= left and right <= width and y < drawing.height for y, left, right in places)
    places.sort()
    assert all(
        one[0] != other[0] or one[2] < other[1] for one, other in zip(places, places[1:], strict=False)
    )


def test_a_line_has_gaps_its_target_and_three_labels():
    values = [900, 880, None, 920, 950]
    points = [Point(f"{n}", value, f"{value}") for n, value in enumerate(values)]

    drawing = trend(points, 720, target=Point("", 900, "target 90%"))

    assert [stroke.kind for stroke in drawing.strokes] == ["axis", "target", "series", "series"]
    assert drawing.strokes[2] == Stroke(((56, 94), (198, 108)), "series")
    assert len(drawing.marks) == 4
    told = [words.text for words in drawing.words]
    assert told == ["100%", "80%", "0", "4", "target 90%", "950", "900", "880"]


def test_a_line_of_one_point_and_of_none_is_drawn():
    assert trend([Point("a", 1000, "100%")], 272).marks == (Mark(56, 24, "dot"),)
    assert trend([Point("a", None, "")], 272).marks == ()


MONTHS = [
    Load("Feb", "2027", 0, "-", "good"),
    Load("Mar", "2027", 12, "12/8", "late"),
    Load("Apr", "2027", 2, "2/4", "good"),
]


def test_load_stands_month_beside_month_and_on_a_phone_beneath():
    wide, narrow = load([("Policy Group", MONTHS)], 720), load([("Policy Group", MONTHS)], 272)

    assert wide.boxes == (Box(75, 42, 30, 40, "late"), Box(135, 76, 30, 6, "good"))
    assert [words.text for words in wide.words] == [
        "Policy Group", "-", "Feb", "2027", "12/8", "Mar", "2/4", "Apr",
    ]  # fmt: skip
    assert [words.text for words in narrow.words] == ["Policy Group", "Mar 2027", "12/8", "Apr 2027", "2/4"]
    assert [mark.kind for mark in wide.marks] == [mark.kind for mark in narrow.marks] == ["late"]


def test_load_of_nobody_and_of_nothing_is_drawn():
    assert load([], 720).boxes == load([("Policy Group", MONTHS[:1])], 272).boxes == ()


def test_the_band_that_counts_has_a_double_edge_and_today_is_a_rule():
    rows = [
        Band("1.0", date(2019, 1, 1), date(2022, 12, 31), "closed"),
        Band("2.0", date(2023, 1, 1), None, "good"),
    ]

    drawing = bands(rows, 720, today=TODAY, words="Review due 12 March 2027", mark="soon")

    assert drawing.boxes == (
        Box(0, 20, 363, 28, "closed"),
        Box(364, 20, 353, 28, "good"),
        Box(368, 24, 345, 20, "edge"),
    )
    assert drawing.strokes == (Stroke(((718, 16), (718, 52)), "today"),)
    told = [words.text for words in drawing.words]
    assert told == ["1.0", "2.0", "2019", "Review due 12 March 2027", "2026"]


def test_a_version_that_begins_today_has_a_band():
    drawing = bands([Band("1.0", TODAY, None, "good")], 272, today=TODAY, words="No review day", mark="good")

    assert drawing.boxes[0] == Box(0, 20, 269, 28, "good")
    assert [words.text for words in drawing.words] == ["1.0", "2026", "No review day"]


@pytest.mark.parametrize(
    ("words", "shown"), [("Policy Group", "Policy Group"), ("Policies of the Board", "Policies..."), ("", "")]
)
def test_long_words_are_cut_in_the_drawing(words, shown):
    assert within(words, 96) == shown


def picture(**values):
    return Picture(
        **{
            "key": "date",
            "finding": "17 of 214 <b>policies</b> are overdue",
            "says": "A bar & more",
            "note": "23 November 2026",
            "wide": stacked([Part("<script>", 3, "late"), *THREE], WIDE),
            "narrow": stacked([Part("<script>", 3, "late"), *THREE], NARROW),
            "caption": "Standing",
            "head": ("Standing", "Number"),
            "rows": ((Cell("<i>overdue"), Cell("17", "/policy-register/?standing=late&x=1")),),
            **values,
        }
    )


def drawn(address="/", *pictures):
    page = engines["django"].from_string("{% load charts %}{% for one in all %}{% picture one %}{% endfor %}")
    html = page.render({"all": pictures}, RequestFactory().get(address))
    return html, BeautifulSoup(html, "html.parser")


def test_a_picture_has_its_finding_its_table_and_words_that_stay_words():
    html, page = drawn("/", picture())

    assert page.h2.get_text() == "17 of 214 <b>policies</b> are overdue"
    assert not page.select("script, i, b, [style]")
    assert [svg.find("title").get_text() for svg in page.select("svg[role=img]")] == [page.h2.get_text()] * 2
    assert page.select_one("caption").get_text() == "Standing"
    assert [cell.get_text() for cell in page.select("tbody th, tbody td")] == ["<i>overdue", "17"]
    assert page.select_one("tbody a")["href"] == "/policy-register/?standing=late&x=1"
    assert 'font-size="14"' in html
    assert not page.select_one("details").has_attr("open")


def test_on_a_page_to_be_printed_the_table_stands_open():
    _html, page = drawn("/?print", picture())

    assert page.select_one("details").has_attr("open")


def test_ids_of_two_pictures_differ_and_every_fill_is_there():
    _html, page = drawn("/", picture(), picture(key="load"))
    ids = [node["id"] for node in page.select("[id]")]

    assert len(ids) == len(set(ids))
    fills = {node["fill"] for node in page.select("[fill^=url]")}
    assert {fill.removeprefix("url(#").rstrip(")") for fill in fills} <= set(ids)
    named = {name for node in page.select("[aria-labelledby]") for name in node["aria-labelledby"].split()}
    assert named <= set(ids)
