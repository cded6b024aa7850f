"""Runs the builders, one per app, from the lowest package up."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from portal.demo import (
    board,
    deciding,
    duties,
    meetings,
    organisation,
    outcomes,
    policies,
    readers,
    reviews,
    screenings,
    training,
)
from portal.demo.training import courses
from portal.role_sync import sync_roles

BUILDERS = {
    "organisation": organisation.build,
    "library": policies.build_library,
    "screenings": screenings.build,
    "courses": courses.build,
    "policies": policies.build,
    "outcomes": outcomes.build,
    "deciding": deciding.build,
    "reviews": reviews.build,
    "readers": readers.build,
    "board": board.build,
    "duties": duties.build,
    "meetings": meetings.build,
    "training": training.build,
}


def load(*, today: date) -> list[str]:
    """Build what is missing, all or nothing; the names of what was built. Roles reach over the new pages."""
    built = []
    with quiet("audit"), transaction.atomic():
        sync_roles()
        for name, build in BUILDERS.items():
            if build(today):
                built.append(name)
                sync_roles()
    return built


@contextmanager
def quiet(name: str) -> Iterator[None]:
    """Keep a log of a line per act from burying the sign-ins that are printed afterwards."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
