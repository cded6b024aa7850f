"""The reviews of versions that were issued before there was a clock."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from policy_pages.models import Review, ReviewCycle
from tests.append_only import append_only_off
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
begun = import_module("policy_pages.migrations.0007_reviews_of_issued")


def rows():
    names = (
        "policy__reference",
        "number",
        "opened_on",
        "first_due",
        "due",
        "outcome",
        "closed_on",
        "decided_on",
    )
    return list(Review.objects.order_by("policy__reference", "number").values_list(*names))


def test_each_version_had_a_review_and_the_last_is_open():
    page = make.make_policy(reference="AA-1", review_months=24)
    make.issue(page, today=date(2024, 5, 6))
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, today=date(2025, 5, 5))
    make.issue(make.make_policy(reference="BB-2", review_months=36), today=date(2026, 5, 4))
    make.make_policy(reference="CC-3")
    with append_only_off():
        Review.objects.all().delete()
        ReviewCycle.objects.all().delete()
        begun.begin(apps, None)

        assert rows() == [
            (
                "AA-1",
                1,
                date(2024, 5, 6),
                date(2026, 5, 6),
                date(2026, 5, 6),
                "issued",
                date(2025, 5, 5),
                date(2025, 5, 5),
            ),
            ("AA-1", 2, date(2025, 5, 5), date(2027, 5, 5), date(2027, 5, 5), "", None, None),
            ("BB-2", 1, date(2026, 5, 4), date(2029, 5, 4), date(2029, 5, 4), "", None, None),
        ]
        assert list(
            ReviewCycle.objects.order_by("policy__reference").values_list("main", "name", "months")
        ) == [(True, "", 24), (True, "", 36)]
        begun.take_back(apps, None)

    assert (Review.objects.count(), ReviewCycle.objects.count()) == (0, 0)
