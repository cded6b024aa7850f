"""The demo: loaded twice it is the same, each role signs in and finds what was promised; only a demo has it."""

from datetime import date
from io import BytesIO, StringIO
from tempfile import TemporaryDirectory

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from course_catalogue.models import CoursePage, Waiver
from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import Submission
from kernel.organisation import people
from kernel.organisation.models import Agency, AgencyKind, StaffProfile
from policy_pages import placeholders, reading, standing
from policy_pages.board import reports as board
from policy_pages.freezing import freeze
from policy_pages.imports import accepting
from policy_pages.models import PolicyIndexPage, PolicyPage, PolicyVersion, Review
from policy_pages.questions import Asking
from policy_pages.reading import reader_of
from portal import frame
from portal.demo.days import lived_on, meeting_day, months_ago, weekday_after
from portal.demo.loading import load
from portal.demo.organisation import person
from portal.demo.policies import last_meeting
from portal.demo.sign_ins import PASSWORD, SIGN_INS
from portal.roles import ROLES
from tests.portal.walking import changed, tables

TODAY = date(2026, 11, 23)
BY_ROLE = {row.role: row for row in SIGN_INS}


def user_of(role):
    return person(BY_ROLE[role].person).user


def signed_in(email):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, email
    return client


def printed() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def overdue(day) -> list[str]:
    late = Review.objects.open().main().filter(due__lte=day)
    return sorted(late.values_list("policy__reference", flat=True))


class TestLoadedDemo(TestCase):
    """One load for all of these: it takes seconds."""

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        with lived_on(TODAY):
            load(today=TODAY)

    def test_a_second_load_changes_nothing_and_prints_the_same(self):
        before = tables()

        first, second = printed(), printed()

        assert first == second
        assert changed(before, tables()) == []
        assert load(today=date(2027, 3, 1)) == []

    def test_it_has_six_agencies_and_about_forty_people(self):
        assert Agency.objects.count() == 6
        assert Agency.objects.filter(kind=AgencyKind.HOST).count() == 1
        assert StaffProfile.objects.count() == 41
        assert StaffProfile.objects.filter(user=None).count() == 14
        assert not people.agencies_without_contact(TODAY)

    def test_each_role_has_one_sign_in_and_holds_it(self):
        assert [row.role for row in SIGN_INS] == [*(role.slug for role in ROLES), "superuser"]
        missing = [
            row.role
            for row in SIGN_INS
            if row.person and not people.holds(user_of(row.role), row.role, TODAY)
        ]
        assert missing == []

    def test_each_printed_sign_in_signs_in_and_its_first_step_opens(self):
        words, answers = printed(), {}
        for row in SIGN_INS:
            answers[row.email] = signed_in(row.email).get(row.path, follow=True).status_code

        assert answers == {row.email: 200 for row in SIGN_INS}
        assert [row.email for row in SIGN_INS if row.email not in words] == []

    def test_what_was_promised_stands_on_the_desk(self):
        desks = {
            role: [(row.verb, row.title) for row in frame.desk(user_of(role), TODAY) if not row.later]
            for role in ("author", "approver", "body-secretary", "body-chair", "reader", "equality-lead")
        }

        assert desks == {
            "author": [
                ("write", "Medicines in the community policy"),
                ("write", "Open visiting standard"),
                ("write", "Mandatory learning policy"),
            ],
            "approver": [
                ("decide", "Photographs and recordings procedure"),
                ("decide", "Borrowed equipment procedure"),
            ],
            "body-secretary": [],
            "body-chair": [("decide", "Fire safety policy")],
            "reader": [
                ("read", "Infection prevention policy, version 2.0"),
                ("read", "Record keeping policy, version 1.0"),
                ("answer", "A place is free: Trauma-informed family visits, Thursday 7 January 2027"),
            ],
            "equality-lead": [
                ("decide", "Photographs and recordings procedure"),
                ("decide", "Open visiting standard"),
            ],
        }

    def test_the_forecast_suggests_an_earlier_day_for_one_review(self):
        user = user_of("author")
        who = Asking(user, reader_of(user, TODAY), None, frozenset())
        plans = board.plans(board.policies(who, TODAY), TODAY)

        moves = [one for _body, some in board.spreads(plans, TODAY) for one in some]

        assert [(one.due.reference, one.to_due < one.due.due) for one in moves] == [("HS-012", True)]

    def test_the_member_may_sign(self):
        rows = {(row.verb, row.title) for row in frame.desk(user_of("body-member"), TODAY)}

        assert ("sign", "Professional disagreement procedure") in rows

    def test_the_policies_stand_where_they_should(self):
        versions = [(row.reference, row.number, row.audience) for row in PolicyVersion.objects.order_by("pk")]
        states = {row.page.specific.reference: row.state for row in Submission.objects.order_by("pk")}

        assert versions == [
            ("SG-045", "1.0", "partners"),
            ("SG-042", "1.0", "public"),
            ("SG-042", "1.1", "public"),
            ("HR-031", "1.0", "staff"),
            ("IC-004", "1.0", "staff"),
            ("IC-004", "2.0", "staff"),
            ("IG-004", "1.0", "staff"),
            ("IG-004", "1.1", "staff"),
            ("CP-030", "1.0", "groups"),
            ("IG-006", "1.0", "staff"),
            ("HS-012", "1.0", "staff"),
            ("IG-009", "1.0", "staff"),
            ("EF-009", "1.0", "staff"),
        ]
        assert states == {
            "SG-042": "issued",
            "SG-045": "approved",
            "HR-031": "issued",
            "IC-004": "issued",
            "IG-004": "issued",
            "CP-030": "issued",
            "FS-003": "recorded",
            "HR-017": "approved",
            "ED-002": "sent back",
            "CP-022": "recalled",
            "IG-011": "submitted",
            "EF-012": "conditional",
            "EF-009": "issued",
            "IG-006": "issued",
            "HS-012": "issued",
            "IG-009": "issued",
        }

    def test_one_is_reaffirmed_one_extended_and_one_withdrawn(self):
        with lived_on(TODAY):
            pages = {
                reference: signed_in(BY_ROLE["reader"].email)
                .get(f"/p/{reference}/", follow=True)
                .content.decode()
                for reference in ("IG-006", "HS-012", "IG-009")
            }

        assert "Reviewed 2 November 2026, unchanged." in pages["IG-006"]
        assert (
            "Review moved from 13 November 2026 to 13 April 2027 by the Document approval panel"
            in pages["HS-012"]
        )
        assert "Do not follow this policy. Withdrawn 13 November 2026; use IG-004 instead." in pages["IG-009"]

    def test_one_review_is_overdue_and_one_version_waits_for_its_day(self):
        assert overdue(TODAY) == ["HR-031"]
        assert [row.reference for row in PolicyVersion.objects.filter(in_force_from__gt=TODAY)] == ["IG-004"]

    def test_policies_are_screened_and_one_waits_for_the_equality_lead(self):
        carried = [
            (row.reference, row.number, [fact["name"] for fact in row.control.get("screenings", [])])
            for row in PolicyVersion.objects.filter(reference__in=["SG-045", "SG-042"]).order_by("pk")
        ]
        draft = PolicyPage.objects.get(reference="CP-022").get_latest_revision_as_object()

        assert carried == [
            ("SG-045", "1.0", []),
            ("SG-042", "1.0", ["Equality impact"]),
            ("SG-042", "1.1", ["Equality impact"]),
        ]
        assert draft.problems() == [
            "Equality impact: a negative answer waits for the full assessment by the equality lead."
        ]

    def test_the_draft_waits_for_a_placeholder_that_no_label_fills(self):
        draft = PolicyPage.objects.get(reference="MM-008").get_latest_revision_as_object()

        marks = [mark for _place, mark in placeholders.open_marks(freeze(draft).content)]

        assert marks == ["insert accountable officer"]

    def test_one_clause_changed_and_the_first_version_reads_as_it_was(self):
        first, second = PolicyVersion.objects.filter(reference="SG-042").order_by("minor")
        texts = [{b["id"]: b.get("text") for b in version.content["blocks"]} for version in (first, second)]
        different = [key for key in texts[0] if texts[0][key] != texts[1][key]]

        assert len(different) == 1
        assert "same working day" in texts[0][different[0]]
        assert "within two hours" in texts[1][different[0]]
        assert reading.in_force(first.policy_id, TODAY) == second
        assert not standing.of(first, reading.in_force(first.policy_id, TODAY), TODAY).in_force
        assert first.in_force_from == date(2026, 4, 17)
        assert [row["on"] for row in first.control["decisions"]] == [
            "2026-04-10",
            "2026-04-13",
            "2026-04-15",
            "2026-04-17",
        ]

    def test_a_policy_names_courses_and_leads_to_them_one_with_a_date_ahead(self):
        text = signed_in(BY_ROLE["reader"].email).get("/p/SG-042/", follow=True).content.decode()

        courses = CoursePage.objects.filter(code__in=["SGC1", "SUP1"]).order_by("code")
        named = BeautifulSoup(text, "html.parser").select(".wa-named a")
        told = [(link.get_text(), link["href"]) for link in named]
        assert told == [(f"{row.title} ({row.code})", row.url) for row in courses]
        assert courses[1].sessions.filter(state="open", first_at__date__gt=TODAY).exists()

    def test_one_waiver_was_granted_one_refused_and_one_waits_on_the_desk(self):
        assert sorted(Waiver.objects.values_list("state", flat=True)) == ["asked", "granted", "refused"]
        (waits,) = Waiver.objects.filter(state="asked").select_related("entry__agency")
        assert (waits.asked_by_name, waits.entry.agency.slug) == ("Joel Fairbrother", "harbour-light")

        desk = signed_in(BY_ROLE["training-administrator"].email).get("/desk/").content.decode()
        assert reverse("training_waiver", args=[waits.pk]) in desk

    def test_the_short_addresses_lead_to_a_text_with_two_versions(self):
        client = signed_in(BY_ROLE["reader"].email)
        addresses = ["/p/SG-042/", "/p/sg-042/v/1.0/", "/p/SG-042/@2026-06-30/", "/p/SG-042/@2026-10-30/"]

        with lived_on(TODAY):
            pages = [client.get(address, follow=True).content.decode() for address in addresses]

        assert ["within two hours" in page for page in pages] == [True, False, False, True]
        assert ["the end of the same working day" in page for page in pages] == [False, True, True, False]

    def test_the_chair_reads_how_it_ended_after_confirming(self):
        client, page = signed_in(BY_ROLE["body-chair"].email), PolicyPage.objects.get(reference="FS-003")
        address = reverse("policy_decide", args=[page.pk])

        answer = client.post(address, {"act": "confirm"}, follow=True)

        assert answer.status_code == 200
        assert "Ratified and issued as version 1.0" in answer.content.decode()
        assert signed_in(BY_ROLE["reader"].email).get(address).status_code == 404

    def test_the_author_is_shown_the_way_to_a_new_policy_and_the_reader_is_not(self):
        index = PolicyIndexPage.objects.get()
        address = reverse("wagtailadmin_pages:add", args=["policy_pages", "policypage", index.pk])
        pages = {
            role: signed_in(BY_ROLE[role].email).get("/policies/").content.decode()
            for role in ("author", "reader", "site-administrator")
        }

        assert {role: address in page for role, page in pages.items()} == {
            "author": True,
            "reader": False,
            "site-administrator": False,
        }

    def test_each_policy_came_as_a_word_file_by_the_importer(self):
        brought = {page.reference: page.imports.get() for page in PolicyPage.objects.all()}
        row = brought["IG-011"]
        blocks = freeze(row.policy.get_latest_revision_as_object()).content["blocks"]

        assert len(brought) == 17
        assert {row.state for row in brought.values()} == {"accepted"}
        assert row.name == "Photographs and recordings procedure.docx"
        assert row.receipt["document_control"]["Review date"] == ""
        assert [(b["number"], b["title"]) for b in blocks if b["type"] == "section"] == [
            ("1", "Why we have this"),
            ("2", "Before you take one"),
            ("3", "Afterwards"),
        ]
        assert [b["number"] for b in blocks if b["type"] == "clause"] == (
            ["1.1", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2"]
        )
        assert [b["caption"] for b in blocks if b["type"] == "table"] == [
            "Table 1: How long a recording is kept"
        ]

    def test_the_sample_comes_in_whole_and_tells_what_to_look_at(self):
        answer = Client().get("/demo/sample/")
        author, library = user_of("author"), PolicyIndexPage.objects.get()

        row, found = accepting.take(
            BytesIO(answer.content), "visitors-policy.docx", actor=author, today=TODAY, library=library
        )

        assert answer["Content-Disposition"] == 'attachment; filename="visitors-policy.docx"'
        assert (row.policy.title, row.policy.reference, found.lost) == ("Visitors policy", "CP-021", 0)
        assert found.receipt["placeholders"] == ["[insert organisation name]"]
        assert "Do we still need this sentence?" in found.receipt["left_out"]["comments"]
        assert (found.receipt["tables"], found.receipt["images"]) == (2, 1)
        assert Client().get("/demo/sample/").content == answer.content

    def test_the_trail_holds_every_act_and_no_refusal(self):
        assert not AuditEntry.objects.filter(refused=True).exists()
        assert AuditEntry.objects.filter(action="policies.issue").count() == 13

    def test_the_page_lists_what_the_command_prints(self):
        page = Client().get("/demo/").content.decode()

        assert [row.email for row in SIGN_INS if row.email not in page] == []
        assert PASSWORD in page
        assert 'href="/demo/"' in Client().get(reverse("account_login")).content.decode()


@pytest.mark.django_db
def test_it_refuses_without_the_setting(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo")

    assert not Agency.objects.exists()
    assert [Client().get(place).status_code for place in ("/demo/", "/demo/sample/")] == [404, 404]


def test_the_password_is_one_that_the_site_would_take():
    validate_password(PASSWORD)


def test_it_makes_sense_on_any_day(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = date(2028, 2, 29)

    with lived_on(day):
        load(today=day)

    assert [row.reference for row in PolicyVersion.objects.filter(in_force_from__gt=day)] == ["IG-004"]
    assert overdue(day) == ["HR-031"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_nothing_is_decided_at_a_weekend(day, expected):
    assert weekday_after(day) == expected


def test_days_are_counted_from_the_day_of_loading():
    assert months_ago(date(2026, 3, 31), 1) == date(2026, 2, 10)
    assert meeting_day(date(2026, 11, 23), 0) == date(2026, 11, 12)
    assert [last_meeting(date(2026, 11, day)) for day in (12, 13)] == [date(2026, 10, 8), date(2026, 11, 12)]


def test_the_clock_is_given_back():
    from django.utils import timezone  # noqa: PLC0415  the clock itself is what is looked at

    with lived_on(date(2020, 2, 3)):
        assert timezone.localdate() == date(2020, 2, 3)

    assert timezone.localdate() > date(2020, 2, 3)
