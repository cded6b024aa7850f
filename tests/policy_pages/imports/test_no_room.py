"""H3: a document that does not fit on the disk leaves nothing and says so."""

import pytest
from django.core.exceptions import ValidationError

from policy_pages.models import PolicyImport
from tests.factories import imports as make
from tests.little_room import TOO_MUCH, little_room

pytestmark = pytest.mark.django_db


def test_a_file_that_does_not_fit_leaves_nothing(stored):
    author = make.make_author()

    with little_room(), pytest.raises(ValidationError, match="There is no room to store this file"):
        make.bring(TOO_MUCH, actor=author)

    assert (PolicyImport.objects.count(), make.queued(), stored()) == (0, [], [])
