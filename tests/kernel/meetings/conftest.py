import pytest

from kernel.meetings import kinds
from tests.factories import meetings as make


@pytest.fixture
def motions():
    """A kind of item that an app has registered, for the time of one test."""
    kind = make.Motions()
    kinds.register(kind)
    yield kind
    del kinds.KINDS[kind.key]


@pytest.fixture
def meeting(motions):
    """A sitting four days ago, with two motions that wait for its body."""
    row = make.make_meeting()
    motions.rows[1] = make.Motion(row.body_id, "First motion")
    motions.rows[2] = make.Motion(row.body_id, "Second motion")
    return row
