"""What becomes of clauses, tables and facts from one text to the next, and in which order it is told."""

import pytest

from policy_pages.changes import summary
from policy_pages.changes.comparing import compare
from policy_pages.changes.kinds import Kind
from tests.factories.frozen import make_clause, make_content, make_section
from tests.policy_pages.changes.test_marking import many

NURSE, LEAD = (1, "Ward manager"), (2, "Infection lead")


def told(old, new) -> list[tuple[str, str]]:
    """Kind and number, in the order of the page."""
    return [(change.kind.value, change.number or change.number_was) for change in compare(old, new).changes]


def policy_of(clauses: int, **changed) -> dict:
    """Numbered clauses of sixty words, each a duty; ``changed`` gives the words of single ones by their place."""
    words = many(clauses * 60)
    texts = [" ".join(words[n * 60 : n * 60 + 60]) + f" Clause {n}: staff must ring." for n in range(clauses)]
    for place, text in changed.items():
        texts[int(place[1:])] = text
    return make_content(*(make_clause(f"{n // 10 + 1}.{n % 10 + 1}", text) for n, text in enumerate(texts)))


def test_a_must_become_should_in_120_clauses_is_the_first_line():
    """Acceptance a: among other changes that stand before it in the text."""
    old = policy_of(120)
    weaker = old["blocks"][77]["text"].replace("must", "should")
    new = policy_of(120, c3=old["blocks"][3]["text"] + " At night too.", c77=weaker)

    found = compare(old, new)

    first = found.changes[0]
    assert (first.kind, first.number, first.duty.was, first.duty.now) == (
        Kind.WEAKER,
        "8.8",
        "must",
        "should",
    )
    assert [change.kind for change in found.changes] == [Kind.WEAKER, Kind.WORDING]
    assert (found.same, found.is_coarse) == (118, False)
    assert summary.sentence(found) == "1 weaker, 1 wording; 118 clauses the same."


def test_two_words_in_120_clauses_are_two_deletions_and_two_additions():
    """W11: exact."""
    old = policy_of(120)
    texts = {f"c{n}": old["blocks"][n]["text"].replace("ring", "write") for n in (10, 90)}

    found = compare(old, policy_of(120, **texts)).changes

    assert [(change.text.deletions, change.text.additions) for change in found] == [(1, 1), (1, 1)]
    assert [change.number for change in found] == ["2.1", "10.1"]


def with_new_ids(content) -> dict:
    return content | {"blocks": [block | {"id": f"again-{block['id']}"} for block in content["blocks"]]}


def test_the_same_text_with_new_ids_has_no_change():
    """W12: the stock comparison shows 120 deletions and 120 additions."""
    old = policy_of(120)

    assert compare(old, with_new_ids(old)).is_empty


def test_clauses_with_new_ids_are_known_by_number_and_likeness():
    old = make_content(
        make_clause("1.1", "Staff must tell the named nurse on the same working day."),
        make_clause("1.2", "The ward manager should check hand gel each week."),
        make_clause("1.3", "Shared equipment is cleaned before use."),
    )
    new = with_new_ids(
        make_content(
            make_clause("1.1", "The bins must be emptied."),
            make_clause("1.2", "Staff must tell the named nurse within the hour on each working day."),
            make_clause("1.3", "The ward manager should check hand gel each month."),
        )
    )

    assert told(old, new) == [("new_duty", "1.1"), ("wording", "1.2"), ("wording", "1.3"), ("removed", "1.3")]


def test_alike_clauses_by_the_dozen_keep_their_order():
    old = make_content(*(make_clause(f"1.{n}", "As above.") for n in range(1, 40)))

    assert compare(old, with_new_ids(old)).is_empty
    shorter = with_new_ids(make_content(*old["blocks"][:-1]))
    assert told(old, shorter) == [("removed", "1.39")]


@pytest.mark.parametrize(
    ("old", "new", "kind", "was", "now", "within"),
    [
        ("Staff should ring.", "Staff must ring.", "stronger", "should", "must", False),
        ("Staff may ring.", "Staff should ring.", "stronger", "may", "should", False),
        ("Staff ring.", "Staff must ring.", "stronger", "", "must", False),
        ("Staff must ring.", "Staff should ring.", "weaker", "must", "should", False),
        ("Staff should ring.", "Staff ring.", "weaker", "should", "", False),
        ("Staff must ring.", "Staff must not ring.", "reversed", "must", "must not", False),
        ("You mustn't ring.", "You must ring.", "reversed", "must not", "must", False),
        (
            "You must ring and should write.",
            "You must ring and must write.",
            "stronger",
            "should",
            "must",
            True,
        ),
        ("You must ring and must write.", "You must ring and may write.", "weaker", "must", "may", True),
        ("You must ring.", "You must ring. You must write.", "stronger", "", "must", True),
        ("You must ring. You must write.", "You must ring.", "weaker", "must", "", True),
    ],
)
def test_what_binds_more_or_less(old, new, kind, was, now, within):
    (change,) = compare(make_content(make_clause("4.3", old)), make_content(make_clause("4.3", new))).changes

    assert (change.kind.value, *change.duty[1:]) == (kind, was, now, within)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Reviewed on 5 May.", "Reviewed on 6 June."),
        ("Since May 2024 we ring.", "Since June 2024 we ring."),
        ("Staff must ring each week.", "Staff must ring each month."),
        ("Mustard is kept cold.", "Pepper is kept cold."),
    ],
)
def test_no_change_of_a_duty(old, new):
    assert told(make_content(make_clause("1.1", old)), make_content(make_clause("1.1", new))) == [
        ("wording", "1.1")
    ]


EVERY_KIND_OLD = make_content(
    make_clause("1", "Wash hands often, all of you."),
    make_clause("2", "Bins should be emptied."),
    make_clause("3", "Old words that say nothing."),
    make_clause("4", "You must wear a badge."),
    make_clause("5", "You may sit."),
    make_clause("6", "Read <b>this</b> first."),
    make_clause("7", "Ring the desk."),
    make_clause("8", "You must sign.", roles=[NURSE]),
    make_clause("9", "You must clean.", id="nine"),
    make_clause("10", "Stands where it stood.", id="ten"),
    make_clause("11", "Goes to the top.", id="eleven"),
)
EVERY_KIND_NEW = make_content(
    make_clause("0", "Goes to the top.", id="eleven"),
    make_clause("1", "Wash hands often, each of you."),
    make_clause("2", "Bins must be emptied."),
    make_clause("4a", "Quite another thing must happen here, at night."),
    make_clause("5", "You sit."),
    make_clause("6", "Read this first."),
    make_clause("7", "Ring the desk."),
    make_clause("7a", "Here stands nothing that binds anybody."),
    make_clause("8", "You must sign.", roles=[LEAD]),
    make_clause("9", "You must never clean.", id="nine"),
    make_clause("12", "Stands where it stood.", id="ten"),
)


def test_order_of_the_page():
    old, new = EVERY_KIND_OLD, EVERY_KIND_NEW

    assert told(old, new) == [
        ("reversed", "9"),
        ("stronger", "2"),
        ("weaker", "5"),
        ("new_duty", "4a"),
        ("removed_duty", "4"),
        ("roles", "8"),
        ("new", "7a"),
        ("wording", "1"),
        ("removed", "3"),
        ("moved", "0"),
        ("renumbered", "12"),
        ("formatting", "6"),
    ]
    assert summary.sentence(compare(old, new)) == (
        "1 new duty, 1 duty reversed, 1 stronger, 1 weaker, 1 removed duty, 1 for others, 1 new, 1 wording, "
        "1 removed, 1 moved, 1 renumbered, 1 formatting; 1 clause the same."
    )
    assert [group.title for group in summary.groups(compare(old, new))] == [
        "Duties first", "New", "Wording", "Removed", "Moved", "Renumbered", "Formatting",
    ]  # fmt: skip


def test_a_new_clause_in_front_renumbers_and_moves_nothing():
    old = make_content(*(make_clause(f"1.{n}", f"Clause {n}.", id=f"c{n}") for n in range(1, 5)))
    first = make_clause("1.1", "In front.", id="new")
    new = make_content(first, *(make_clause(f"1.{n + 1}", f"Clause {n}.", id=f"c{n}") for n in range(1, 5)))

    found = compare(old, new).changes

    assert [(change.kind.value, change.number_was, change.number) for change in found] == [
        ("new", "", "1.1"),
        ("renumbered", "1.1", "1.2"),
        ("renumbered", "1.2", "1.3"),
        ("renumbered", "1.3", "1.4"),
        ("renumbered", "1.4", "1.5"),
    ]


def test_a_clause_that_moved_says_after_which_it_stands():
    clauses = [make_clause(f"1.{n}", f"Clause {n}.", id=f"c{n}") for n in range(1, 6)]
    order = [clauses[n] | {"number": f"1.{place}"} for place, n in enumerate((1, 2, 3, 0, 4), start=1)]

    moved = [
        change
        for change in compare(make_content(*clauses), make_content(*order)).changes
        if change.kind == "moved"
    ]

    assert [
        (change.block, change.number_was, change.number, change.after_was, change.after) for change in moved
    ] == [("c1", "1.1", "1.4", "", "1.3")]


def test_a_clause_that_moved_and_changed_says_both():
    clauses = [make_clause(f"1.{n}", f"Clause {n} stands here.", id=f"c{n}") for n in range(1, 5)]
    last = make_clause("1.4", "Clause 1 must stand here.", id="c1")
    new = [block | {"number": f"1.{n}"} for n, block in enumerate([*clauses[1:], last], start=1)]

    first = compare(make_content(*clauses), make_content(*new)).changes[0]

    assert (first.kind.value, first.number_was, first.number) == ("stronger", "1.1", "1.4")


def test_roles_named_on_a_clause_changed():
    old = make_content(make_clause("1.1", "You must sign.", roles=[NURSE]))
    new = make_content(make_clause("1.1", "You must sign."))

    (change,) = compare(old, new).changes

    assert (change.kind.value, change.roles_was, change.roles) == ("roles", (NURSE,), ())


def test_what_concerns_a_role_is_what_names_it_or_nobody():
    old = make_content(make_section("1", "Hands"), make_clause("1.9", "You must go.", roles=[LEAD]))
    new = make_content(
        make_section("1", "Hands"),
        make_clause("1.1", "You must ring.", roles=[NURSE]),
        make_clause("1.2", "You must write.", roles=[LEAD]),
        make_clause("1.3", "You must wash."),
    )

    found = compare(old, new)

    assert found.roles() == [LEAD, NURSE]
    assert [change.number for change in found.for_role(1).changes] == ["1.1", "1.3"]
    assert [change.number or change.number_was for change in found.for_role(2).changes] == [
        "1.2",
        "1.3",
        "1.9",
    ]


def test_sections_figures_and_files():
    sha = {"old": {"sha256": "a" * 64, "name": "map.png"}, "new": {"sha256": "b" * 64, "name": "map.png"}}
    old = make_content(
        make_section("1", "Hands"),
        make_section("2", "Feet", id="feet"),
        {"type": "figure", "id": "f", "alt": "A map", "caption": "Where", "file": sha["old"]},
        {"type": "attachment", "id": "a", "title": "Form", "file": sha["old"]},
    )
    new = make_content(
        make_section("1", "Clean hands"),
        make_section("2", "Feet", level=2, id="feet"),
        {"type": "figure", "id": "f", "alt": "A map", "caption": "Where", "file": sha["new"]},
        {"type": "attachment", "id": "a", "title": "Form A", "file": sha["old"]},
    )

    found = compare(old, new).changes

    assert [(change.kind.value, change.type, change.files[0] != change.files[1]) for change in found] == [
        ("wording", "section", False),
        ("wording", "figure", True),
        ("wording", "attachment", False),
        ("formatting", "section", False),
    ]
    assert found[3].notes == ("It was a heading of level 1 and is now one of level 2.",)


def test_facts_about_the_policy():
    old = make_content(audience_groups=[1], essential_for=[])
    new = make_content(title="Hand hygiene", audience="public", audience_groups=[], essential_for=[3])
    was, now = {"owner": "Ana Lee"}, {"owner": "Tom Birch", "sponsor": "Nia Bowen"}

    found = compare(old, new, was_control=was, control=now)

    assert [tuple(fact) for fact in found.facts] == [
        ("Title", "Infection prevention", "Hand hygiene"),
        ("Who may read it", "our staff", "everybody, without signing in"),
        ("Owner", "Ana Lee", "Tom Birch"),
        ("Sponsor", "not stated", "Nia Bowen"),
        ("Named staff groups that may read it", "named staff groups", "no group named"),
        ("Essential reading for", "no group named", "named staff groups"),
    ]
    assert summary.sentence(found) == "6 facts about the policy; 0 clauses the same."


def test_a_text_too_long_for_a_page_is_named_and_not_compared():
    """C10: bounded. What binds is told all the same."""
    old = make_content(make_clause("1.1", "word " * 150_000 + "must ring"), make_clause("1.2", "Ring."))
    new = make_content(
        make_clause("1.1", "other " * 150_000 + "should ring"), make_clause("1.2", "Ring now.")
    )

    found = compare(old, new)

    assert [(change.kind.value, change.number) for change in found.changes] == [
        ("weaker", "1.1"),
        ("wording", "1.2"),
    ]
    assert found.changes[0].notes == ("Too long to be compared here: 150002 words before, 150002 now.",)
    assert found.is_coarse


def test_many_unlike_clauses_are_matched_without_comparing_all_with_all():
    """2,000 against 2,000 others would be four million pairs."""
    old = make_content(
        *(make_clause(f"{n}", f"Ward{n} keeps item{n * 7} in room{n * 3}.") for n in range(2000))
    )
    new = make_content(
        *(make_clause(f"n{n}", f"Ward{n} keeps item{n * 7} in cupboard{n}.", id=f"x{n}") for n in range(2000))
    )

    found = compare(old, new)

    assert {change.kind.value for change in found.changes} == {"wording"}
    assert len(found.changes) == 2000
