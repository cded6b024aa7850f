from datetime import datetime

import pytest

from kernel.content import links
from kernel.content.links import Link

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.fixture
def forms():
    """A kind that only this test knows."""
    links.register("test form", label="Form", ask=_ask, titles=_titles, options=lambda: [(7, "Referral")])
    yield
    del links.KINDS["test form"]


def _ask(ids, request, now):
    return {pk: Link("Referral", f"/form/{pk}/", str(now.year)) for pk in ids if pk != 8}


def _titles(ids):
    return {pk: "Referral" for pk in ids if pk == 7}


def test_links_of_a_registered_kind_are_those_that_the_reader_may_reach(forms):
    wanted = [("test form", 7), ("test form", 8), ("test form", 7), ("nobody's", 1)]

    assert links.links(wanted, None, NOW) == {("test form", 7): Link("Referral", "/form/7/", "2026")}


def test_choice_of_a_thing_is_kind_and_id(forms):
    assert ("test form:7", "Form: Referral") in links.choices_of(["test form"])
    assert links.parted("test form:7") == ("test form", 7)
    assert [links.parted(value) for value in ("", "test form:x", "nobody's:7", "test form:")] == [None] * 4
    assert [links.title_of("test form", pk) for pk in (7, 9)] == ["Referral", ""]


def test_one_name_is_one_kind(forms):
    with pytest.raises(ValueError, match="two kinds"):
        links.register("test form", label="Other", ask=lambda *_: {}, titles=_titles, options=list)


@pytest.mark.django_db
def test_a_kind_that_is_no_part_of_texts_is_asked_for_by_its_name_alone():
    links.register(
        "test rule", label="Rule", ask=_ask, titles=_titles, options=lambda: [(7, "R")], in_texts=False
    )
    try:
        assert links.choices_of(["test rule", "nobody's"]) == [("test rule:7", "Rule: R")]
        assert "test rule:7" not in dict(links.choices())
    finally:
        del links.KINDS["test rule"]
