"""Questions about a text in force and chair's actions as items of an agenda."""

from datetime import date

import pytest

from tests.kernel.lifecycle import test_proposals as _proposals  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FAR = date(2027, 1, 14)
