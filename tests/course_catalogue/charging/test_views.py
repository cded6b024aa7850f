from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from course_catalogue.charging import invoicing, ledger, reports
from course_catalogue.charging.terms import terms_for
from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import AgencyClass, ChargePolicy, Invoice, Waiver, WaiverGround
from kernel.meetings import pdf
from tests.factories.charging import make_classes, make_policy
from tests.factories.courses import make_booking, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.register import make_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def policy(now):
    return make_policy(from_on=timezone.localdate(now), now=now, extra_costs=True)


def late(policy, now, *, agency=None):
    """A place that was cancelled late a moment ago; its line of the ledger."""
    person = make_person(agency=agency or make_agency(), user=True)
    session = make_session(starts=now + timedelta(days=2))
    booking = make_booking(
        session=session, person=person, **terms_for(session, person.agency, now=now).as_fields()
    )
    booking.state, booking.ended_at, booking.cancelled_by = BookingState.CANCELLED, now, CancelledBy.OWN
    booking.save()
    assert ledger.on_cancelled(booking, now=now, actor=None)
    return booking.ledger.get()


def get(client, user, name, /, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


OFFICE = [
    "training_charges",
    "training_waivers",
    "training_invoices",
    "training_charging",
    "training_payer_classes",
]


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_sees_its_pages_and_a_coordinator_none_of_them(client, name, policy, now):
    entry = late(policy, now)
    assert get(client, make_administrator(), name).status_code == 200
    coordinator = make_role_holder("agency-coordinator", agency=entry.agency)
    assert get(client, coordinator, name).status_code == 404


@pytest.mark.parametrize("name", ["training_charging_new", "training_payer_class"])
def test_rules_and_classes_are_the_officers(client, name):
    args = [make_agency().pk] if name == "training_payer_class" else []
    assert get(client, make_role_holder("ld-officer"), name, *args).status_code == 200
    assert get(client, make_administrator(), name, *args).status_code == 404


def test_without_a_policy_the_pages_say_that_none_is_set(client):
    text = get(client, make_administrator(), "training_charging").content.decode()
    assert "Your organisation has not set a charge." in text
    assert (
        "Nothing has been charged yet."
        in get(client, make_administrator(), "training_charges").content.decode()
    )


def rules(today, **values):
    return {
        "name": "Charges from today",
        "from_on_day": today.day,
        "from_on_month": today.month,
        "from_on_year": today.year,
        "number": "7",
        "unit": "working days",
        "counting": "inclusive",
        "cut_off": "17:00",
        "nation": "ENG",
        "basis": "flat",
        "half_minutes": "240",
        "late_rule": "nothing",
        "early_rule": "nothing",
        "person_cancels": "on",
        "late_full": "50.00",
        "grounds": "Sudden illness\nBereavement *",
        **values,
    }


def test_a_policy_is_looked_at_first_and_added_then(client, now):
    officer, today = make_role_holder("ld-officer"), timezone.localdate(now)

    shown = post(client, officer, "training_charging_new", show="yes", **rules(today))
    assert "What it gives" in shown.content.decode()
    assert "The day you tell us counts." in shown.content.decode()
    assert ChargePolicy.objects.count() == 0

    assert post(client, officer, "training_charging_new", add="yes", **rules(today)).status_code == 302
    row = ChargePolicy.objects.get()
    assert (row.number, row.coordinator_cancels) == (7, False)
    assert [(p.kind, p.length, p.amount) for p in row.prices.all()] == [("late", "full", Decimal("50.00"))]
    assert list(row.grounds.values_list("words", "needs_evidence")) == [
        ("Sudden illness", True),
        ("Bereavement", False),
    ]


@pytest.mark.parametrize("amount", ["-1", "NaN", "1e9", "1.005", "fifty"])
def test_an_amount_that_is_none_comes_back_with_what_was_typed(client, amount, now):
    officer, today = make_role_holder("ld-officer"), timezone.localdate(now)
    answer = post(client, officer, "training_charging_new", add="yes", **rules(today, late_full=amount))
    assert answer.status_code == 200
    assert f'value="{amount}"' in answer.content.decode()
    assert ChargePolicy.objects.count() == 0


def test_a_policy_shows_its_rules_amounts_and_the_months_to_come(client, policy):
    text = get(client, make_administrator(), "training_charging_policy", policy.pk).content.decode()
    assert "7 working days before, by 5pm; the day on which you tell us counts. England." in text
    assert "£50.00" in text
    assert text.count("Back from ") == 12

    one = get(
        client,
        make_administrator(),
        "training_charging_policy",
        policy.pk,
        day_day=6,
        day_month=1,
        day_year=2027,
    ).content.decode()
    assert "5pm on Wednesday 23 December 2026" in one
    assert one.count("Back from ") == 1


def test_the_officer_ends_a_policy_and_an_administrator_cannot(client, policy, now):
    today = timezone.localdate(now)
    data = {
        "do": "end",
        "until_on_day": today.day,
        "until_on_month": today.month,
        "until_on_year": today.year,
    }
    post(client, make_administrator(), "training_charging_policy", policy.pk, **data)
    policy.refresh_from_db()
    assert policy.until_on is None

    post(client, make_role_holder("ld-officer"), "training_charging_policy", policy.pk, **data)
    policy.refresh_from_db()
    assert policy.until_on == today


def test_the_officer_says_the_class_of_an_agency(client, now):
    agency, today = make_agency(), timezone.localdate(now)
    data = {
        "payer_class": make_classes()["profit-making"].pk,
        "from_on_day": today.day,
        "from_on_month": today.month,
        "from_on_year": today.year,
        "reason": "a company since June",
    }
    post(client, make_role_holder("ld-officer"), "training_payer_class", agency.pk, **data)
    assert AgencyClass.objects.get().reason == "a company since June"
    assert (
        "a company since June" in get(client, make_administrator(), "training_payer_classes").content.decode()
    )


def test_the_list_filters_and_sums(client, policy, now):
    one, other = late(policy, now), late(policy, now)
    admin = make_administrator()

    whole = get(client, admin, "training_charges").content.decode()
    mine = get(client, admin, "training_charges", agency=one.agency_id).content.decode()

    assert "2 lines, £100.00 altogether." in whole
    assert "1 line, £50.00 altogether with these filters." in mine
    assert other.booking.person.name not in mine
    assert "No line has all of this" in get(client, admin, "training_charges", kind="fee").content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_two_queries_for_one_line_and_three(n, policy, now, django_assert_num_queries):
    for _number in range(n):
        late(policy, now)
    with django_assert_num_queries(2):
        rows = reports.entries(reports.Asked())
        told = [(row.agency.name, row.booking.person.name, row.booking.session.course.title) for row in rows]
        assert (len(told), reports.total(rows)) == (n, (n, n * Decimal("50.00")))


def test_the_page_takes_the_same_queries_for_one_line_and_three(client, policy, now):
    admin, counted = make_administrator(), []
    client.force_login(admin)
    for more in (1, 2):
        for _number in range(more):
            late(policy, now)
        client.get(reverse("training_charges"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("training_charges")).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_spreadsheet_has_no_formula_and_every_line(client, policy, now):
    entry = late(policy, now, agency=make_agency(name="=cmd()", short_name="x"))
    answer = get(client, make_administrator(), "training_charges", export="csv")
    assert "'=cmd()" in b"".join(answer.streaming_content).decode()

    answer = get(client, make_administrator(), "training_charges", export="xlsx")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][3] == entry.words
    assert rows[1][5] == 50


def test_a_coordinator_sees_the_own_agency_and_asks_to_waive(client, policy, now):
    mine, other = late(policy, now), late(policy, now)
    coordinator = make_role_holder("agency-coordinator", agency=mine.agency)

    text = get(client, coordinator, "training_own_charges").content.decode()
    assert mine.words in text
    assert other.words not in text
    assert get(client, coordinator, "training_ask_waiver", other.pk).status_code == 404

    data = {
        "ground": WaiverGround.objects.get().pk,
        "words": "Taken ill.",
        "file": SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n%%EOF\n"),
    }
    assert post(client, coordinator, "training_ask_waiver", mine.pk, **data).status_code == 302
    assert Waiver.objects.get().words == "Taken ill."
    assert "waiver asked for" in get(client, coordinator, "training_own_charges").content.decode()


def test_what_was_typed_for_a_waiver_comes_back_with_the_error(client, policy, now):
    entry = late(policy, now)
    data = {"ground": WaiverGround.objects.get().pk, "words": "Taken ill."}
    answer = post(client, entry.booking.person.user, "training_ask_waiver", entry.pk, **data)
    assert "This ground needs evidence" in answer.content.decode()
    assert "Taken ill." in answer.content.decode()


def test_a_person_sees_the_charges_for_the_own_places_and_nobody_elses(client, policy, now):
    entry, other = late(policy, now), late(policy, now)
    text = get(client, entry.booking.person.user, "training_own_charges").content.decode()
    assert entry.words in text
    assert other.words not in text
    assert get(client, make_person(user=True).user, "training_own_charges").status_code == 404
    office = get(client, make_administrator(), "training_own_charges")
    assert office["Location"] == reverse("training_charges")


def asked(client, policy, now):
    entry = late(policy, now)
    data = {
        "ground": WaiverGround.objects.get().pk,
        "words": "Taken ill.",
        "file": SimpleUploadedFile("letter.pdf", b"%PDF-1.4\nill\n%%EOF\n"),
    }
    post(client, entry.booking.person.user, "training_ask_waiver", entry.pk, **data)
    return Waiver.objects.get()


def test_another_administrator_decides_and_the_evidence_is_theirs_alone(client, policy, now):
    waiver, admin = asked(client, policy, now), make_administrator()
    asker = waiver.entry.booking.person.user

    assert "Taken ill." in get(client, admin, "training_waiver", waiver.pk).content.decode()
    file = get(client, admin, "training_waiver_file", waiver.pk)
    assert b"".join(file.streaming_content) == b"%PDF-1.4\nill\n%%EOF\n"
    assert file["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert get(client, asker, "training_waiver_file", waiver.pk).status_code == 200
    stranger = make_role_holder("agency-coordinator", agency=make_agency())
    assert get(client, stranger, "training_waiver_file", waiver.pk).status_code == 404
    assert get(client, stranger, "training_waiver", waiver.pk).status_code == 404

    post(client, admin, "training_waiver", waiver.pk, granted="yes", answer="The letter says so.")
    waiver.refresh_from_db()
    assert waiver.state == "granted"
    assert "waived" in get(client, asker, "training_own_charges").content.decode()


def period(today, prefix=""):
    first = today - timedelta(days=3)
    return {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("first", first), ("last", today))
        for part in ("day", "month", "year")
    }


def test_an_invoice_is_shown_made_and_downloaded(client, policy, now):
    entry, admin, today = late(policy, now), make_administrator(), timezone.localdate(now)
    shown = get(client, admin, "training_invoices", **period(today)).content.decode()
    assert f"Make the invoice for {entry.agency.short_name}, £50.00" in shown

    answer = post(client, admin, "training_invoices", agency=entry.agency_id, seen="50.00", **period(today))
    assert answer["Location"] == reverse("training_invoice", args=[1])
    page = client.get(answer["Location"]).content.decode()
    assert "T-00001" in page
    assert entry.words in page

    sheet = get(client, admin, "training_invoice_sheet", 1, "xlsx")
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert (rows[1][3], rows[1][5], rows[1][6]) == (entry.words, 50, "T-00001")
    plain = b"".join(get(client, admin, "training_invoice_sheet", 1, "csv").streaming_content).decode()
    assert entry.words in plain
    assert get(client, admin, "training_invoice_sheet", 1, "exe").status_code == 404


@pytest.mark.skipif(bool(pdf.missing()), reason="pango is missing here")
def test_an_invoice_as_pdf(client, policy, now):
    entry, admin = late(policy, now), make_administrator()
    day = timezone.localdate(now)
    invoicing.make(entry.agency, actor=admin, now=now, first=day, last=day)
    answer = get(client, admin, "training_invoice_pdf", 1)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'inline; filename="T-00001.pdf"'


def test_another_total_than_shown_makes_no_invoice(client, policy, now):
    entry = late(policy, now)
    data = {"agency": entry.agency_id, "seen": "49.00", **period(timezone.localdate(now))}
    answer = post(client, make_administrator(), "training_invoices", **data)
    assert answer["Location"] == reverse("training_invoices")
    assert Invoice.objects.count() == 0


def test_the_coordinator_opens_the_own_invoice_and_nobody_elses(client, policy, now):
    entry, other, admin = late(policy, now), late(policy, now), make_administrator()
    day = timezone.localdate(now)
    for row in (entry, other):
        invoicing.make(row.agency, actor=admin, now=now, first=day, last=day)
    coordinator = make_role_holder("agency-coordinator", agency=entry.agency)
    assert get(client, coordinator, "training_invoice", 1).status_code == 200
    for name, args in (
        ("training_invoice", [2]),
        ("training_invoice_pdf", [2]),
        ("training_invoice_sheet", [2, "csv"]),
    ):
        assert get(client, coordinator, name, *args).status_code == 404


def test_an_extra_cost_is_added_by_the_office(client, policy, now):
    entry = late(policy, now)
    data = {"amount": "85.50", "words": "interpreter"}
    assert (
        post(client, entry.booking.person.user, "training_extra_cost", entry.booking_id, **data).status_code
        == 404
    )
    post(client, make_administrator(), "training_extra_cost", entry.booking_id, **data)
    assert entry.booking.ledger.get(kind="extra").amount == Decimal("85.50")
