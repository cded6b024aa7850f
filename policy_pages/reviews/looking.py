"""What the page of a review shows: rows as they stand, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from policy_pages.models.review import DueMove, Review
from policy_pages.reviews import rules


@dataclass(frozen=True)
class Look:
    """``main`` is the open review of the text; ``beside`` the other open ones; ``done`` what ended, newest first."""

    main: Review | None
    beside: list[Review]
    done: list[Review]
    moves: list[DueMove]
    today: date
    extensions_most: int

    @property
    def window_opens(self) -> date:
        return rules.opens_on(self.main.due)

    @property
    def asks(self) -> bool:
        """The window is open: somebody is asked what the review found."""
        return self.main is not None and rules.in_window(self.main.due, self.today)

    @property
    def extensions(self) -> int:
        """Those of the open review."""
        return sum(move.number is not None and move.review_id == self.main.pk for move in self.moves)


def of(policy, today: date) -> Look:
    rows = list(Review.objects.filter(policy=policy).select_related("cycle").order_by("-pk"))
    waiting = sorted((row for row in rows if row.closed_on is None), key=lambda row: row.due)
    return Look(
        main=next((row for row in waiting if row.main), None),
        beside=[row for row in waiting if not row.main],
        done=[row for row in rows if row.closed_on is not None],
        moves=list(DueMove.objects.filter(review__policy=policy).order_by("-pk")),
        today=today,
        extensions_most=rules.rules().extensions_most,
    )
