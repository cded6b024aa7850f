"""What such an app registers in ``AppConfig.ready``: a source of clearance, a check, a hold, a receiver."""

from course_catalogue import checks, clearances, events
from course_catalogue.register import holds
from kernel.organisation.models import StaffProfile
from kernel.outbox import queue_mail, receives
from kernel.outbox.receiving import RECEIVERS

SOURCE = "suite.sign_off"
NAME = "suite.competence"
HEARD = "suite.attended"


def lacks(course, people, today) -> dict[int, list[str]]:
    """Whoever has no staff number is not competent, in this app."""
    rows = _numbers(people)
    return {key: ["You need the practical test first."] for key, number in rows.items() if not number}


def owes(session, people, today) -> dict[int, list[str]]:
    rows = _numbers(people)
    return {key: ["The evaluation is owed."] for key, number in rows.items() if number == "owes"}


def hear(event_id, payload) -> None:
    """One row for each attendance, in the transaction of the receipt; an event that comes again finds its row."""
    queue_mail(
        kind=HEARD,
        to=["records@example.org"],
        subject=f"{payload['session']} {payload['person']} {payload['mark']}",
        text="",
    )


def _numbers(people) -> dict[int, str]:
    return dict(StaffProfile.objects.filter(pk__in=people).values_list("pk", "staff_number"))


def ready() -> None:
    clearances.require(
        SOURCE, name="the sign-off", missing="Bookings are not open yet: no sign-off is given."
    )
    checks.register(NAME, lacks)
    holds.register_hold(NAME, owes)
    receives(events.ATTENDED)(hear)


def leave() -> None:
    """The suite goes on without it."""
    clearances._required.pop(SOURCE, None)
    checks.CHECKS.pop(NAME, None)
    holds.HOLDS.pop(NAME, None)
    RECEIVERS.get(events.ATTENDED, {}).pop(f"{hear.__module__}.{hear.__qualname__}", None)
