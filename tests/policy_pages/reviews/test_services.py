from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent
from policy_pages.models import DueMove, Extension, Review, ReviewCycle, ReviewRules
from policy_pages.reviews import services
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 11, 23), date(2027, 3, 1)


def issued(today=FIRST, **values):
    page = make.make_policy(**values)
    make.issue(page, today=today)
    return page


def again(page, today=LATER, **values):
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    return make.issue(page, today=today, **values)


def rounds(page):
    return list(page.reviews.order_by("pk").values_list("number", "opened_on", "due", "outcome", "closed_on"))


def extend(page, to_due, **values):
    facts = {"reason": "The guidance changes.", "risk": "Low.", "decided_on": LATER, "today": LATER}
    return services.extend(page, to_due=to_due, actor=None, **{**facts, **values})


def test_first_issue_opens_a_review_that_is_due_one_cycle_later():
    """S0-01: signed off on 10 March 2025 with an interval of 3 years."""
    page = issued(date(2025, 3, 10), review_months=36)

    assert rounds(page) == [(1, date(2025, 3, 10), date(2028, 3, 10), "", None)]
    assert ReviewCycle.objects.values_list("policy", "main", "months").get() == (page.pk, True, 36)
    assert page.versions.get().review_due == date(2028, 3, 10)


def test_a_major_change_ends_the_review_and_begins_the_next():
    page = issued()
    version = again(page)

    assert rounds(page) == [
        (1, FIRST, date(2029, 11, 23), "issued", LATER),
        (2, LATER, date(2030, 3, 1), "", None),
    ]
    assert (version.review_due, page.reviews.get(number=1).version) == (date(2030, 3, 1), version)


def test_a_minor_change_keeps_the_review_and_its_day():
    page = issued()
    version = again(page, significance="minor")

    assert rounds(page) == [(1, FIRST, date(2029, 11, 23), "", None)]
    assert (version.number, version.review_due) == ("1.1", date(2029, 11, 23))


def test_a_minor_change_after_the_end_of_the_clock_begins_it_again():
    page = issued()
    services.retire_clock(page, decided_on=FIRST, actor=None, today=FIRST)
    again(page, significance="minor")

    assert rounds(page) == [
        (1, FIRST, date(2029, 11, 23), "retired", FIRST),
        (2, LATER, date(2030, 3, 1), "", None),
    ]


@pytest.mark.parametrize(
    ("values", "rules", "due"),
    [
        ({"review_months": 18}, {}, date(2028, 5, 23)),
        ({"review_months": 120}, {}, date(2031, 11, 23)),
        ({"review_months": 36, "high_risk": True}, {}, date(2027, 11, 23)),
        ({"review_months": 6, "high_risk": True}, {}, date(2027, 5, 23)),
        ({"review_months": 36}, {"first_months": 24}, date(2028, 11, 23)),
        ({"review_months": 12}, {"first_months": 24}, date(2027, 11, 23)),
        ({"review_months": 36}, {"cap_months": 30}, date(2029, 5, 23)),
    ],
)
def test_the_day_follows_the_rules(values, rules, due):
    ReviewRules.objects.create(**rules)

    assert issued(**values).reviews.get().due == due


def test_only_the_first_review_of_a_document_has_its_own_rule():
    ReviewRules.objects.create(first_months=24)
    page = issued(review_months=36)
    again(page)

    assert [row[2] for row in rounds(page)] == [date(2028, 11, 23), date(2030, 3, 1)]


def test_a_text_that_takes_effect_later_is_reviewed_from_the_day_of_its_decision():
    page = make.make_policy()
    make.issue(page, wanted_from=date(2027, 2, 1))

    assert rounds(page) == [(1, FIRST, date(2029, 11, 23), "", None)]


def test_reaffirmed_keeps_the_words_and_begins_the_next_review():
    page = issued()
    before = page.versions.values_list("pk", "seal", "text_sha256").get()
    services.reaffirm(
        page,
        decided_on=date(2027, 2, 25),
        actor=page.policy_owner.user,
        today=LATER,
        body_name="Policy Group",
        minute_reference="PG/27/3",
    )

    assert rounds(page) == [
        (1, FIRST, date(2029, 11, 23), "re-affirmed", LATER),
        (2, LATER, date(2030, 2, 25), "", None),
    ]
    done = page.reviews.get(number=1)
    assert (done.decided_on, done.body_name, done.minute_reference) == (
        date(2027, 2, 25),
        "Policy Group",
        "PG/27/3",
    )
    assert page.versions.values_list("pk", "seal", "text_sha256").get() == before
    assert AuditEntry.objects.get(action="policies.reaffirm").facts["due"] == "2030-02-25"
    assert OutboxEvent.objects.get(kind="policies.reviewed").payload["policy"] == page.pk


@pytest.mark.parametrize("decided_on", [date(2026, 11, 22), date(2027, 3, 2)])
def test_reaffirmed_before_the_review_began_or_in_the_future_is_refused(decided_on):
    page = issued()
    with pytest.raises(ValidationError, match="decision"):
        services.reaffirm(page, decided_on=decided_on, actor=None, today=LATER)

    assert rounds(page) == [(1, FIRST, date(2029, 11, 23), "", None)]


def test_extension_moves_the_day_and_keeps_the_one_before():
    page = issued()
    extend(page, date(2030, 2, 1))
    extend(page, date(2030, 6, 1))

    review = page.reviews.get()
    assert (review.first_due, review.due) == (date(2029, 11, 23), date(2030, 6, 1))
    assert list(Extension.objects.values_list("number", "from_due", "to_due", "reason", "risk")) == [
        (1, date(2029, 11, 23), date(2030, 2, 1), "The guidance changes.", "Low."),
        (2, date(2030, 2, 1), date(2030, 6, 1), "The guidance changes.", "Low."),
    ]


def test_a_third_extension_is_refused():
    page = issued()
    extend(page, date(2030, 2, 1))
    extend(page, date(2030, 6, 1))
    with pytest.raises(ValidationError, match="extended 2 times"):
        extend(page, date(2030, 7, 1))

    assert (page.reviews.get().due, Extension.objects.count()) == (date(2030, 6, 1), 2)


@pytest.mark.parametrize(
    ("to_due", "values", "why"),
    [
        (date(2029, 11, 23), {}, "after 23 November 2029"),
        (date(2030, 11, 24), {}, "New date must be 23 November 2030 or before; you entered 24 November 2030"),
        (date(2030, 2, 1), {"reason": " "}, "Say why"),
        (date(2030, 2, 1), {"risk": ""}, "go wrong"),
        (date(2030, 2, 1), {"decided_on": date(2027, 3, 2)}, "before the day"),
        (date(2030, 2, 1), {"today": date(2030, 2, 1)}, "after 1 February 2030"),
    ],
)
def test_extension_outside_the_rules_is_refused(to_due, values, why):
    page = issued()
    with pytest.raises(ValidationError, match=why):
        extend(page, to_due, **values)

    assert (page.reviews.get().due, DueMove.objects.count()) == (date(2029, 11, 23), 0)


def test_extension_to_the_last_day_allowed():
    page = issued()
    extend(page, date(2030, 11, 23))

    assert page.reviews.get().due == date(2030, 11, 23)


FORWARD = {"reason": "March is full.", "decided_on": LATER, "actor": None}


@pytest.mark.parametrize(
    ("to_due", "allowed"),
    [
        (date(2029, 5, 22), False),
        (date(2029, 5, 23), True),
        (date(2029, 11, 22), True),
        (date(2029, 11, 23), False),
    ],
)
def test_brought_forward_only_inside_the_window(to_due, allowed):
    page = issued()
    if allowed:
        services.bring_forward(page, to_due=to_due, today=LATER, **FORWARD)
    else:
        with pytest.raises(ValidationError, match="from 23 May 2029 on, before 23 November 2029"):
            services.bring_forward(page, to_due=to_due, today=LATER, **FORWARD)

    assert page.reviews.get().due == (to_due if allowed else date(2029, 11, 23))
    assert (DueMove.objects.count(), Extension.objects.count()) == (int(allowed), 0)


def test_brought_forward_never_into_the_past():
    page = issued()
    with pytest.raises(ValidationError, match="from 1 October 2029 on"):
        services.bring_forward(page, to_due=date(2029, 9, 30), today=date(2029, 10, 1), **FORWARD)


def test_without_an_open_review_nothing_is_decided():
    page = make.make_policy()
    with pytest.raises(ValidationError, match="no review"):
        services.reaffirm(page, decided_on=FIRST, actor=None, today=FIRST)
    with pytest.raises(ValidationError, match="no review"):
        extend(page, date(2030, 1, 1))


def plan_with_two_cycles():
    """S3-02: a plan of which the rows are looked at every 18 months, and the whole planned anew every 3 years."""
    page = issued(date(2023, 9, 1), document_type="plan", review_months=36)
    services.add_cycle(
        page,
        name="Review of the plan",
        months=18,
        starts_on=date(2023, 9, 1),
        actor=page.policy_owner.user,
        today=date(2023, 9, 4),
    )
    return page


def open_days(page):
    return [(str(row.cycle), row.due) for row in page.reviews.open().order_by("due").select_related("cycle")]


def test_two_cycles_have_days_of_their_own():
    assert open_days(plan_with_two_cycles()) == [
        ("Review of the plan", date(2025, 3, 1)),
        ("Review of the text", date(2026, 9, 1)),
    ]


def test_finishing_one_cycle_leaves_the_other():
    page = plan_with_two_cycles()
    services.finish_cycle(
        page.review_cycles.get(main=False),
        done_on=date(2025, 2, 20),
        statement="Six of seven actions done.",
        actor=page.policy_owner.user,
        today=date(2025, 2, 24),
    )
    assert open_days(page) == [
        ("Review of the plan", date(2026, 8, 20)),
        ("Review of the text", date(2026, 9, 1)),
    ]

    again(page, today=date(2026, 8, 3))
    assert open_days(page) == [
        ("Review of the plan", date(2026, 8, 20)),
        ("Review of the text", date(2029, 8, 3)),
    ]


def test_ended_cycle_has_no_open_review_and_its_name_is_free_again():
    page = plan_with_two_cycles()
    cycle, owner = page.review_cycles.get(main=False), page.policy_owner.user
    services.end_cycle(cycle, statement="Part of the text now.", actor=owner, today=FIRST)

    assert open_days(page) == [("Review of the text", date(2026, 9, 1))]
    values = {"months": 12, "starts_on": FIRST, "actor": owner, "today": FIRST}
    services.add_cycle(page, name="Review of the plan", **values)
    with pytest.raises(ValidationError, match="of that name already"):
        services.add_cycle(page, name=" Review  of the plan", **values)
    with pytest.raises(ValidationError, match="ended meanwhile"):
        services.end_cycle(cycle, statement="Again.", actor=owner, today=FIRST)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": " "}, "Say what is reviewed"),
        ({"months": 0}, "one month or more"),
        ({"months": 61}, "every 60 months"),
    ],
)
def test_cycle_that_is_not_well_formed_is_refused(values, why):
    page = issued()
    facts = {"name": "Review of the plan", "months": 18, "starts_on": FIRST, "today": FIRST}
    with pytest.raises(ValidationError, match=why):
        services.add_cycle(page, actor=page.policy_owner.user, **{**facts, **values})

    assert ReviewCycle.objects.filter(main=False).count() == 0


def test_a_stranger_keeps_no_cycle():
    page = plan_with_two_cycles()
    stranger = make_person(user=True).user
    cycle = page.review_cycles.get(main=False)
    for act in (
        lambda: services.add_cycle(
            page, name="Other", months=12, starts_on=FIRST, actor=stranger, today=FIRST
        ),
        lambda: services.finish_cycle(cycle, done_on=FIRST, statement="Done.", actor=stranger, today=FIRST),
        lambda: services.end_cycle(cycle, statement="No more.", actor=stranger, today=FIRST),
    ):
        with pytest.raises(PermissionDenied, match="look after these reviews"):
            act()

    assert (page.reviews.count(), page.review_cycles.count()) == (2, 2)


def test_withdrawal_ends_every_open_review():
    page = plan_with_two_cycles()
    ended = services.retire_clock(page, decided_on=FIRST, actor=None, today=FIRST, statement="Replaced.")

    assert [review.outcome for review in ended] == ["retired", "retired"]
    assert open_days(page) == []


def test_the_database_keeps_one_open_review_and_what_is_closed():
    page = issued()
    review = page.reviews.get()
    copy = {"cycle": review.cycle, "policy": page, "main": True, "opened_on": FIRST, "first_due": FIRST}
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(number=2, due=FIRST, **copy)
    services.reaffirm(page, decided_on=FIRST, actor=None, today=FIRST)
    for change in (
        lambda: Review.objects.filter(pk=review.pk).update(outcome="issued"),
        lambda: Review.objects.filter(pk=review.pk)._raw_delete("default"),
        lambda: Review.objects.filter(number=2)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    extend(page, date(2030, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        DueMove.objects.update(reason="Another.")
