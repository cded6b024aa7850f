"""Certificates: by rule, once, held back by other apps, withdrawn and never edited."""

import re

import pytest
from django.db import transaction

from course_catalogue.models import Certificate
from course_catalogue.register import certificates, holds
from tests.factories.organisation import make_person
from tests.factories.register import at, close_all, make_register, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(monkeypatch):
    """Registers a hold that answers as it is told; gone after the test."""
    monkeypatch.setattr(holds, "HOLDS", {})

    def hold(answer):
        holds.register_hold("suite", answer)

    return hold


def test_a_code_cannot_be_guessed_and_has_no_signs_that_look_alike():
    codes = {certificates.new_code() for _number in range(500)}

    assert len(codes) == 500
    assert all(re.fullmatch("[2-9A-HJ-KMNP-TV-Z]{4}-[2-9A-HJ-KMNP-TV-Z]{4}", code) for code in codes)


def test_it_keeps_the_words_of_its_day():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer)
    row = Certificate.objects.get(person=ann.person)
    course = day.session.course
    title = course.title

    course.title, ann.person.name = "Another title", "Another Name"
    course.save()
    ann.person.save()

    row.refresh_from_db()
    assert (row.course_title, row.minutes, row.issued_at) == (title, 420, day.ends_at)
    assert row.name != "Another Name"


def test_nothing_is_issued_before_the_register_is_closed():
    day, (ann, bob), officer = make_register()
    for booking in (ann, bob):
        mark(day, booking, actor=officer)

    assert certificates.issue_due(day.session, now=day.ends_at) == []


def test_issued_again_is_nothing():
    day, _bookings, officer = make_register()
    close_all(day.session, actor=officer)

    assert certificates.issue_due(day.session, now=at(18)) == []
    assert Certificate.objects.count() == 2


def test_another_app_holds_one_back_and_lets_it_go(holding):
    day, (ann, bob), officer = make_register()
    owed = {ann.person_id: ["the evaluation is owed"]}
    holding(lambda session, people, today: owed)
    close_all(day.session, actor=officer)
    before = [row.person_id for row in certificates.valid()]

    owed.clear()
    done = certificates.issue_due(day.session, now=at(9, day=8))

    assert before == [bob.person_id]
    assert [row.person_id for row in done] == [ann.person_id]


def test_a_hold_that_raises_keeps_all_back(holding):
    day, _bookings, officer = make_register()

    def broken(session, people, today):
        raise RuntimeError

    holding(broken)
    close_all(day.session, actor=officer)

    assert not Certificate.objects.exists()


def test_two_holds_do_not_share_a_name(holding):
    holding(lambda session, people, today: {})

    with pytest.raises(ValueError, match="two holds"):
        holding(lambda session, people, today: {})


def test_withdrawn_once_and_says_why():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer)
    row = Certificate.objects.get(person=ann.person)

    first = certificates.revoke(row, reason="entered twice", actor=officer, now=at(9, day=8))
    again = certificates.revoke(row, reason="other", actor=officer, now=at(10, day=8))

    assert (again.pk, again.reason) == (first.pk, "entered twice")
    assert certificates.of(ann.person).get().revocation.reason == "entered twice"


def test_mine_are_mine():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer)

    assert [row.person_id for row in certificates.of(ann.person)] == [ann.person_id]
    assert list(certificates.of(make_person())) == []


def test_the_database_changes_no_certificate():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer)
    row = Certificate.objects.get(person=ann.person)

    for change in (lambda: Certificate.objects.filter(pk=row.pk).update(minutes=1), row.delete):
        with pytest.raises(Exception, match="added and never changed"), transaction.atomic():
            change()
