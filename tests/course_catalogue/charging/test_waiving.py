from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image

from course_catalogue.charging import checking, invoicing, reports, waiving
from course_catalogue.charging.kinds import WaiverState
from course_catalogue.charging.notice import LONDON
from course_catalogue.enums import Mark
from course_catalogue.models import Waiver, WaiverGround
from kernel.outbox.models import OutboxMail
from tests.course_catalogue.charging.test_ledger import LATER, book, correct, end, lines
from tests.factories.charging import make_policy
from tests.factories.learning import signed_in
from tests.factories.organisation import make_agency, make_role_holder
from tests.factories.register import close_all, make_administrator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 28, 9, 0, tzinfo=LONDON)
LETTER = b"%PDF-1.4\nwas ill\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def policy(db):
    return make_policy(grounds=[("Sudden illness", True), ("Bereavement", False)])


def charged():
    booking = book(agency=make_agency())
    end(booking, LATER)
    return booking.ledger.get()


def coordinator_of(entry):
    return make_role_holder("agency-coordinator", agency=entry.agency)


def letter(content=LETTER, name="letter.pdf"):
    return SimpleUploadedFile(name, content)


def asked(entry=None, *, actor=None, ground="Sudden illness", now=NOW, **values):
    entry = entry or charged()
    found = WaiverGround.objects.filter(words=ground).first()
    values = {"words": "Taken ill that morning.", "file": letter(), **values}
    return waiving.ask(entry, actor=actor or coordinator_of(entry), now=now, ground=found, **values)


def decided(waiver, *, granted=True, actor=None, answer="The letter says so."):
    actor = actor or make_administrator()
    return waiving.decide(waiver, actor=actor, now=NOW + timedelta(days=1), granted=granted, answer=answer)


@pytest.mark.usefixtures("policy")
def test_a_granted_waiver_takes_the_charge_off_and_keeps_everything():
    waiver = decided(asked())

    assert lines(waiver.entry.booking) == [("late", "50.00"), ("waiver", "-50.00")]
    waiver.refresh_from_db()
    assert (waiver.state, waiver.answer) == (WaiverState.GRANTED, "The letter says so.")
    with waiver.file.open("rb") as file:
        assert file.read() == LETTER
    assert waiver.file_name == "letter.pdf"
    assert list(checking.problems()) == []
    assert OutboxMail.objects.filter(kind="training.waiver_decided").count() == 1


@pytest.mark.usefixtures("policy")
def test_a_refused_waiver_leaves_the_charge():
    waiver = decided(asked(), granted=False)
    assert lines(waiver.entry.booking) == [("late", "50.00")]
    assert list(checking.problems()) == []


@pytest.mark.usefixtures("policy")
def test_the_person_whose_place_it_was_may_ask_and_a_stranger_may_not():
    entry = charged()
    with pytest.raises(PermissionDenied):
        asked(entry, actor=make_role_holder("agency-coordinator", agency=make_agency()))

    assert asked(entry, actor=entry.booking.person.user).state == WaiverState.ASKED


@pytest.mark.usefixtures("policy")
def test_who_asks_does_not_decide():
    entry = charged()
    both = make_administrator()
    make_role_holder("agency-coordinator", agency=entry.agency, user=both)
    waiver = asked(entry, actor=both)

    with pytest.raises(PermissionDenied):
        decided(waiver, actor=both)
    with pytest.raises(DatabaseError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(
            state=WaiverState.GRANTED, decided_by_id=both.pk, decided_at=NOW, answer="mine"
        )
    assert list(reports.to_decide(both)) == []
    assert list(reports.to_decide(make_administrator())) == [waiver]


@pytest.mark.usefixtures("policy")
def test_whose_charge_it_is_does_not_decide():
    waiver = asked()
    person = waiver.entry.booking.person.user
    make_role_holder("training-administrator", user=person)
    with pytest.raises(PermissionDenied):
        decided(waiver, actor=person)


@pytest.mark.usefixtures("policy")
def test_a_coordinator_does_not_decide():
    waiver = asked()
    with pytest.raises(PermissionDenied):
        decided(waiver, actor=make_role_holder("agency-coordinator", agency=make_agency()))


@pytest.mark.usefixtures("policy")
def test_a_charge_is_asked_about_once_at_a_time_and_decided_once():
    waiver = asked()
    with pytest.raises(ValidationError, match="asked for already"):
        asked(waiver.entry)
    decided(waiver, granted=False)
    with pytest.raises(ValidationError, match="decided already"):
        decided(waiver)

    decided(asked(waiver.entry))
    with pytest.raises(ValidationError, match="waived or taken back"):
        asked(waiver.entry)
    assert Waiver.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": " "}, "words"),
        ({"ground": "none of them"}, "ground"),
        ({"file": None}, "file"),
        ({"file": letter(b"<script>", "letter.pdf")}, "file"),
        ({"file": letter(b"MZ", "letter.exe")}, "file"),
        ({"file": letter(b"not a picture", "photo.png")}, "file"),
        ({"file": letter(b"%PDF-" + b"x" * (10 * 1024 * 1024), "big.pdf")}, "file"),
        ({"file": None, "link": "javascript:alert(1)"}, "link"),
    ],
)
@pytest.mark.usefixtures("policy")
def test_what_does_not_fit_is_refused_at_its_field(values, field, tmp_path):
    with pytest.raises(ValidationError) as refused:
        asked(**values)
    assert list(refused.value.message_dict) == [field]
    assert (Waiver.objects.count(), list(tmp_path.rglob("*.pdf"))) == (0, [])


@pytest.mark.usefixtures("policy")
def test_evidence_may_be_an_address_a_picture_or_words_alone_where_none_is_needed():
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")

    assert asked(file=None, link="https://example.org/letter").link == "https://example.org/letter"
    assert asked(file=letter(picture.getvalue(), "photo.png")).file_name == "photo.png"
    assert asked(file=None, ground="Bereavement").file.name == ""


@pytest.mark.usefixtures("policy")
def test_a_decided_waiver_is_evidence():
    waiver = decided(asked())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(answer="something else")


@pytest.mark.usefixtures("policy")
def test_a_correction_takes_charge_and_waiver_back_together():
    booking, admin = book(), make_administrator()
    close_all(booking.session, actor=admin, marks={booking.pk: Mark.DID_NOT_ATTEND})
    decided(asked(booking.ledger.get()))

    correct(booking, Mark.ATTENDED, actor=admin)

    assert lines(booking) == [
        ("absent", "50.00"),
        ("waiver", "-50.00"),
        ("reversal", "50.00"),
        ("reversal", "-50.00"),
    ]
    assert list(checking.problems()) == []


@pytest.mark.usefixtures("policy")
def test_a_correction_ends_what_is_still_asked():
    booking, admin = book(), make_administrator()
    close_all(booking.session, actor=admin, marks={booking.pk: Mark.DID_NOT_ATTEND})
    waiver = asked(booking.ledger.get())

    correct(booking, Mark.ATTENDED, actor=admin)

    waiver.refresh_from_db()
    assert waiver.state == WaiverState.OVER
    assert list(reports.waiting()) == []


@pytest.mark.usefixtures("policy")
def test_a_charge_is_invoiced_only_after_its_waiver_is_decided():
    entry, admin = charged(), make_administrator()
    waiver = asked(entry)
    first, last = entry.at.date(), NOW.date()

    assert (invoicing.batches(first, last), invoicing.undecided(last)) == ([], 1)
    with pytest.raises(ValidationError, match="nothing to pay"):
        invoicing.make(entry.agency, actor=admin, now=NOW, first=first, last=last)
    decided(waiver, granted=False)

    assert [batch.entries for batch in invoicing.batches(first, last)] == [(entry,)]
    assert invoicing.undecided(last) == 0


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize(
    ("more", "totals"), [(0, []), (1, [0])], ids=["to the day before", "to the day of it"]
)
def test_a_charge_that_was_waived_after_the_period_waits_for_its_other_line(more, totals):
    entry = charged()
    decided(asked(entry))
    last = NOW.date() + timedelta(days=more)

    assert [batch.total for batch in invoicing.batches(entry.at.date(), last)] == totals


@pytest.mark.usefixtures("policy")
def test_lists_say_both_that_a_waiver_is_asked_for_and_where_the_charge_stands():
    entry, admin = charged(), make_administrator()
    invoice = invoicing.make(entry.agency, actor=admin, now=NOW, first=entry.at.date(), last=NOW.date())
    asked(entry)
    page = signed_in(coordinator_of(entry)).get(reverse("training_own_charges"))

    assert "waiver asked for" in page.content.decode()
    assert invoice.reference in page.content.decode()
