"""A whole programme year from April to March: past, running this week, to come, and one of each special kind."""

from datetime import date, time, timedelta
from decimal import Decimal

from course_catalogue import clearances, conf
from course_catalogue.catalogue import offer
from course_catalogue.enums import Delivery
from course_catalogue.models import CoursePage, CourseSession, Room, Trainer
from course_catalogue.planning import cancelling, in_kind, moving, programme, scheduling
from course_catalogue.planning.days import Day, moment
from kernel.lifecycle.working_days import is_working_day
from kernel.organisation.models import Agency
from portal.demo.days import weekday_after
from portal.demo.organisation import person
from portal.demo.steps import login
from portal.demo.training import pool
from portal.demo.training.pool import OFFICER, TEACHING, at_ten

# Days of a month on which sessions are held, about.
SLOTS = (4, 11, 18, 25)
SIZES = (20, 16, 12, 24)
WHOLE_DAY = (time(9, 30), time(16, 30))
NEED = programme.Need(
    Decimal("480.00"),
    "Two rapid reviews this summer named it. The cost is illustrative: one day of an outside speaker.",
)


class Diary:
    """Rooms and trainers that are free on a day, as the demo hands them out."""

    def __init__(self):
        self.rooms = list(Room.objects.select_related("venue").order_by("-seats", "pk"))
        rows = Trainer.objects.select_related("person__agency", "person__user")
        self.trainers = [rows.get(person=person(name)) for name in TEACHING]
        self.used: set[tuple] = set()
        self.turn = 0

    def take(self, day: date, things: list):
        """The next that is free on that day."""
        self.turn += 1
        for step in range(len(things)):
            found = things[(self.turn + step) % len(things)]
            key = (type(found).__name__, found.pk, day)
            if key not in self.used:
                self.used.add(key)
                return found
        return None


def build(today: date) -> bool:
    everything = list(CoursePage.objects.live().order_by("code"))
    courses = _taught(everything, today)
    if CourseSession.objects.exists() or len(courses) < 3:
        return False
    year, diary = programme.year_of(today), Diary()
    planned_on = date(year, 2, 2)
    programme.set_up(
        year, review_due=date(year + 1, 1, 31), words=WORDS, actor=login(OFFICER), now=at_ten(planned_on)
    )
    _special(courses, diary, planned_on, today)
    for number, day in enumerate(_days(year)):
        course = courses[number % (len(courses) - 1)]
        _session(course, [day], diary, planned_on, today, capacity=SIZES[number % 4], online=number % 9 == 4)
    for course in everything:
        if course != courses[-1]:
            programme.put_on(course, first_year=year, actor=login(OFFICER), now=at_ten(planned_on))
    _emerging(courses[-1], diary, year, today)
    _leaving(next(row for row in everything if row.code == "INC1"), year, today)
    in_kind.credit(today)
    pool.away("Priya Sandhu", today)
    return True


def _taught(courses, today: date) -> list:
    """Those that are taught on dates and may be booked; the others stand on the programme without one."""
    shut = clearances.closed([course.pk for course in courses], today)
    return [row for row in courses if row.delivery != Delivery.E_LEARNING and row.pk not in shut]


WORDS = (
    "Safeguarding across the partnership: level 3 for all who work mainly with children, and what this year's reviews "
    "asked for."
)


def _days(year: int) -> list[date]:
    """Working days from April to March, three or four a month."""
    found = []
    for month in range(12):
        first = date(year + (month + 3) // 12, (month + 3) % 12 + 1, 1)
        for slot in SLOTS[month % 2 :]:
            day = _working(first + timedelta(days=slot - 1))
            if programme.year_of(day) == year:
                found.append(day)
    return found


def _working(day: date) -> date:
    while not is_working_day(day, (), conf.nation()):
        day += timedelta(days=1)
    return day


def _session(
    course,
    days,
    diary,
    planned_on,
    today,
    *,
    capacity=20,
    online=False,
    hours=(time(9, 30), time(16, 30)),
    **more,
):
    """Planned on that day; open for booking unless it lies more than four months ahead."""
    trainer = diary.take(days[0], diary.trainers)
    room = None if online else diary.take(days[0], diary.rooms)
    for day in days[1:]:
        diary.used |= {(type(each).__name__, each.pk, day) for each in (trainer, room) if each}
    rows = [_day(day, WHOLE_DAY, room, trainer) for day in days]
    if online:
        more["online_link"] = f"https://meet.example.org/training-{days[0]:%Y%m%d}"
    else:
        capacity = min(capacity, room.seats) if room else capacity
    officer = login(OFFICER)
    more = {"host": Agency.objects.get(kind="host"), "closes_at": None, **more}
    session = scheduling.schedule(
        course, days=rows, capacity=capacity, actor=officer, now=at_ten(planned_on), **more
    )
    if days[0] < today + timedelta(days=120):
        scheduling.open_booking(session, actor=officer, now=at_ten(planned_on + timedelta(days=1)))
    return session


def _day(day: date, hours, room, trainer) -> Day:
    first, last = hours
    return Day(moment(day, first), moment(day, last), room, (), (trainer,) if trainer else ())


def _special(courses, diary, planned_on, today) -> None:
    """This week, over two days, held by two agencies, too few people, cancelled, moved."""
    monday = today - timedelta(days=today.weekday())
    now = {"actor": login(OFFICER), "now": at_ten(today - timedelta(days=6))}
    _session(courses[0], [weekday_after(today)], diary, planned_on, today)
    _session(courses[1], [monday + timedelta(days=2), monday + timedelta(days=3)], diary, planned_on, today)
    police = Agency.objects.get(slug="dale-police")
    shared = _working(today + timedelta(days=24))
    _session(courses[2], [shared], diary, planned_on, today, partners=[police])
    two = [_working(today + timedelta(days=33)), _working(today + timedelta(days=40))]
    _session(courses[0], two, diary, planned_on, today, capacity=16)
    few = _working(today + timedelta(days=15))
    _session(courses[1], [few], diary, planned_on, today, minimum=8, decide_days=8)
    off = _session(courses[2], [_working(today + timedelta(days=19))], diary, planned_on, today)
    cancelling.cancel_session(off, reason="The speaker is ill. Another date follows.", **now)
    moved = _session(courses[0], [_working(today + timedelta(days=12))], diary, planned_on, today)
    new = _working(today + timedelta(days=27))
    room, trainer = diary.take(new, diary.rooms), diary.take(new, diary.trainers)
    moving.move_session(moved, days=[_day(new, (time(13), time(16, 30)), room, trainer)], **now)


def _leaving(course, year, today) -> None:
    """Taken off the programme, and off the offer from a later day."""
    now = {"actor": login(OFFICER), "now": at_ten(today - timedelta(days=3))}
    reason = "The incident system is replaced; a course about the new one follows."
    programme.take_off(course, first_year=year, reason=reason, **now)
    offer.take_off(course, reason=reason, from_on=today + timedelta(days=60), **now)


def _emerging(course, diary, year, today) -> None:
    """Put on the programme after 1 April, because a need emerged."""
    if today <= programme.begins(year) + timedelta(days=1):
        return
    added_on = max(programme.begins(year) + timedelta(days=1), today - timedelta(days=30))
    day = _working(today + timedelta(days=45))
    if programme.year_of(day) == year:
        _session(course, [day], diary, added_on, today, need=NEED, capacity=24)
    else:
        programme.put_on(course, first_year=year, actor=login(OFFICER), now=at_ten(added_on), need=NEED)
