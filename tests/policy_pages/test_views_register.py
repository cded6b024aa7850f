"""The page of the register: what a row shows, order and filters in the address, sheets, queries."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from kernel.content import kept
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_body, make_person, make_role_holder
from tests.policy_pages.test_register import TODAY, issue, signed_in

pytestmark = pytest.mark.django_db
PATH = "/policy-register/"


@pytest.fixture
def author():
    make.make_library()
    sync_roles()
    return make_role_holder("author")


def table(client, **asked):
    answer = client.get(PATH, asked)
    assert answer.status_code == 200
    main = BeautifulSoup(answer.content, "html.parser").select_one("main")
    cells = [
        [" ".join(c.get_text(" ").split()) for c in row.select("th, td")] for row in main.select("tbody tr")
    ]
    return main, cells


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
    assert cell[:4] == ["Zebra <b>feeding SG-042", "1.0 8 January 2024", "Policy Corporate", "Ana Lee"]
    assert cell[4] == f"Panel {page.ratifying_body.name}"
    assert cell[5].startswith(
        ("in date 8 January 2027", "review due 8 January 2027", "overdue 8 January 2027")
    )
    assert cell[6:] == ["", "draft : Zebra <b>feeding"]
    assert main.select_one("tbody a")["href"] == "/p/SG-042/"
    assert [link["href"] for link in main.select("tbody td a")] == [
        f"?owner={page.policy_owner_id}",
        f"/policy/{page.pk}/draft/",
    ]
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
        "Ratified by", "Who may read it", "Extensions of the review", "Chair's action not ratified", "Last audit",
        "Next audit planned for", "Draft",
    ]  # fmt: skip
    assert [line[:5] for line in lines] == [
        ["AA-3", "@SUM(A1)", "Policy", "People", None],
        ["AA-1", "Policy AA-1", "Policy", "People", "1.0"],
    ]
    assert lines[1][5] == TODAY
    assert (lines[1][9], lines[0][20], lines[1][20]) == ("=1+1", "draft", None)
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

    with django_assert_num_queries(REGISTER):
        _main, cells = table(client)

    assert len(cells) == number * (1 + drafts)


# Session, login, facts, the review on the owner's desk; order, then the rows.
REGISTER = 6
