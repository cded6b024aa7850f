"""What the officer types of a charging policy's steps and document, and who sees the document (S4-16)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from course_catalogue.models import ChargePolicy, ChargeTier
from tests.course_catalogue.charging.test_views import get, late, post, rules
from tests.factories import policies as library
from tests.factories.charging import make_policy
from tests.factories.organisation import make_host, make_role_holder

pytestmark = pytest.mark.django_db
STEPS = {"tier_1": "7", "tier_1_percent": "50", "tier_2": "2", "tier_2_amount": "80.00"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def policy(now):
    return make_policy(from_on=timezone.localdate(now), now=now)


def test_each_step_is_typed_as_a_part_of_the_charge_or_in_pounds(client, now):
    officer, today = make_role_holder("ld-officer"), timezone.localdate(now)

    assert (
        post(client, officer, "training_charging_new", add="yes", **rules(today, **STEPS)).status_code == 302
    )

    row = ChargePolicy.objects.get()
    assert list(row.tiers.values_list("number", "percent", "amount")) == [
        (7, Decimal("50.00"), None),
        (2, None, Decimal("80.00")),
    ]
    text = get(client, officer, "training_charging_policy", row.pk).content.decode()
    assert "50.00% of the charge" in text and "£80.00" in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"tier_2_percent": "10"}, "tier_2_percent"),
        ({"tier_2_amount": ""}, "tier_2_percent"),
        ({"tier_2": ""}, "tier_2"),
        ({"tier_2_amount": "-1"}, "tier_2_amount"),
        ({"tier_1_percent": "101"}, "tier_1_percent"),
    ],
)
def test_a_step_that_is_half_said_names_its_field_and_keeps_what_was_typed(client, wrong, field, now):
    officer, today = make_role_holder("ld-officer"), timezone.localdate(now)

    answer = post(client, officer, "training_charging_new", add="yes", **rules(today, **STEPS | wrong))

    assert list(answer.context["form"].errors) == [field]
    assert 'value="7"' in answer.content.decode()
    assert ChargePolicy.objects.count() == 0


def test_the_steps_of_a_policy_are_never_changed(policy):
    tier = ChargeTier.objects.create(policy=policy, number=7, amount=Decimal(80))
    for act in (lambda: ChargeTier.objects.update(amount=1), tier.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def issued_policy():
    page = library.make_policy(title="Charging policy", reference="CP-019")
    library.issue(page)
    return page


def test_the_document_behind_a_policy_is_chosen_from_the_library_and_shown_as_a_link(client, now):
    officer, today = make_role_holder("ld-officer"), timezone.localdate(now)
    page = issued_policy()
    form = get(client, officer, "training_charging_new").content.decode()
    assert "CP-019 Charging policy" in form and 'name="reference"' not in form
    chosen = f"policy:{page.pk}"
    wrong = post(client, officer, "training_charging_new", add="yes", **rules(today, document="policy:0"))
    assert list(wrong.context["form"].errors) == ["document"]

    answer = post(client, officer, "training_charging_new", add="yes", **rules(today, document=chosen))

    row = ChargePolicy.objects.get()
    assert (answer.status_code, row.document_kind, row.document_id) == (302, "policy", page.pk)
    assert row.reference == "CP-019 Charging policy"
    link = f'<a href="{page.get_url()}">CP-019 Charging policy</a>'
    assert link in get(client, officer, "training_charging_policy", row.pk).content.decode()
    entry = late(row, now, agency=make_host())
    booking = entry.booking
    own = get(client, booking.person.user, "training_own_charges").content.decode()
    assert link in own
    assert link in get(client, booking.person.user, "training_booking", booking.pk).content.decode()
    again = get(client, officer, "training_charging_new").content.decode()
    assert f'value="{chosen}" selected' in again


def test_who_may_not_read_the_document_sees_no_link(client, now):
    page = library.make_policy(title="Charging policy", reference="CP-019", audience="staff")
    library.issue(page)
    today = timezone.localdate(now)
    row = make_policy(from_on=today, now=now, document_kind="policy", document_id=page.pk, reference="CP-019")
    entry = late(row, now)

    text = get(client, entry.booking.person.user, "training_own_charges").content.decode()

    assert str(page.get_url()) not in text
