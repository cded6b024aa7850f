"""Search over clauses: what is found, in which order, by whom; the same on both databases."""

from datetime import date

import pytest

from kernel.organisation.models import StaffGroup
from policy_pages import finding, reading, wanted
from policy_pages.finding import Narrowed
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_job_role, make_person, make_post

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def found(text, user=None, day=TODAY, **narrowed):
    hits = finding.clauses(
        reading.reader_of(user, day), wanted.read(text), day, narrowed=Narrowed(**narrowed)
    )
    assert hits.total == len(hits.rows)
    return [(row["reference"], row["number"]) for row in hits.rows]


def issue(*clauses, reference="SG-042", title="Lone working", **values):
    body = [make.section("Before you go out"), *clauses]
    values = {"audience": "public"} | values
    return make.issue(make.make_policy(reference=reference, title=title, body=body, **values))


@pytest.mark.parametrize(
    "text",
    [
        "nurse",
        "NURSES",
        "nursing",
        "named nurse",
        '"named nurse"',
        "nurse tell",
        "lone nurse",
        "SG-042 nurse",
        "sg-042 1.1",
        "before nurse",
        "same-day",
        "follow-up form",
        "the nurse's form",
        "café",
        "cafe",
        "tŷ gwyn",
        "Ty Gwyn",
        "CP/19",
    ],
)
def test_words_find_their_clause(text):
    issue(
        make.clause(
            "Tell the named nurse the same day. Send the follow-up form, the nurse's own, CP/19, to the "
            "café at Tŷ Gwyn."
        ),
        make.clause("Keep your telephone on."),
    )

    assert found(text) == [("SG-042", "1.1")]


@pytest.mark.parametrize(
    "text", ['"nurse named"', "nurse zebra", "042 nurse working zebra", "follow form-up"]
)
def test_other_words_or_another_order_in_quotes_find_nothing(text):
    issue(make.clause("Tell the named nurse the same day. Send the follow-up form."))

    assert found(text) == []


def test_a_word_of_the_title_alone_is_no_hit_in_the_text():
    issue(make.clause("Tell the named nurse."), make.clause("Lone visits are planned."))

    assert found("lone") == [("SG-042", "1.2")]
    assert found("working") == []
    assert found("before") == [("SG-042", "1")]


def test_headings_come_first_then_what_says_it_more():
    issue(
        make.clause("A ladder. " + "Other words stand here and are many of them. " * 20),
        make.clause("A ladder and a ladder."),
        make.clause("Nothing of the kind.", heading="Ladders"),
    )

    assert found("ladder") == [("SG-042", "1.3"), ("SG-042", "1.2"), ("SG-042", "1.1")]


def test_idle_words_are_left_out_unless_nothing_else_is_asked():
    issue(make.clause("Tell the nurse."), make.clause("Stay with them."))

    assert found("what is to be done about the nurse do") == []
    assert found("to the nurse") == [("SG-042", "1.1")]
    assert found("with them") == [("SG-042", "1.2")]


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        "\0",
        "nurse\0",
        "' OR 1=1 --",
        '"',
        '""""',
        "'''",
        "a:b & !c | (d",
        "NEAR(nurse, 3)",
        "{words} : nurse",
        "words:nurse*",
        "^nurse + nurse",
        "AND OR NOT",
        "<-> :BD",
        "\\' \\",
        "nurse" * 2000,
        " ".join(["nurse"] * 2000),
        '"' * 10_000,
        "(" * 10_000,
        "²³ ½ \u200b\u202e",
        "\ud800",
        "1.1.1.1.1.1",
        "😀",
    ],
)
def test_odd_signs_are_no_operators_and_never_an_error(text):
    issue(make.clause("Tell the nurse."))

    assert found(text) in ([], [("SG-042", "1.1")])


def test_operators_are_words():
    issue(make.clause("Tell the nurse and not the driver."))

    assert found("nurse NOT driver") == [("SG-042", "1.1")]
    assert found("nurse OR zebra") == []


def test_filters_narrow_by_topic_type_force_and_role():
    role, other = make_job_role(name="Ward manager"), make_job_role(name="Porter")
    issue(
        make.clause("Staff must carry a torch.", roles=[str(role.pk)]),
        make.clause("Staff should test the torch."),
        topic="people",
        document_type="procedure",
    )
    issue(make.clause("A torch may be red."), reference="ES-001", title="Torches", topic="estates")

    assert len(found("torch")) == 3
    assert found("torch", topic="estates") == [("ES-001", "1.1")]
    assert sorted(found("torch", document_type="procedure")) == [("SG-042", "1.1"), ("SG-042", "1.2")]
    assert found("torch", force="should") == [("SG-042", "1.2")]
    assert found("torch", roles=(role.pk, other.pk)) == [("SG-042", "1.1")]
    assert found("torch", roles=(other.pk,)) == found("torch", roles=()) == []
    assert found("torch", topic="estates", force="must") == []


# --- who may read ----------------------------------------------------------------------------------------


def test_each_reader_finds_and_counts_only_what_is_theirs(people_by_name):
    role = make_job_role()
    group = StaffGroup.objects.create(name="Nurses")
    group.job_roles.add(role)
    member = make_person(user=True)
    make_post(person=member, job_role=role)
    for audience in ("public", "partners", "staff", "groups"):
        groups = {"audience_groups": [group]} if audience == "groups" else {}
        issue(make.clause("A zebra is fed."), reference=audience.upper(), audience=audience, **groups)
    people = people_by_name | {"member": member.user}

    assert {name: sorted(ref for ref, _number in found("zebra", user)) for name, user in people.items()} == {
        "visitor": ["PUBLIC"],
        "outsider": ["PUBLIC"],
        "partner": ["PARTNERS", "PUBLIC"],
        "staff": ["PARTNERS", "PUBLIC", "STAFF"],
        "member": ["GROUPS", "PARTNERS", "PUBLIC", "STAFF"],
    }


def test_only_the_words_of_the_version_in_force_are_found():
    page = make.make_policy(audience="public", reference="SG-042", body=[make.clause("A zebra is fed.")])
    make.issue(page)
    make.edit(page, body=[make.clause("A finch is fed.")])
    make.issue(page, wanted_from=TOMORROW)
    make.edit(page, body=[make.clause("A whale is fed.")])

    words = ("zebra", "finch", "whale")
    assert [len(found(word)) for word in words] == [1, 0, 0]
    assert [len(found(word, day=TOMORROW)) for word in words] == [0, 1, 0]


def test_a_text_that_became_restricted_is_not_found_by_its_older_words():
    page = make.make_policy(audience="public", reference="SG-042", body=[make.clause("A zebra is fed.")])
    make.issue(page)
    make.edit(page, audience="staff", body=[make.clause("A zebra is fed twice.")])
    make.issue(page)

    assert found("zebra") == []
    assert found("zebra", make_person(user=True).user) == [("SG-042", "1")]


def test_a_partner_finds_nothing_of_staff_beyond_the_bound_either(monkeypatch):
    """The audience is asked before the bound: what is not theirs takes no place in it."""
    monkeypatch.setattr(finding, "MOST", 2)
    for number in range(4):
        issue(make.clause("A zebra is fed."), reference=f"ST-{number}", audience="staff")
    issue(make.clause("A zebra is fed."), reference="ZZ-1", title="Zoo", audience="partners")
    partner = make_person(user=True, agency=make_agency()).user

    assert found("zebra", partner) == [("ZZ-1", "1.1")]


def test_beyond_the_bound_headings_still_come_first(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    issue(*[make.clause(f"A zebra {number}.") for number in range(6)])
    issue(make.clause("It is fed.", heading="Zebras"), reference="ZZ-1")

    hits = finding.clauses(reading.VISITOR, wanted.read("zebra"), TODAY)
    assert (hits.total, hits.rows[0]["reference"]) == (4, "ZZ-1")


def test_the_second_page_goes_on_where_the_first_ended():
    issue(*[make.clause(f"A zebra {number}.") for number in range(25)])

    pages = [finding.clauses(reading.VISITOR, wanted.read("zebra"), TODAY, page=page) for page in (1, 2, 3)]
    assert [(len(page.rows), page.total) for page in pages] == [(20, 25), (5, 25), (0, 0)]
    assert len({row["position"] for page in pages for row in page.rows}) == 25
