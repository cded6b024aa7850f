"""One more try after a deadlock, outside of other transactions alone."""

import pytest
from django.db import DatabaseError, OperationalError, transaction

from course_catalogue.booking.again import once_more


class Deadlock(Exception):
    sqlstate = "40P01"


def service(*errors):
    """An act that fails with these errors, one a try; gives the number of its tries, and the act."""
    tries = []

    @once_more
    def run():
        tries.append(1)
        if len(tries) <= len(errors):
            raise errors[len(tries) - 1]
        return "done"

    return tries, run


def broken(cause=None, words="deadlock detected"):
    error = OperationalError(words)
    error.__cause__ = cause or Deadlock()
    return error


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [broken(), broken(Exception(), "database is locked")])
def test_once_more(error):
    tries, run = service(error)

    assert (run(), len(tries)) == ("done", 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("errors", "number"),
    [
        ([broken(), broken()], 2),
        ([broken(Exception(), "server closed the connection")], 1),
        ([DatabaseError("deadlock detected")], 1),
    ],
)
def test_not_a_third_time_and_not_after_other_errors(errors, number):
    tries, run = service(*errors)

    with pytest.raises(DatabaseError):
        run()

    assert len(tries) == number


@pytest.mark.django_db
def test_inside_another_transaction_that_one_is_broken():
    tries, run = service(broken())

    with pytest.raises(OperationalError), transaction.atomic():
        run()

    assert len(tries) == 1
