"""Training in the demo, in the order in which its parts need each other; courses stand before policies name them."""

from datetime import date

from portal.demo.training import (
    bookings,
    calendar_page,
    charging,
    pool,
    registers,
    sessions,
    telling,
)

PARTS = (
    charging.build,
    pool.build,
    calendar_page.build,
    sessions.build,
    bookings.build,
    charging.cancel_late,
    registers.build,
    charging.settle,
    telling.build,
)


def build(today: date) -> bool:
    """True if any part built anything."""
    return any([part(today) for part in PARTS])
