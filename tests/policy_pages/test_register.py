"""The register: who sees it, which rows they see, how it is narrowed and sorted, and how it leaves the house."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook

from kernel.content import kept
from kernel.organisation.models import StaffGroup
from policy_pages import reading, register
from policy_pages.register import Asked, Asking
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
)

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
PATH = "/policy-register/"


@pytest.fixture
def author():
    make.make_library()
    sync_roles()
    return make_role_holder("author")


EVERYTHING = Asked()


def rows(user, asked=EVERYTHING, day=TODAY, bodies=()):
    person = getattr(user, "staff_profile", None)
    who = Asking(user, reading.reader_of(user, day), person.pk if person else None, frozenset(bodies))
    found, total = register.listing(who, day, asked, most=50)
    assert total == len(found)
    return found


def references(*args, **kwargs):
    return [row["shown_reference"] for row in rows(*args, **kwargs)]


def issue(reference, **values):
    return make.issue(make.make_policy(reference=reference, title=f"Policy {reference}", **values))


def table(client, **asked):
    answer = client.get(PATH, asked)
    assert answer.status_code == 200
    main = BeautifulSoup(answer.content, "html.parser").select_one("main")
    cells = [
        [" ".join(c.get_text(" ").split()) for c in row.select("th, td")] for row in main.select("tbody tr")
    ]
    return main, cells


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- who sees what ---------------------------------------------------------------------------------------


def test_owners_deciders_and_authors_see_the_register_others_do_not(author):
    deputy, member, secretary = (make_person(user=True) for _ in range(3))
    body = make_body(members=[member], secretary=secretary)
    page = make.make_policy(ratifying_body=body, owner_deputy=deputy)
    left = make_person(user=True, active=False, left_on=date(2026, 1, 1))
    make.make_policy(policy_owner=left, author=author)
    seen = {
        "author": author,
        "owner": page.policy_owner.user,
        "deputy": deputy.user,
        "member": member.user,
        "secretary": secretary.user,
    }
    unseen = {
        "staff": make_person(user=True).user,
        "partner": make_person(user=True, agency=make_agency()).user,
        "administrator": make_role_holder("site-administrator"),
        "leaver": left.user,
    }

    assert {name: signed_in(user).get(PATH).status_code for name, user in (seen | unseen).items()} == {
        **dict.fromkeys(seen, 200),
        **dict.fromkeys(unseen, 404),
    }
    assert Client().get(PATH)["Location"].startswith("/accounts/login/")
    assert [
        PATH in signed_in(user).get("/policies/").content.decode()
        for user in (author, page.policy_owner.user, unseen["staff"])
    ] == [True, True, False]


def test_each_sees_texts_in_force_for_them_and_drafts_from_inside(author):
    role = make_job_role()
    group = StaffGroup.objects.create(name="Nurses")
    group.job_roles.add(role)
    nurse = make_person(user=True)
    make_post(person=nurse, job_role=role)
    for audience in ("public", "partners", "staff"):
        issue(audience.upper(), audience=audience)
    restricted = issue("GROUPS", audience="groups", audience_groups=[group])
    draft = make.make_policy(reference="DRAFT", title="Policy DRAFT")
    partner = make_person(user=True, agency=make_agency())

    everything = ["DRAFT", "GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(author) == everything
    assert references(draft.policy_owner.user) == ["DRAFT", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(restricted.policy.policy_owner.user) == ["GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(nurse.user) == ["GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(make_person(user=True).user) == ["PARTNERS", "PUBLIC", "STAFF"]
    assert references(partner.user) == ["PARTNERS", "PUBLIC"]


def test_a_body_sees_a_draft_while_it_waits_for_it():
    page = make.make_policy(reference="DRAFT")
    (member,) = make.members_of(page.approving_body)

    assert references(member, bodies=[page.approving_body_id]) == []
    make.submit(page)
    (row,) = rows(member, bodies=[page.approving_body_id])
    assert (row["shown_reference"], row["waits"], row["inside"]) == ("DRAFT", "submitted", True)
    assert references(member, bodies=[make_body().pk]) == []


def test_a_later_version_and_a_new_draft_are_told_only_inside(author):
    page = make.make_policy(reference="SG-042", title="Zebra feeding")
    make.issue(page)
    make.edit(page, title="Finch feeding")
    make.issue(page, wanted_from=TOMORROW)
    make.edit(page, title="Whale feeding")
    reader = make_person(user=True).user

    def told(user, day):
        (row,) = rows(user, day=day)
        return row["shown_title"], row["now_major"], row["inside"]

    assert [told(reader, day) for day in (TODAY, TOMORROW)] == [
        ("Zebra feeding", 1, False),
        ("Finch feeding", 2, False),
    ]
    assert told(author, TODAY) == ("Zebra feeding", 1, True)
    assert references(reader, Asked(words="whale")) == references(reader, Asked(words="finch")) == []


def test_an_older_title_or_a_wider_audience_of_before_is_not_shown():
    page = make.make_policy(reference="SG-042", title="Zebra feeding", audience="partners")
    make.issue(page)
    make.edit(page, audience="staff", title="Finch feeding")
    make.issue(page)

    assert references(make_person(user=True, agency=make_agency()).user) == []
    assert [row["shown_title"] for row in rows(make_person(user=True).user)] == ["Finch feeding"]


def test_a_draft_never_issued_shows_its_own_facts_not_those_of_its_first_saving(author):
    page = make.make_policy(reference="SG-042", title="Before", topic="people")
    owner = make_person(user=True, name="Nia Bowen")
    make.edit(page, title="After", topic="clinical", reference="SG-043", policy_owner=owner)

    (row,) = rows(author)

    assert (row["shown_title"], row["shown_reference"], row["topic"], row["policy_owner__name"]) == (
        "After",
        "SG-043",
        "clinical",
        "Nia Bowen",
    )
    assert row["approving_body__name"] == page.approving_body.name


# --- filters and order -----------------------------------------------------------------------------------


def test_filters(author):
    body = make_body(name="Quality Committee", members=[make_person(user=True)], quorum=1)
    owner = make_person(user=True, name="Nia Bowen")
    issue("AA-1", topic="people", document_type="plan", policy_owner=owner)
    issue("AA-2", topic="clinical", approving_body=body, review_months=2)
    make.make_policy(reference="AA-3", title="Policy AA-3", topic="people")

    found = {
        "words": references(author, Asked(words="policy aa-1")),
        "owner": references(author, Asked(words="bowen")),
        "topic": references(author, Asked(topic="people")),
        "type": references(author, Asked(document_type="plan")),
        "body": references(author, Asked(body=str(body.pk))),
        "within 1": references(author, Asked(due_within="1")),
        "within 3": references(author, Asked(due_within="3")),
        "both": references(author, Asked(topic="people", document_type="plan")),
        "none": references(author, Asked(topic="estates")),
    }
    assert found == {
        "words": ["AA-1"],
        "owner": ["AA-1"],
        "topic": ["AA-1", "AA-3"],
        "type": ["AA-1"],
        "body": ["AA-2"],
        "within 1": [],
        "within 3": ["AA-2"],
        "both": ["AA-1"],
        "none": [],
    }


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 11, 30), "current"),
        (date(2027, 2, 27), "current"),
        (date(2027, 2, 28), "soon"),
        (date(2027, 8, 30), "soon"),
        (date(2027, 8, 31), "late"),
    ],
)
def test_the_filter_by_standing_is_the_rule_of_the_standing_line(author, day, standing):
    page = make.make_policy(reference="SG-042", review_months=9)
    assert make.issue(page, today=date(2026, 11, 30)).review_due == date(2027, 8, 30)

    (row,) = rows(author, day=day)
    names = ("current", "soon", "late", "undated", "awaited", "never")

    assert register.standing_of(row, day) == standing
    assert [one for one in names if references(author, Asked(standing=one), day=day)] == [standing]


def test_what_is_not_in_force_yet_is_awaited_or_never_issued(author):
    make.make_policy(reference="NEVER")
    make.issue(make.make_policy(reference="LATER"), wanted_from=TOMORROW)

    assert references(author, Asked(standing="never")) == ["NEVER"]
    assert references(author, Asked(standing="awaited")) == ["LATER"]
    assert references(author, Asked(standing="current"), day=TOMORROW) == ["LATER"]


def test_order_by_every_column_up_and_down_with_what_lacks_it_last(author):
    issue("B-2", topic="people", review_months=12, policy_owner=make_person(user=True, name="anna"))
    issue("a-1", topic="clinical", review_months=24, policy_owner=make_person(user=True, name="Berta"))
    make.make_policy(reference="C-3", title="policy c-3", topic="safeguarding")

    up = {sort: references(author, Asked(sort=sort)) for sort in register.SORTS}
    assert up["title"] == up["reference"] == ["A-1", "B-2", "C-3"]
    assert up["topic"] == ["A-1", "B-2", "C-3"]
    assert up["due"] == ["B-2", "A-1", "C-3"]
    assert up["owner"][:2] == ["B-2", "A-1"]
    assert references(author, Asked(sort="title", down=True)) == ["C-3", "B-2", "A-1"]
    assert references(author, Asked(sort="due", down=True)) == ["A-1", "B-2", "C-3"]
    assert references(author, Asked(sort="since", down=True))[-1] == "C-3"


def test_a_policy_with_three_versions_is_one_row(author):
    page = make.make_policy(reference="SG-042")
    make.issue(page)
    for number in range(2):
        make.edit(page, body=[make.clause(f"Staff must act {number}.")])
        make.issue(page, significance="minor", change_note="Wording.")

    (row,) = rows(author)
    assert (row["now_major"], row["now_minor"]) == (1, 2)


# --- the page --------------------------------------------------------------------------------------------


def test_the_page_shows_each_policy_with_its_facts(author):
    page = make.make_policy(
        reference="SG-042",
        title="Zebra <b>feeding",
        policy_owner=make_person(user=True, name="Ana Lee"),
        approving_body=make_body(name="Panel", members=[make_person(user=True)], quorum=1),
    )
    make.issue(page, today=date(2024, 1, 8))
    make.edit(page, title="Zebra watering")

    main, cells = table(signed_in(author))

    (cell,) = cells
    assert cell[:4] == ["Zebra <b>feeding SG-042", "1.0", "Policy Corporate", "Ana Lee"]
    assert cell[4] == f"Panel {page.ratifying_body.name}"
    assert cell[5] == "8 January 2024"
    assert cell[6].startswith(
        ("in date 8 January 2027", "review due 8 January 2027", "overdue 8 January 2027")
    )
    assert cell[7] == "draft : Zebra <b>feeding"
    assert main.select_one("tbody a")["href"] == "/p/SG-042/"
    assert main.select_one("tbody td a")["href"] == f"/policy/{page.pk}/draft/"
    assert main.select_one(".wa-standing").get_text() == "1 policy."


def test_headings_sort_and_keep_the_filters(author):
    issue("AA-1", topic="people")

    main, _cells = table(signed_in(author), topic="people", sort="-due", page="1")

    heads = {link.get_text().split(" ")[0]: link["href"] for link in main.select("thead a")}
    assert heads["Title"] == "?topic=people&sort=title"
    assert main.select_one("th[aria-sort=descending] a")["href"] == "?topic=people&sort=due"
    assert main.select_one("input[name=sort]")["value"] == "-due"
    (chosen,) = main.select(".wa-chosen a")
    assert chosen["href"] == "/policy-register/?topic=people&sort=-due".replace("topic=people&", "")


@pytest.mark.parametrize("odd", ["", "-", "--due", "nothing", "now_pk", "\0", "²", "9" * 300, "'; DROP"])
def test_odd_addresses_are_answered(author, odd):
    issue("AA-1")
    client = signed_in(author)

    for name in ("sort", "topic", "type", "body", "standing", "within", "page", "export"):
        assert len(table(client, **{name: odd})[1]) == 1
    assert client.get(PATH, {"q": odd}).status_code == 200


def test_nothing_and_nothing_left(author):
    client = signed_in(author)
    assert "No policies yet" in table(client)[0].get_text()
    issue("AA-1")
    main, cells = table(client, q="zebra")
    assert (cells, "No policy has all of this." in main.get_text()) == ([], True)


# --- exports ---------------------------------------------------------------------------------------------


def test_both_sheets_hold_every_row_the_filters_leave_and_no_formula(author):
    issue("AA-1", topic="people", policy_owner=make_person(user=True, name="=1+1"))
    make.make_policy(reference="AA-3", title="@SUM(A1)", topic="people")
    issue("AA-2", topic="clinical")
    client = signed_in(author)

    book = load_workbook(io.BytesIO(client.get(PATH, {"export": "xlsx", "topic": "people"}).getvalue()))
    text = client.get(PATH, {"export": "csv", "topic": "people"}).getvalue().decode()

    (sheet,) = book.worksheets
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    head, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head == [
        "Reference", "Title", "Type", "Topic", "Version", "In force from", "Review due", "Standing",
        "Review every (months)", "Owner", "Owner's job role", "Owner's deputy", "Sponsor", "Approved by",
        "Ratified by", "Who may read it", "Draft",
    ]  # fmt: skip
    assert [line[:5] for line in lines] == [
        ["AA-3", "@SUM(A1)", "Policy", "People", None],
        ["AA-1", "Policy AA-1", "Policy", "People", "1.0"],
    ]
    assert lines[1][5] == TODAY
    assert (lines[1][9], lines[0][16], lines[1][16]) == ("=1+1", "draft", None)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [line[1] for line in read] == ["Title", "'@SUM(A1)", "Policy AA-1"]
    assert read[2][9] == "'=1+1"


def test_a_sheet_has_only_the_rows_of_whoever_asks():
    issue("ST-1", audience="staff")
    partner = make_person(user=True, agency=make_agency())
    issue("PA-1", audience="partners", owner_deputy=partner)
    make.make_policy(reference="DR-1")

    text = signed_in(partner.user).get(PATH, {"export": "csv"}).getvalue().decode()

    assert [line.split(",")[0] for line in text.splitlines()] == ["Reference", "PA-1"]


# --- queries ---------------------------------------------------------------------------------------------


@pytest.fixture
def kept_as_served(settings):
    settings.KEPT_SECONDS = 60
    kept.forget()
    yield
    kept.forget()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("drafts", [0, 1])
def test_the_register_takes_a_fixed_number_of_queries(
    kept_as_served, number, drafts, django_assert_num_queries
):
    owner = make_person(user=True)
    for place in range(number):
        issue(f"AA-{place}", policy_owner=owner)
        for _draft in range(drafts):
            make.make_policy(reference=f"DR-{place}", policy_owner=owner)
    kept.forget()
    client = signed_in(owner.user)
    for _warm in range(2):
        client.get(PATH)

    with django_assert_num_queries(REGISTER + drafts):
        _main, cells = table(client)

    assert len(cells) == number * (1 + drafts)


# Session, login, facts; seats (the person and delegations among them), page rights, bodies; order, then the rows.
# One more where drafts are shown that were never issued.
REGISTER = 10
