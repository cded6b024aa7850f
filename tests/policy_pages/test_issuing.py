import pytest

from tests.factories import policies as make

pytestmark = pytest.mark.django_db


def test_first_issue_is_version_one():
    page = make.make_policy()

    version = make.issue(page)

    assert (version.number, version.in_force_from, page.live) == ("1.0", make.TODAY, True)
