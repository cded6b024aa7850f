"""What ``bench/booking.py`` measures: sessions and people made beforehand, clients as processes made by fork."""

import json
import os
import time
from datetime import timedelta
from itertools import count
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.booking import asking
from course_catalogue.booking.refusals import Refused
from course_catalogue.enums import TAKES_A_PLACE
from course_catalogue.learning import steps
from course_catalogue.models import Booking, CourseSession
from kernel.organisation.models import Post, StaffProfile
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.factories.organisation import SINCE, make_host, make_job_role, make_person, make_team

AT_ONCE = 4_000
_number = count(1)


def prepare() -> None:
    """An empty database with one course under a charging policy, so that all is worked out that a site works out."""
    call_command("migrate", verbosity=0)
    charges.make_classes()
    charges.make_policy()


def people(number: int) -> list[StaffProfile]:
    """With a post under one manager; each is booked once."""
    host, team, role, manager = make_host(), make_team(), make_job_role(), make_person()
    rows = [StaffProfile(name=f"Bench person {next(_number)}", agency=host) for _turn in range(number)]
    rows = StaffProfile.objects.bulk_create(rows, batch_size=1000)
    posts = [
        Post(person=row, team=team, job_role=role, manager=manager, from_on=SINCE, primary=True)
        for row in rows
    ]
    Post.objects.bulk_create(posts, batch_size=1000)
    return rows


def floor(session, person) -> None:
    """The least that does not oversell: lock the session, count, insert."""
    with transaction.atomic():
        row = CourseSession.objects.select_for_update().get(pk=session.pk)
        taken = Booking.objects.filter(session=row, state__in=TAKES_A_PLACE).count()
        if row.capacity is None or taken < row.capacity:
            make.make_booking(session=row, person=person)


def ask(session, person) -> None:
    """The whole act."""
    asking.ask(session, [person], actor=None, now=b.NOW)


def rate(act, seconds: float) -> float:
    """Acts a second of one connection, each in a session that has at most 20 people; warmed up with ten."""
    crowd = iter(people(AT_ONCE))
    for _turn in range(10):
        act(make.make_session(capacity=20), next(crowd))
    done, spent = 0, 0.0
    while spent < seconds and done < AT_ONCE - 40:
        session = make.make_session(capacity=20)
        some = [next(crowd) for _turn in range(20)]
        begin = time.perf_counter()
        for person in some:
            act(session, person)
        spent += time.perf_counter() - begin
        done += 20
    return done / spent


def queries() -> int:
    session, (person,) = make.make_session(capacity=20, needs_approval=True), people(1)
    with CaptureQueriesContext(connection) as captured:
        ask(session, person)
    return len([one for one in captured if one["sql"] not in ("BEGIN", "BEGIN IMMEDIATE", "COMMIT")])


def together(connections_: int, seconds: float, *, sessions: int) -> float:
    """Bookings a second of several connections, all in one session or each in its own, unlimited."""
    places = [make.make_session(capacity=None) for _turn in range(sessions)]
    crowd = people(connections_ * 400)

    def client(number: int, start: float) -> list:
        mine, end = crowd[number::connections_], start + seconds
        done = 0
        while time.time() < end and done < len(mine):
            ask(places[number % sessions], mine[done])
            done += 1
        return [done, time.time() - start]

    found = _clients(connections_, client)
    return sum(done for done, _took in found) / max(took for _done, took in found)


def rush(number: int, capacity: int) -> tuple[int, list[float]]:
    """So many people for so many places at one moment: how many were sold, and how long each waited for the answer."""
    session, crowd = make.make_session(capacity=capacity), people(number)

    def client(place: int, start: float) -> list:
        begin = time.time()
        try:
            ask(session, crowd[place])
        except Refused:
            pass
        return [time.time() - begin]

    waits = [took for (took,) in _clients(number, client)]
    return taken(session), waits


def pressed(number: int, capacity: int | None) -> tuple[object, list[bytes]]:
    """A session, and the request of the last step of booking there, one for each of so many signed-in people."""
    session = make.make_session(capacity=capacity, starts=timezone.now() + timedelta(weeks=8))
    return session, [_request(session, make_person(user=True)) for _turn in range(number)]


def _request(session, person) -> bytes:
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = _get_new_csrf_string()
    now = timezone.now()
    terms = steps.noted(steps.terms_of(session, [person], now=now))
    sheet = steps.Sheet(session.pk, [person.pk], terms=terms, agreed=True, checked=True)
    body = urlencode({"step": "3", "sheet": sheet.sealed(person.user), "csrfmiddlewaretoken": token})
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    lines = [f"POST /training/session/{session.pk}/book/ HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookies}"]
    lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", body]).encode()


def taken(session) -> int:
    return Booking.objects.filter(session=session, state__in=TAKES_A_PLACE).count()


def _clients(number: int, client) -> list[list]:
    """Each a process; they begin at one moment and answer through a pipe."""
    connections.close_all()
    start, pipes = time.time() + 0.5 + 0.02 * number, []
    for place in range(number):
        reading, writing = os.pipe()
        if os.fork():
            os.close(writing)
            pipes.append(reading)
            continue
        try:
            connection.ensure_connection()
            time.sleep(max(0, start - time.time()))
            os.write(writing, json.dumps(client(place, start)).encode())
        finally:
            os._exit(0)
    answers = []
    for pipe in pipes:
        with os.fdopen(pipe, "rb") as stream:
            answers.append(json.loads(stream.read() or b"null"))
    for _place in range(number):
        os.wait()
    if None in answers:
        raise RuntimeError("a client died without an answer")
    return answers
