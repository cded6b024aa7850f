"""What people themselves and the public see: checking in, certificates, the check; and files and figures."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.models import Attendance, Certificate, PlatformUpload, RegisterClosing
from course_catalogue.register import certificates, checking_in, exporting, marking, past
from kernel.meetings import pdf
from tests import pdf_text
from tests.factories.catalogue import make_level
from tests.factories.courses import make_booking, make_course, make_session
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.register import at, close_all, end_day, make_administrator, make_register, make_teacher

pytestmark = pytest.mark.django_db
CHECK = "/training/certificates/check/"
NO = "No certificate has this code and name."


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def day():
    """It began a minute ago."""
    return make_session(starts=timezone.now() - timedelta(minutes=1)).days.get()


@pytest.fixture
def learner(day):
    return make_booking(session=day.session, person=make_person(user=True)).person


# --- checking in ----------------------------------------------------------------------------------------


def test_a_person_checks_in_with_one_press_and_nothing_happens_on_get(day, learner, sign_in):
    client = sign_in(learner.user)
    where, code = f"/training/check-in/{day.pk}/", checking_in.letters(day, timezone.now())

    page = words(client.get(f"{where}?code={code}"))
    before = Attendance.objects.count()
    after = words(client.post(where, {"code": code}, follow=True))

    assert f'value="{code}"' in page
    assert before == 0
    assert "You are checked in since" in after
    assert Attendance.objects.get().own


def test_wrong_letters_and_no_place_are_told_in_words(day, learner, sign_in):
    where, code = f"/training/check-in/{day.pk}/", checking_in.letters(day, timezone.now())

    assert "These letters are wrong or too old" in words(
        sign_in(learner.user).post(where, {"code": "WRONGS"})
    )
    stranger = sign_in(make_person(user=True).user)
    assert "You have no place in this session" in words(stranger.post(where, {"code": code}))
    assert not Attendance.objects.exists()


def test_a_session_that_is_not_theirs_to_know_is_not_there(sign_in):
    session = make_session(starts=timezone.now())
    session.course.live = False
    session.course.save()

    client = sign_in(make_person(user=True).user)
    assert client.get(f"/training/check-in/{session.days.get().pk}/").status_code == 404
    assert client.get("/training/check-in/999999/").status_code == 404


def test_the_wall_shows_letters_of_this_minute_for_keepers_alone(day, learner, sign_in):
    where = f"/training/register/{day.pk}/code/"
    answer = sign_in(make_teacher(day)).get(where)
    minutes = [checking_in.letters(day, timezone.now() - timedelta(minutes=late)) for late in (0, 1)]

    assert any(code in words(answer) for code in minutes)
    assert "<svg" in words(answer) and "script>" not in words(answer).split("<main")[1].split("</main")[0]
    assert 1 <= int(answer.headers["Refresh"]) <= 60
    assert sign_in(learner.user).get(where).status_code == 404


def test_the_wall_shows_no_letters_outside_the_time(sign_in):
    day = make_session(starts=timezone.now() + timedelta(hours=2)).days.get()

    page = words(sign_in(make_teacher(day)).get(f"/training/register/{day.pk}/code/"))

    assert "Check-in is open from" in page
    assert "tr-letters" not in page


def test_a_closed_register_shows_no_letters_and_no_form(day, learner, sign_in):
    wall, where = f"/training/register/{day.pk}/code/", f"/training/check-in/{day.pk}/"
    trainer = make_teacher(day)
    open_pages = [words(sign_in(trainer).get(wall)), words(sign_in(learner.user).get(where))]
    RegisterClosing.objects.create(session=day.session, day=day, by_name="Kay Holt", at=timezone.now())

    pages = [words(sign_in(trainer).get(wall)), words(sign_in(learner.user).get(where))]

    assert "tr-letters" in open_pages[0] and 'name="code"' in open_pages[1]
    assert "The register is closed." in pages[0] and "tr-letters" not in pages[0]
    assert "Kay Holt closed this register." in pages[1] and 'name="code"' not in pages[1]


@pytest.mark.parametrize(
    ("hours", "told"), [(2, "You can check in on "), (-2, "Checking in ended at ")], ids=["early", "late"]
)
def test_the_page_says_the_hours_instead_of_a_form(learner, sign_in, hours, told):
    session = make_session(starts=timezone.now() + timedelta(hours=hours))
    make_booking(session=session, person=learner)

    page = words(sign_in(learner.user).get(f"/training/check-in/{session.days.get().pk}/"))

    assert told in page
    assert 'name="code"' not in page


def test_who_has_no_place_or_a_mark_is_told_so_before_any_press(day, learner, sign_in):
    where = f"/training/check-in/{day.pk}/"
    stranger = words(sign_in(make_person(user=True).user).get(where))
    marking.mark(day, learner, "excused", actor=make_administrator(), now=timezone.now(), seen=0)
    marked = words(sign_in(learner.user).get(where))

    assert "You have no place in this session: speak to the trainer." in stranger
    assert "The trainer has marked you already: excused." in marked
    assert all('name="code"' not in page for page in (stranger, marked))


# --- certificates ---------------------------------------------------------------------------------------


@pytest.fixture
def certificate():
    session = make_session()
    person = make_person(user=True, name="Priya van der Nair")
    make_booking(session=session, person=person)
    close_all(session, actor=make_administrator())
    return Certificate.objects.get(person=person)


def ask(client, code, surname):
    return client.post(CHECK, {"code": code, "surname": surname})


@pytest.mark.parametrize("surname", ["Nair", " nair ", "van der Nair", "NAIR", "Náir"])
def test_code_and_surname_tell_everybody_that_it_is_genuine(certificate, client, surname):
    page = words(ask(client, certificate.code.lower().replace("-", " "), surname))

    assert "Genuine. Not withdrawn." in page
    assert "P. Nair," in page
    assert "6 January 2027, 7 hours" in page
    assert "Priya" not in page


def test_the_check_says_the_level_as_the_certificate_does(client):
    level = make_level(number=2)
    session = make_session(course=make_course(level=level))
    make_booking(session=session, person=make_person(name="Priya Nair"))
    close_all(session, actor=make_administrator())

    page = words(ask(client, Certificate.objects.get().code, "Nair"))

    assert f"7 hours, Level 2, {level.framework}." in page


@pytest.mark.parametrize("surname", ["", "air", "Priya", "van der", "Priya van der Nair", "Smith"])
def test_a_wrong_name_is_not_told_from_a_wrong_code(certificate, client, surname):
    wrong_name = ask(client, certificate.code, surname)
    wrong_code = ask(client, "AAAA-AAAA", "Nair")

    if surname:
        assert NO in words(wrong_name)
        assert NO in words(wrong_code)
        assert wrong_name.status_code == wrong_code.status_code == 200
        assert certificate.course_title not in words(wrong_name)
    else:
        assert "Enter the surname." in words(wrong_name)


def test_tries_are_braked_and_right_ones_too_for_that_while(certificate, client, settings):
    settings.TRAINING_CODE_TRIES = 3
    for _try in range(3):
        assert NO in words(ask(client, "AAAA-AAAA", "Nair"))

    answer = ask(client, certificate.code, "Nair")

    assert answer.status_code == 429
    assert "Too many tries. Wait 15 minutes" in words(answer)
    assert "Genuine" not in words(answer)
    other = client.post(CHECK, {"code": certificate.code, "surname": "Nair"}, REMOTE_ADDR="192.0.2.7")
    assert "Genuine" in words(other)


def test_a_withdrawn_one_says_so(certificate, client):
    certificates.revoke(certificate, reason="the register was corrected", actor=None, now=at(9, day=9))

    page = words(ask(client, certificate.code, "Nair"))

    assert "Withdrawn 9 January 2027: the register was corrected." in page
    assert "Genuine" not in page


def test_the_person_and_the_team_see_it_and_nobody_else(certificate, sign_in):
    where = f"/training/certificate/{certificate.code}/"

    for user in (certificate.person.user, make_administrator()):
        assert certificate.code in words(sign_in(user).get(where))
    for address in (where, where.rstrip("/") + ".pdf"):
        assert sign_in(make_person(user=True).user).get(address).status_code == 404
        assert sign_in(None).get(address).status_code == 302


@pytest.mark.skipif(bool(pdf.missing()), reason="no pango on this machine")
def test_the_pdf_is_tagged_and_names_person_and_code(certificate, sign_in):
    answer = sign_in(certificate.person.user).get(f"/training/certificate/{certificate.code}.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    plain = pdf_text.opened(answer.content)
    assert b"/StructTreeRoot" in plain and b"/Marked true" in plain and b"pdfuaid" in plain


def test_past_training_has_what_the_register_says_and_the_certificate(certificate):
    person = certificate.person
    open_session = make_session(starts=at(9, day=11))
    make_booking(session=open_session, person=person)
    make_booking(session=make_session(starts=at(9, day=25)), person=person)

    found = past.of(person, at(9, day=20).date())

    assert [(row.session.pk, row.outcome and row.outcome.mark, row.certificate) for row in found] == [
        (open_session.pk, None, None),
        (certificate.session_id, "attended", certificate),
    ]
    assert past.of(make_person(), at(9, day=20).date()) == []


@pytest.mark.parametrize("size", [1, 3])
def test_past_training_takes_a_fixed_number_of_queries(size, django_assert_num_queries):
    person = make_person()
    for number in range(size):
        session = make_session(starts=at(9, day=6 + number))
        make_booking(session=session, person=person)
        close_all(session, actor=make_administrator())

    with django_assert_num_queries(6):
        assert len(past.of(person, at(9, day=20).date())) == size


def test_past_training_is_a_page_of_ones_own(certificate, sign_in):
    gone = certificates.revoke(certificate, reason="entered twice", actor=None, now=at(9, day=9))
    certificates.issue_due(certificate.session, now=at(10, day=9))

    page = words(sign_in(certificate.person.user).get("/training/past/"))

    assert "1 certificate," in page
    assert f"Withdrawn 9 January 2027: {gone.reason}" in page
    other = words(sign_in(make_person(user=True).user).get("/training/past/"))
    assert certificate.code not in other
    assert "0 past dates, 0 certificates" in other
    assert sign_in(None).get("/training/past/").status_code == 302


# --- files and figures ----------------------------------------------------------------------------------


@pytest.fixture
def closed():
    session = make_session(starts=timezone.now() - timedelta(hours=8), hours=7)
    make_booking(session=session, person=make_person(name="=Ann Reid", staff_number="N1"))
    close_all(session, actor=make_administrator(), now=timezone.now())
    return session.days.get()


def test_the_file_is_for_the_team_and_holds_no_formula(closed, sign_in):
    where = f"/training/register/{closed.pk}/"
    client = sign_in(make_administrator())

    sheet = b"".join(client.get(f"{where}attended.csv").streaming_content).decode()

    assert "N1,'=Ann Reid," in sheet
    assert client.get(f"{where}attended.xlsx").status_code == 200
    assert client.get(f"{where}attended.exe").status_code == 404
    assert sign_in(make_teacher(closed)).get(f"{where}attended.csv").status_code == 404


def test_the_upload_is_confirmed_with_its_day(closed, sign_in):
    client, today = sign_in(make_administrator()), timezone.localdate()
    where = f"/training/register/{closed.pk}/upload/"
    day = {"uploaded_on_day": today.day, "uploaded_on_month": today.month, "uploaded_on_year": today.year}
    data = {**day, "last_mark": exporting.newest_mark(closed.session)}
    late = {**data, "uploaded_on_year": today.year + 1}

    assert "The day must be from" in words(client.post(where, late))
    assert "The register is on the learning platform" in words(client.post(where, data, follow=True))
    assert "not uploaded yet" not in words(client.get(where))
    client.post(where, data)
    assert PlatformUpload.objects.count() == 1


@pytest.mark.parametrize("role", ["training-administrator", "ld-officer", "education-officer"])
def test_figures_are_for_the_team_and_education(closed, sign_in, role):
    page = words(sign_in(make_role_holder(role)).get("/training/reports/"))

    assert "1 of 1 people who were registered attended (100%)." in page
    assert "<svg" in page
    assert closed.session.course.title in page
    assert "Ann Reid" not in page


def test_figures_are_not_there_for_others(sign_in):
    for user in (
        make_person(user=True).user,
        make_role_holder("agency-coordinator"),
        make_role_holder("author"),
    ):
        assert sign_in(user).get("/training/reports/").status_code == 404


def test_an_empty_year_is_no_data(sign_in):
    page = words(sign_in(make_administrator()).get("/training/reports/?year=1999"))

    assert "No register of this year is closed yet: there is no data." in page
    assert "no data" in page


@pytest.mark.parametrize("of", ["courses", "methods", "agencies"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_table_can_be_taken_along(closed, sign_in, of, form):
    answer = sign_in(make_administrator()).get(f"/training/reports/?of={of}&export={form}")

    assert answer.status_code == 200
    assert (
        f"training-by-{of[:-3] + 'y' if of == 'agencies' else of[:-1]}.{form}"
        in answer["Content-Disposition"]
    )


def test_figures_take_as_many_queries_for_three_sessions_as_for_one(sign_in):
    def one_more():
        day, _bookings, officer = make_register(starts=timezone.now() - timedelta(hours=8))
        end_day(day)
        close_all(day.session, actor=officer, now=timezone.now())

    counts = []
    for _number in range(3):
        one_more()
        client = sign_in(make_administrator())
        client.get("/training/reports/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/training/reports/")
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= 40
