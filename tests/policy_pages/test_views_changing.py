"""The change view: who may see it, what it says, and what it asks of the database. The days lie in the past."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.html import escape

from kernel.content import kept
from policy_pages import reading
from policy_pages.blocks import TableBlock
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.organisation import make_job_role
from tests.policy_pages.changing import (
    CHANGES,
    FAR,
    FIRST,
    HERE,
    MARK,
    SECOND,
    THIRD,
    open_older,
    reword,
    two_versions,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(
    ("audience", "who", "statuses"),
    [
        ("public", "visitor", (302, 200)),
        ("public", "outsider", (404, 200)),
        ("public", "partner", (404, 200)),
        ("public", "staff", (200, 200)),
        ("partners", "visitor", (302, 302)),
        ("partners", "outsider", (404, 404)),
        ("partners", "partner", (404, 200)),
        ("partners", "staff", (200, 200)),
        ("staff", "visitor", (302, 302)),
        ("staff", "partner", (404, 404)),
        ("staff", "staff", (200, 200)),
        ("groups", "staff", (404, 404)),
        ("groups", "partner", (404, 404)),
    ],
)
def test_who_sees_what_changed(people_by_name, sign_in, group, opened, audience, who, statuses):
    two_versions(audience, **({"audience_groups": [group]} if audience == "groups" else {}))
    open_older(opened)

    assert sign_in(people_by_name[who]).get(CHANGES).status_code == statuses[opened]


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("who", ["visitor", "outsider", "partner", "staff"])
def test_the_rows_for_a_reader_are_those_of_the_rule_for_one(people_by_name, group, opened, who):
    """``versions_for`` and ``may_read_older`` are one rule, whatever each version's audience and the one in force."""
    page = make.make_policy(audience="public")
    make.issue(page, today=FIRST)
    for audience in ("staff", "groups", "partners", "public", "staff", "partners"):
        make.edit(page, audience=audience, audience_groups=[group], title=f"For {audience}")
        make.issue(page, today=SECOND)
    reader = reading.reader_of(people_by_name[who], THIRD)
    versions = list(PolicyVersion.objects.newest_first())

    for current in [None, *versions]:
        found = reading.versions_for(reader, page.pk, current, open_to_audience=opened)
        allowed = [
            row
            for row in versions
            if (current and row.pk == current.pk and reading.may_read(reader, row))
            or reading.may_read_older(reader, row, current, open_to_audience=opened)
        ]
        assert list(found) == allowed


SURFACES = [
    CHANGES,
    f"{HERE}changes/2.0/1.0/",
    f"{HERE}changes/1.0/1.0/",
    f"{HERE}changes/1.0/9.9/",
    f"{CHANGES}?from=1.0&to=9.9",
    "/p/ZF-1/changes/",
    "/p/ZF-1/changes/1.0/2.0/",
    "/p/zf-1/changes/1.0/9.9/",
]


@pytest.mark.parametrize("who", ["visitor", "outsider", "partner"])
@pytest.mark.parametrize("address", SURFACES)
def test_a_restricted_policy_is_told_by_no_address_of_changes(people_by_name, sign_in, who, address):
    """A9: as for what does not exist, neither in the answer nor in the address to which it leads."""
    two_versions("staff")
    open_older()
    client = sign_in(people_by_name[who])

    hidden = client.get(address)
    missing = client.get(address.replace(f"{MARK}-handling", "nothing-here").replace("ZF-1", "NO-1"))

    assert hidden.status_code == missing.status_code == (302 if who == "visitor" else 404)
    assert MARK not in hidden.content.decode().replace(address, "").lower()
    assert MARK in address or MARK not in hidden.headers.get("Location", "")


def test_control_staff_are_told_by_each_of_these_addresses(people_by_name, sign_in):
    two_versions("staff")
    client = sign_in(people_by_name["staff"])

    assert [client.get(address).status_code for address in SURFACES] == [
        200,
        302,
        200,
        404,
        200,
        302,
        302,
        302,
    ]
    assert client.get("/p/ZF-1/changes/").headers["Location"] == CHANGES
    assert client.get("/p/ZF-1/changes/1.0/2.0/").headers["Location"] == CHANGES
    assert client.get(f"{HERE}changes/2.0/1.0/").headers["Location"] == CHANGES


def test_an_older_version_for_others_is_no_choice_and_no_address(people_by_name, sign_in):
    """1.0 was for staff and 2.0 and 3.0 are for all: the site opens older texts, but not that one."""
    page = two_versions("staff")
    make.edit(page, audience="public", title=f"{MARK} for all")
    make.issue(page, today=SECOND)
    make.edit(page, title=f"{MARK} for everybody")
    make.issue(page, today=THIRD)
    open_older()
    client = sign_in(None)

    seen = client.get(f"{HERE}changes/3.0/4.0/")

    assert [row.number for row in seen.context["versions"]] == ["4.0", "3.0"]
    assert [client.get(f"{HERE}changes/{old}/4.0/").status_code for old in ("1.0", "2.0")] == [302, 302]
    assert client.get("/p/ZF-1/changes/").headers["Location"] == f"{HERE}changes/3.0/4.0/"
    assert "changes/2.0" not in client.get(HERE).content.decode()


def test_a_reader_of_the_version_in_force_alone_is_led_to_it(people_by_name, sign_in):
    two_versions("public")
    client = sign_in(people_by_name["partner"])

    assert client.get("/p/ZF-1/changes/").headers["Location"] == HERE
    assert "/changes/" not in client.get(HERE).content.decode()
    open_older()
    assert CHANGES in client.get(HERE).content.decode()


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("partner", 404), ("staff", 200)])
def test_a_version_not_yet_in_force_is_compared_for_staff(people_by_name, sign_in, who, status):
    page = two_versions("public")
    reword(page, 2, f"Staff may feed the {MARK}.")
    make.issue(page, today=SECOND, wanted_from=FAR)

    answer = sign_in(people_by_name[who]).get(f"{HERE}changes/2.0/3.0/")

    assert answer.status_code == status
    if status == 200:
        assert "Version 3.0 takes effect on 2 April 2091" in words(answer)


# --- what it says ------------------------------------------------------------------------------------------


@pytest.fixture
def staff(people_by_name, sign_in):
    return sign_in(people_by_name["staff"])


def test_duties_first_each_with_its_word_and_both_texts(staff):
    two_versions()

    answer = staff.get(CHANGES)

    said = words(answer)
    assert "1 new duty, 1 weaker; 1 clause the same. 1 minute to read." in said
    assert "From version 1.0 (from 8 January 2024) to version 2.0 (from 3 June 2024)." in said
    assert (
        f"Weaker 1.2 must → became SHOULD for everyone was: Staff removed: must feed the {MARK}. "
        f"now: Staff added: should feed the {MARK}. Read 1.2 in 2.0 "
        "New duty 1.3 MUST for everyone now: added: Bins must be shut. Read 1.3 in 2.0"
    ) in said
    titles = BeautifulSoup(answer.content.decode(), "html.parser").find_all(["h1", "h2", "h3"])
    assert [title.name for title in titles] == ["h1", "h2", "h3", "h3"]


def test_the_same_words_are_said_to_be_the_same(staff):
    page = two_versions()
    first = PolicyVersion.objects.get(major=1)
    draft = page.get_latest_revision_as_object()
    draft.body = first.revision.as_object().body
    draft.save_revision(user=make.author_of(page))
    make.issue(page, today=THIRD)

    said = words(staff.get(f"{HERE}changes/1.0/3.0/"))

    assert f"The words are the same. Both texts have the digest {first.text_sha256[:8]}." in said
    assert "Weaker" not in said


def test_the_form_leads_to_the_two_versions_that_are_chosen(staff):
    page = two_versions()
    reword(page, 1, "Ring the bell twice.")
    make.issue(page, today=THIRD)

    led = staff.get(CHANGES, {"from": "3.0", "to": "1.0", "role": ""})
    same = staff.get(f"{HERE}changes/1.0/3.0/", {"from": "1.0", "to": "3.0"})
    wrong = staff.get(CHANGES, {"from": "7.7", "to": "<b>"})

    assert led.headers["Location"] == f"{HERE}changes/1.0/3.0/"
    assert same.status_code == 200
    assert "There is no version 7.7, <b> for you to read. Choose from the list." in words(wrong)
    assert "This is version 1.0 twice. Choose two versions." in words(staff.get(f"{HERE}changes/1.0/1.0/"))


def test_for_one_role_what_names_it_or_nobody(staff):
    nurse, lead = make_job_role(name="Ward manager"), make_job_role(name="Infection lead")
    page = two_versions()
    more = [
        make.clause("You must sign.", roles=[str(nurse.pk)]),
        make.clause("You must sort.", roles=[str(lead.pk)]),
    ]
    reword(page, 1, "Ring the bell twice.", more=more)
    make.issue(page, today=THIRD)
    address = f"{HERE}changes/2.0/3.0/"

    everyone, one = staff.get(address), staff.get(address, {"role": nurse.pk})
    nobody = staff.get(address, {"role": "99999"})

    assert everyone.context["roles"] == [(lead.pk, "Infection lead", 2), (nurse.pk, "Ward manager", 2)]
    assert ["You must" in words(page) and "sort." in words(page) for page in (everyone, one)] == [True, False]
    assert "For Ward manager, with what is for everyone: 1 new duty, 1 wording; 2 clauses the same." in words(
        one
    )
    assert "No changed clause names that role. All changes are shown." in words(nobody)
    kept_role = staff.get(CHANGES, {"from": "2.0", "to": "3.0", "role": nurse.pk})
    assert kept_role.headers["Location"] == f"{address}?role={nurse.pk}"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (HERE, f'href="{CHANGES}">What changed in 2.0'),
        (HERE, f'href="{CHANGES}">What changed from 1.0 to 2.0'),
        (f"{HERE}v/1.0/", f'href="{CHANGES}">What changed since'),
        (f"{HERE}@2024-03-01/", f'href="{CHANGES}">What changed since'),
    ],
)
def test_pages_of_a_policy_lead_to_what_changed(staff, address, link):
    two_versions()

    assert link in staff.get(address).content.decode()


def test_a_version_not_yet_in_force_leads_to_what_will_change(staff):
    page = two_versions()
    reword(page, 2, "Staff may rest.")
    make.issue(page, today=SECOND, wanted_from=FAR)

    assert f'href="{HERE}changes/2.0/3.0/">What will change' in staff.get(f"{HERE}v/3.0/").content.decode()
    assert "/changes/1.0/1.0/" not in staff.get(HERE).content.decode()


EVIL = '<script>zap()</script>"><img src=x onerror=zap()>{{ settings.SECRET_KEY }}</ins>'


def test_hostile_text_in_either_version_is_shown_as_text(staff):
    """C10, G1: in the title, heading, words, a role's name, a caption, a cell."""
    role = make_job_role(name=EVIL[:60])
    table = TableBlock().to_python(
        {
            "caption": EVIL,
            "table": {
                "columns": [{"type": "text", "heading": EVIL}],
                "rows": [{"values": [f"<p>{escape(EVIL)}</p>"]}],
                "caption": "",
            },
        }
    )
    page = two_versions()
    reword(
        page,
        2,
        f'{escape(EVIL)} must <a href="https://example.org/?q=%22%3E">feed</a>',
        more=[make.clause(escape(EVIL), heading=EVIL, roles=[str(role.pk)]), ("table", table)],
        title=EVIL,
    )
    make.issue(page, today=THIRD)

    for address in (
        f"{HERE}changes/2.0/3.0/",
        f"{HERE}changes/1.0/3.0/",
        f"{HERE}changes/1.0/3.0/?role={EVIL}",
    ):
        html = staff.get(address).content.decode()
        assert "zap()" in html
        for mark in ("<script>zap", "<img src=x", 'href="javascript', "only-for-the-suite"):
            assert mark not in html, (address, mark)


# --- queries -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 2])
def test_queries_are_the_same_for_two_versions_and_for_four(
    kept_as_served, people_by_name, more, django_assert_num_queries
):
    page = two_versions()
    for number in range(more):
        reword(page, 1, f"Ring {number} times.")
        make.issue(page, today=THIRD)
    kept.forget()
    client = Client()
    client.force_login(people_by_name["staff"])
    latest = f"{HERE}changes/{1 + more}.0/{2 + more}.0/"
    assert [client.get(latest).status_code for _ in range(2)] == [200, 200]

    with django_assert_num_queries(QUERIES):
        client.get(latest)


QUERIES = 12
