import pytest
from django.core.exceptions import ValidationError
from django.db import models

from kernel.lifecycle.moves import IllegalMove, require_move


class Kettle(models.TextChoices):
    COLD = "cold", "cold"
    HOT = "hot", "boiling hot"
    BROKEN = "broken", "broken"


MOVES = {Kettle.COLD: {Kettle.HOT, Kettle.BROKEN}, Kettle.HOT: {Kettle.COLD, Kettle.BROKEN}}


@pytest.mark.parametrize(
    ("current", "target"), [(start, end) for start, ends in MOVES.items() for end in sorted(ends)]
)
def test_a_move_that_the_table_names_is_allowed(current, target):
    assert require_move(current, target, MOVES) is None


@pytest.mark.parametrize(
    ("current", "target"),
    [
        (Kettle.COLD, Kettle.COLD),
        (Kettle.HOT, Kettle.HOT),
        (Kettle.BROKEN, Kettle.COLD),
        (Kettle.BROKEN, Kettle.HOT),
    ],
)
def test_every_other_move_is_refused(current, target):
    with pytest.raises(IllegalMove):
        require_move(current, target, MOVES)


def test_the_refusal_uses_the_words_that_people_see():
    with pytest.raises(ValidationError) as refusal:
        require_move(Kettle.BROKEN, Kettle.HOT, MOVES)

    assert refusal.value.messages == ["This is “broken” and cannot become “boiling hot”."]


def test_a_state_as_the_database_gives_it_is_understood():
    assert require_move("cold", "hot", MOVES) is None
