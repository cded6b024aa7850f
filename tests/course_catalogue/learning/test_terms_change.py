"""B8: what is charged is the server's; a change between display and press is shown and asked again."""

from decimal import Decimal

import pytest
from django.utils import timezone

from course_catalogue.charging import classes, payers
from course_catalogue.models import Booking
from tests.course_catalogue.learning.test_views_booking import address, sheet_of, to_step_3
from tests.factories import booking as make
from tests.factories.charging import FULL, LATE, make_classes, make_policy
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db


def test_terms_that_changed_between_display_and_press_are_shown_again_and_nothing_is_booked():
    now, today, dearer = timezone.now(), timezone.localdate(), make_classes()[payers.SMALL]
    make_policy(
        from_on=today,
        now=now,
        prices=[(LATE, None, FULL, Decimal("50.00")), (LATE, dearer, FULL, Decimal("60.00"))],
    )
    session, person = soon_session(), make_person(user=True, agency=make_agency())
    client = signed_in(person)
    check = to_step_3(client, session)
    assert "£50.00" in check.content.decode()
    classes.set_class(
        person.agency, dearer, actor=None, now=now, from_on=today, reason="Their accounts of last year."
    )

    answer = client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    page = answer.content.decode()
    assert "This changed while you were here" in page
    assert "was £50.00 and is £60.00 now" in page
    assert Booking.objects.count() == 0
    again = client.post(address(session), {"step": "2", "sheet": sheet_of(answer)})
    client.post(address(session), {"step": "3", "sheet": sheet_of(again)})
    assert Booking.objects.get().late_charge == Decimal("60.00")


def test_a_date_whose_free_time_is_over_is_booked_with_a_tick_alone():
    make_policy(from_on=timezone.localdate(), now=timezone.now())
    session, person = soon_session(weeks=0.5), make.make_staff()
    client = signed_in(person)
    first = client.post(address(session), {"step": "1"})
    assert "Cancelling was free until" in first.content.decode()

    bare = client.post(address(session), {"step": "2", "sheet": sheet_of(first)})
    assert "Tick that your agency agrees" in bare.content.decode()
    check = client.post(address(session), {"step": "2", "sheet": sheet_of(bare), "agreed": "on"})
    client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    row = Booking.objects.get()
    assert (row.state, row.late_charge) == ("booked", Decimal("50.00"))
    assert row.agreed_at is not None
