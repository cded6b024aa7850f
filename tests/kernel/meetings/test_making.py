from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernel.meetings import making, pdf
from kernel.meetings.models import PaperPack
from tests.factories import meetings as make
from tests.factories.organisation import make_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.missing()), reason="pango is not there"),
]
KEY = "tests.motion"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def meeting(motions, today, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = make.make_meeting(meets_on=today)
    for number in range(1, making.LONG + 2):
        motions.rows[number] = make.Motion(row.body_id, f"Motion {number}")
    make.put(row, KEY, *motions.rows, today=today)
    return row


def test_short_pack_is_made_while_one_waits(client, motions, today):
    row = make.make_meeting(meets_on=today)
    motions.rows[1] = make.Motion(row.body_id, "Motion")
    make.put(row, KEY, 1, today=today)
    client.force_login(make.chair_of(row.body))

    answer = client.get(reverse("meeting_pack_pdf", args=[row.pk]))

    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert answer["Content-Disposition"] == f'inline; filename="pg-{today:%Y-%m-%d}-papers.pdf"'
    assert PaperPack.objects.count() == 0


def test_long_pack_is_asked_for_made_and_handed_out(client, meeting):
    client.force_login(make.chair_of(meeting.body))
    place = reverse("meeting_pack_pdf", args=[meeting.pk])
    assert "Make the PDF" in client.get(place).content.decode()
    assert PaperPack.objects.count() == 0

    page = client.post(place, follow=True).content.decode()
    assert "0 of 6 papers are made." in page
    (row,) = PaperPack.objects.all()
    making.make(row.pk)

    answer = client.get(place)
    row.refresh_from_db()
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert (row.state, row.done, row.of) == ("ready", 6, 6)


def test_long_pack_is_not_there_for_anybody_else(client, meeting, today):
    making.make(making.ask(meeting, today).pk)
    client.force_login(make_person(user=True).user)

    assert client.get(reverse("meeting_pack_pdf", args=[meeting.pk])).status_code == 404


def test_pack_asked_for_twice_is_made_once(meeting, today):
    first, second = making.ask(meeting, today), making.ask(meeting, today)

    assert (first.pk, PaperPack.objects.count()) == (second.pk, 1)
    making.make(first.pk)
    made = PaperPack.objects.get().made_at
    making.make(first.pk)
    assert PaperPack.objects.get().made_at == made


def test_pack_of_another_agenda_is_made_anew(client, meeting, motions, today):
    making.make(making.ask(meeting, today).pk)
    motions.rows[1].problem = "The text changed."
    client.force_login(make.chair_of(meeting.body))

    page = client.get(reverse("meeting_pack_pdf", args=[meeting.pk])).content.decode()

    assert "Make the PDF" in page
    assert making.ask(meeting, today).state == "waiting"


def test_pack_that_cannot_be_made_says_so_and_is_tried_again_on_a_press(client, meeting, motions, today):
    row = making.ask(meeting, today)
    sheets, motions.front_sheets = motions.front_sheets, lambda numbers, today: 1 / 0
    making.make(row.pk)
    row.refresh_from_db()
    assert (row.state, bool(row.file)) == ("failed", False)

    motions.front_sheets = sheets
    client.force_login(make.chair_of(meeting.body))
    place = reverse("meeting_pack_pdf", args=[meeting.pk])
    assert "It could not be made" in client.get(place).content.decode()
    client.post(place)
    making.make(row.pk)
    row.refresh_from_db()
    assert row.state == "ready"


def test_pack_that_nobody_makes_is_given_again_and_three_times_at_most(meeting, today):
    row = making.ask(meeting, today)
    for attempt in (1, 2, 3):
        making._claim(row.pk)
        PaperPack.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        assert making.sweep() == [row.pk]
        assert PaperPack.objects.get().attempts == attempt
    making.make(row.pk)

    assert (PaperPack.objects.get().state, making.sweep()) == ("failed", [])


def test_pack_overtaken_by_another_maker_is_let_go(meeting, today):
    row = making.ask(meeting, today)
    old = making._claim(row.pk)
    PaperPack.objects.update(claim="another")

    making._settle(old, b"%PDF-old")
    with pytest.raises(making.Overtaken):
        making._tell(old, 1)

    assert (PaperPack.objects.get().state, bool(PaperPack.objects.get().file)) == ("making", False)
