import random

import pytest

from policy_pages.importing import matching
from policy_pages.importing.matching import CHANGED, GONE, NEW, SAME, pair, rows, side_of


def clause(key, text, number="", **values):
    html = values.pop("html", f"<p>{text}</p>")
    return side_of({"type": "clause", "id": key, "number": number, "text": text, "html": html, **values})


def section(key, title, number=""):
    return side_of({"type": "section", "id": key, "number": number, "title": title, "level": 1})


BEFORE = [
    section("a", "Reporting", "1"),
    clause("b", "Staff must tell the named nurse the same day.", "1.1"),
    clause("c", "The nurse writes the concern into the record before she goes home.", "1.2"),
]


def test_the_same_document_pairs_each_with_itself():
    after = [
        section("x", "Reporting", "1"),
        clause("y", "Staff must tell the named nurse the same day.", "1.1"),
        clause("z", "The nurse writes the concern into the record before she goes home.", "1.2"),
    ]

    assert pair(BEFORE, after) == {"x": "a", "y": "b", "z": "c"}


def test_renumbered_clauses_are_found_by_their_words():
    after = [
        section("x", "Reporting", "2"),
        clause("n", "This is a whole new sentence about lifts.", "2.1"),
        clause("y", "Staff must tell the named nurse the same day.", "2.2"),
        clause("z", "The nurse writes the concern into the record before she goes home.", "2.3"),
    ]

    assert pair(BEFORE, after) == {"x": "a", "y": "b", "z": "c"}


def test_a_reworded_clause_is_found_by_its_number():
    after = [clause("y", "Staff must tell the named nurse within one hour, by telephone.", "1.1")]

    assert pair(BEFORE, after) == {"y": "b"}


def test_a_reworded_and_renumbered_clause_is_found_by_likeness():
    after = [clause("z", "The nurse writes every concern into the record before going home.", "7.4")]

    assert pair(BEFORE, after) == {"z": "c"}


def test_another_sentence_under_an_old_number_is_new_and_the_old_one_gone():
    after = [clause("y", "Lifts are not used during a fire alarm.", "1.1")]

    assert pair(BEFORE, after) == {}
    assert [row.kind for row in rows(BEFORE[1:2], after)] == [GONE, NEW]


def test_a_clause_never_pairs_with_a_section():
    assert pair([section("a", "Reporting", "1")], [clause("y", "Reporting", "1")]) == {}


def test_equal_clauses_pair_in_their_order():
    before = [clause(key, "See appendix A.") for key in "abc"]
    after = [clause(key, "See appendix A.") for key in "xyz"]

    assert pair(before, after) == {"x": "a", "y": "b", "z": "c"}


def test_rows_say_what_became_of_each_block_in_order():
    after = [
        section("a", "Reporting", "1"),
        clause("b", "Staff must tell the named nurse within the hour.", "1.1"),
        clause("n", "Keep a copy.", "1.2"),
    ]

    assert [
        (row.kind, row.before and row.before.key, row.after and row.after.key) for row in rows(BEFORE, after)
    ] == [(SAME, "a", "a"), (CHANGED, "b", "b"), (GONE, "c", None), (NEW, None, "n")]


def test_a_changed_look_is_a_change_and_roles_and_numbers_are_none():
    plain = clause("b", "Tell the nurse.", "1.1", roles=[{"id": 1, "name": "Nurse"}])

    assert [
        rows([plain], [other])[0].kind
        for other in (
            clause("b", "Tell the nurse.", "2.7", roles=[]),
            clause("b", "Tell the nurse.", "1.1", html="<p>Tell the <b>nurse</b>.</p>"),
        )
    ] == [SAME, CHANGED]


def test_words_of_tables_and_terms_count_without_their_markup():
    table = {
        "type": "table",
        "id": "t",
        "caption": "Whom",
        "head": ["When"],
        "rows": [["<p>Always &amp; now</p>"]],
    }

    assert side_of(table).words == ("Whom", "When", "Always", "now")


def texts(count, seed):
    """Invented clauses of about forty words, many of them in every clause."""
    dice = random.Random(seed)
    words = [f"word{number}" for number in range(400)]
    return [" ".join(dice.choices(words, k=40)) for _ in range(count)]


def reworded(text, seed):
    return " ".join("changed" if place % 9 == seed % 9 else word for place, word in enumerate(text.split()))


@pytest.fixture
def compared(monkeypatch):
    """The pairs whose words were compared."""
    pairs, real = [], matching.likeness

    def counted(one, other):
        pairs.append((one, other))
        return real(one, other)

    monkeypatch.setattr(matching, "likeness", counted)
    return pairs


@pytest.mark.parametrize("count", [120, 2000])
def test_every_clause_reworded_and_renumbered_is_matched(count, compared):
    before = [clause(f"b{n}", text, f"1.{n}") for n, text in enumerate(texts(count, 1))]
    after = [clause(f"a{n}", reworded(text, n), f"2.{n}") for n, text in enumerate(texts(count, 1))]

    found = pair(before, after)

    assert sum(old == f"b{new[1:]}" for new, old in found.items()) == count
    assert count <= len(compared) <= 12 * count


def test_two_thousand_different_clauses_are_not_compared_each_with_each(compared):
    before = [clause(f"b{n}", text, f"1.{n}") for n, text in enumerate(texts(2000, 2))]
    after = [clause(f"a{n}", text, f"2.{n}") for n, text in enumerate(texts(2000, 3))]

    assert pair(before, after) == {}
    assert 0 < len(compared) <= 12 * 2000


def test_likeness_counts_each_word_as_often_as_it_stands():
    assert matching.likeness(("a", "b", "b"), ("b", "a", "c")) == pytest.approx(2 / 3)
    assert (matching.likeness((), ()), matching.likeness(("a",), ())) == (1, 0)


def figure(key, sha256, caption="", name="a.png"):
    file = {"sha256": sha256, "name": name}
    return side_of({"type": "figure", "id": key, "alt": "", "caption": caption, "file": file})


def test_figures_pair_by_their_picture_whatever_its_name():
    before = [figure("a", "1" * 64), figure("b", "2" * 64)]
    after = [figure("x", "2" * 64, name="other.png"), figure("y", "1" * 64, name="c.png")]

    assert pair(before, after) == {"x": "b", "y": "a"}
