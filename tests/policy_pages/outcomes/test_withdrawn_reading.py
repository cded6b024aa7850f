"""A withdrawn policy on every surface: never in force, its last text marked, the day before, the day and after."""

from datetime import date

import pytest
from django.test import Client

from kernel.content import kept
from policy_pages import clause_index, library, reading, register, search, standing, withdrawal
from policy_pages.board import history
from policy_pages.board import reports as board
from policy_pages.models import ClauseEntry
from policy_pages.standing import Standing
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
FIRST, BEFORE, DAY, AFTER = date(2025, 1, 6), date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)
NAME = "zebrafinch"
HERE = f"/policies/{NAME}-handling/"


def issued(audience="staff", reference="ZF-1", title=f"{NAME} handling", **values):
    slug = title.lower().replace(" ", "-")
    page = make.make_policy(title=title, slug=slug, reference=reference, audience=audience, **values)
    return make.issue(page, today=FIRST)


def withdrawn(audience="staff", replaced_by=None, **values):
    version = issued(audience, **values)
    make.retire(version, today=FIRST, withdrawn_from=DAY, replaced_by=replaced_by)
    return version


def of(version, day, asked=None, reader=reading.VISITOR):
    current = reading.ruling(version.policy_id, day)
    version = reading.ruling(version.policy_id, asked) if asked else version
    return standing.of(version, current, day, asked, gone=withdrawal.of(current, reader, day))


# --- the standing line -----------------------------------------------------------------------------------


def test_standing_on_the_day_before_the_day_and_the_day_after():
    other = issued("public", "CP-019", "Finch feeding").policy
    version = withdrawn("public", other)

    gone = Standing("closed", "Do not follow this policy. Withdrawn 4 March 2025; use CP-019 instead.", False)
    assert [of(version, day) for day in (BEFORE, DAY, AFTER)] == [
        Standing(
            "soon",
            "In force: version 1.0 since 6 January 2025. It is withdrawn from 4 March 2025 on (in 1 day).",
            True,
        ),
        gone,
        gone,
    ]


def test_standing_of_a_day_asked_for():
    version = withdrawn()

    found = [of(version, day, asked=FIRST).words for day in (BEFORE, DAY)]

    assert found == [
        "On 6 January 2025 version 1.0 was in force. It is still in force.",
        "On 6 January 2025 version 1.0 was in force. It is not in force now: it was withdrawn on 4 March 2025.",
    ]


def test_a_version_that_was_withdrawn_before_the_next_says_so():
    version = withdrawn()
    page = make.edit(version.policy, body=[*make.BODY, make.clause("Keep a copy.")])
    second = make.issue(page, today=date(2025, 6, 2))
    version.refresh_from_db()

    assert of(version, date(2025, 6, 2)).words == (
        "Version 1.0, in force from 6 January 2025, withdrawn on 4 March 2025. It is not in force now."
    )
    assert of(second, date(2025, 6, 2)).in_force


def test_what_took_its_place_is_named_only_to_those_who_may_read_it():
    version = withdrawn("public", issued("staff", "CP-019", "Finch feeding").policy)
    staff = reading.reader_of(make_person(user=True).user, DAY)

    assert [of(version, DAY, reader=reader).words for reader in (reading.VISITOR, staff)] == [
        "Do not follow this policy. Withdrawn 4 March 2025.",
        "Do not follow this policy. Withdrawn 4 March 2025; use CP-019 instead.",
    ]


def test_nobody_is_told_to_use_what_is_withdrawn_too():
    other = issued("public", "CP-019", "Finch feeding")
    version = withdrawn("public", other.policy)
    make.retire(other, today=DAY, withdrawn_from=AFTER)

    told = {
        day: withdrawal.of(reading.ruling(version.policy_id, day), reading.VISITOR, day)
        for day in (DAY, AFTER)
    }

    assert {day: row.replacement.counts for day, row in told.items()} == {DAY: True, AFTER: False}
    assert of(version, AFTER).words == "Do not follow this policy. Withdrawn 4 March 2025."


# --- pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "answers"),
    [
        ("public", {"visitor": 200, "outsider": 200, "partner": 200, "staff": 200}),
        ("staff", {"visitor": 302, "outsider": 404, "partner": 404, "staff": 200}),
    ],
)
def test_the_last_text_stays_for_those_who_could_read_it(people_by_name, sign_in, audience, answers):
    withdrawn(audience)

    found = {name: sign_in(user).get(HERE).status_code for name, user in people_by_name.items()}

    assert found == answers


def test_the_page_says_why_and_what_to_use_instead(people_by_name, sign_in):
    withdrawn("public", issued("public", "CP-019", "Finch feeding").policy)

    page = sign_in(None).get(HERE).content.decode()

    for words in (
        "Do not follow this policy. Withdrawn 4 March 2025; use CP-019 instead.",
        "Do not follow this policy: it was withdrawn on 4 March 2025.",
        '<a href="/p/CP-019/">CP-019 Finch feeding</a> takes its place.',
        "No ward has such beds any more.",
        "Decided by Policy Group on 6 January 2025.",
        "Staff must tell the named nurse the same day.",
    ):
        assert words in page
    assert "in force -" not in page
    assert f"<title>{NAME} handling, ZF-1, withdrawn - " in page


def test_short_addresses_and_older_versions_stay(people_by_name, sign_in):
    first = issued()
    page = make.edit(first.policy, body=[*make.BODY, make.clause("Keep a copy.")])
    second = make.issue(page, today=BEFORE)
    make.retire(second, today=BEFORE, withdrawn_from=DAY)
    staff = sign_in(people_by_name["staff"])

    answers = {
        path: staff.get(path) for path in ("/p/ZF-1/", "/p/ZF-1/v/1.0/", f"{HERE}v/1.0/", f"{HERE}v/2.0/")
    }

    assert [answer.status_code for answer in answers.values()] == [302, 302, 200, 200]
    older, last = (answers[f"{HERE}v/{number}/"].content.decode() for number in ("1.0", "2.0"))
    assert "Go to version 2.0, the last one" in older
    assert "which is in force" not in older + last
    assert "Do not follow this policy. Withdrawn 4 March 2025." in last


def test_as_at_pages_tell_what_held_on_that_day(people_by_name, sign_in):
    withdrawn()
    staff = sign_in(people_by_name["staff"])

    pages = {day: staff.get(f"{HERE}@{day}/").content.decode() for day in (BEFORE, DAY, AFTER)}

    held = (
        "On 3 March 2025 version 1.0 was in force. It is not in force now: it was withdrawn on 4 March 2025."
    )
    assert held in pages[BEFORE]
    for day, words in ((DAY, "4 March 2025"), (AFTER, "5 March 2025")):
        assert f"No version was in force on {words}: version 1.0 was withdrawn on 4 March 2025." in pages[day]
        assert "Staff must tell the named nurse" not in pages[day]
    assert sign_in(people_by_name["partner"]).get(f"{HERE}@{DAY}/").status_code == 404


def test_a_withdrawal_to_come_is_all_that_is_decided_of_a_later_day():
    assert standing.on_day_to_come(None, withdrawal.Gone(DAY)) == (
        "We can show only what is decided: it is withdrawn from 4 March 2025 on."
    )


# --- lists -----------------------------------------------------------------------------------------------


def test_library_search_and_clause_index_have_it_until_the_day_before():
    version = withdrawn("public")
    entries = ClauseEntry.objects.filter(version=version)

    found = {
        day: (
            [row.pk for row in reading.readable(reading.VISITOR, day)],
            [hit.title for hit in search.find(None, "zf1", day)],
            clause_index.keep(day),
            entries.exists(),
        )
        for day in (BEFORE, DAY, AFTER)
    }

    assert found == {
        BEFORE: ([version.pk], ["zebrafinch handling"], [], True),
        DAY: ([], [], ["- ZF-1 1.0"], False),
        AFTER: ([], [], [], False),
    }


def test_the_register_shows_it_as_withdrawn_and_filters_by_it():
    withdrawn()
    user = make_person(user=True).user
    who = register.Asking(user, reading.reader_of(user, DAY))

    def found(day, **asked):
        rows, _total = register.listing(who, day, register.Asked(**asked), most=50)
        return [register.standing_of(row, day) for row in rows]

    assert [found(day) for day in (BEFORE, DAY, AFTER)] == [["undated"], ["withdrawn"], ["withdrawn"]]
    kinds = ("current", "soon", "late", "undated", "awaited", "never", "withdrawn")
    assert [kind for kind in kinds if found(BEFORE, standing=kind)] == ["undated"]
    assert [kind for kind in kinds if found(DAY, standing=kind)] == ["withdrawn"]
    assert [kind for kind in kinds if found(date(2025, 5, 5), standing=kind)] == ["withdrawn"]


def test_the_board_counts_it_until_the_day_before():
    withdrawn()
    user = make_person(user=True).user
    known = board.policies(register.Asking(user, reading.reader_of(user, DAY)), BEFORE)

    counts = [history.count(board.lives(known), day).all for day in (BEFORE, DAY, AFTER)]

    assert counts == [1, 0, 0]


def test_the_library_says_of_a_text_in_force_when_it_ends():
    row = library.Row(1, "A", "A-1", 1, 0, FIRST, None, None, None, None, None, 1, "/a/", DAY)

    assert standing.of(row, row, BEFORE, gone=row.gone).words == (
        "In force: version 1.0 since 6 January 2025. It is withdrawn from 4 March 2025 on (in 1 day)."
    )


# --- queries ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("replaced", [False, True])
def test_a_withdrawn_policy_takes_one_query_more_and_one_for_what_took_its_place(
    settings, django_assert_num_queries, replaced
):
    settings.KEPT_SECONDS = 60
    kept.forget()
    withdrawn("public", issued("public", "CP-019", "Finch feeding").policy if replaced else None)
    client = Client()
    assert [client.get(HERE).status_code for _ in range(2)] == [200, 200]

    with django_assert_num_queries(3 if replaced else 2):
        client.get(HERE)
    kept.forget()
