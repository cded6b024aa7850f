"""What is written at once says the same as what the library writes by itself."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from course_catalogue.feeds.writing import written
from course_catalogue.feeds.zone import LONDON

FACTS = {
    "SUMMARY": "Safeguarding; children, \\ level 3",
    "DTSTART": datetime(2027, 7, 6, 9, 30, tzinfo=LONDON),
    "DTEND": datetime(2027, 7, 6, 16, 30, tzinfo=LONDON),
    "DTSTAMP": datetime(2027, 7, 1, 9, 30, 59, tzinfo=LONDON),
    "UID": "a-1",
    "SEQUENCE": 3,
    "DESCRIPTION": "Ann: booked\nDan; Fox, “Plant Tŷ Gwyn”: booked",
    "LAST-MODIFIED": datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
    "LOCATION": "",
    "STATUS": "CONFIRMED",
    "TRANSP": "OPAQUE",
    "URL": "http://localhost:8000/training/session/1/?a=b,c;d",
}


def by_the_library(*events: dict) -> bytes:
    made = Calendar()
    for facts in events:
        event = Event()
        for name, value in facts.items():
            event.add(name, value)
        made.add_component(event)
    return made.to_ical()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_number_of_events_is_written_as_the_library_does(number):
    events = [FACTS, FACTS | {"UID": "a-2", "SEQUENCE": 0}][:number]

    assert written(Calendar(), events) == by_the_library(*events)


@pytest.mark.parametrize("length", range(60, 80))
@pytest.mark.parametrize("sign", ["x", "ŷ", ",", "\\", "\n", "^"])
def test_lines_of_every_length_are_folded_as_the_library_does(length, sign):
    facts = FACTS | {"SUMMARY": "x" * (length - 10) + sign * 3 + "x" * 90, "LOCATION": "y" * (length - 9)}

    assert written(Calendar(), [facts]) == by_the_library(facts)


def test_what_has_odd_words_alone_begins_no_line_of_its_own():
    content = written(Calendar(), [FACTS | {"SUMMARY": "One\r\nBEGIN:VEVENT\rTwo\nThree"}])

    assert [line for line in content.split(b"\r\n") if line.startswith(b"BEGIN:VEVENT")] == [b"BEGIN:VEVENT"]
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
