"""Who sees whose reading: a line manager the own line, an owner the own policy, an author numbers alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.outbox.models import OutboxMail
from policy_pages.models import ReadingRule
from policy_pages.readers.acknowledging import acknowledge
from tests.factories.organisation import make_person, make_role_holder, make_staff_group
from tests.factories.reading import make_essential, make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_essential(today=timezone.localdate() - timedelta(days=40))


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_manager_sees_the_own_line_alone(version, sign_in):
    manager, other = make_person(user=True), make_person(user=True)
    mine, theirs = make_reader(manager=manager), make_reader(manager=other)

    page = words(sign_in(manager.user).get("/my-team/reading/"))

    assert mine.name in page
    assert theirs.name not in page
    assert "0 of 1 people have read all that they are asked to." in page
    assert "1 late; read 0 of 1" in page
    assert "My team" in words(sign_in(manager.user).get("/desk/"))


def test_whoever_manages_nobody_has_no_team(version, sign_in):
    client = sign_in(make_reader().user)

    assert client.get("/my-team/reading/").status_code == 404
    assert client.post("/my-team/reading/").status_code == 404
    assert "/my-team/reading/" not in words(client.get("/desk/"))


def test_one_press_reminds_and_the_next_says_so(version, sign_in):
    manager = make_person(user=True)
    make_reader(manager=manager)
    client = sign_in(manager.user)

    assert "1 person has been reminded." in words(client.post("/my-team/reading/", follow=True))
    again = words(client.post("/my-team/reading/", follow=True))

    assert "was reminded today" in again
    assert OutboxMail.objects.filter(kind="policies.to_read").count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_team_takes_a_fixed_number_of_queries(
    kept_as_served, size, sign_in, django_assert_max_num_queries
):
    manager = make_person(user=True)
    for _number in range(size):
        make_essential(today=timezone.localdate())
        make_reader(manager=manager)
    client = sign_in(manager.user)
    client.get("/my-team/reading/")

    with django_assert_max_num_queries(14):
        client.get("/my-team/reading/")


def test_the_owner_sees_names_and_an_author_sees_numbers(version, sign_in):
    reader = make_reader()
    page = f"/policy/{version.policy_id}/readers/"
    author = make_role_holder("author")

    owner_sees = words(sign_in(version.policy.policy_owner.user).get(page))
    assert "0 of 1 people have read what version 1.0 asks of them." in owner_sees
    assert reader.name in owner_sees
    for export in ("csv", "xlsx"):
        assert sign_in(version.policy.policy_owner.user).get(f"{page}?export={export}").status_code == 200
    assert sign_in(make_reader().user).get(page).status_code == 404
    answer = sign_in(author).get(page)
    if answer.status_code == 200:
        assert reader.name not in words(answer)
        assert sign_in(author).get(f"{page}?export=csv").status_code == 404


def test_the_spreadsheet_says_who_has_read_and_how(version, sign_in):
    reader, late = make_reader(), make_reader()
    acknowledge(version, actor=reader.user, today=timezone.localdate())

    client = sign_in(version.policy.policy_owner.user)
    answer = client.get(f"/policy/{version.policy_id}/readers/?export=csv")
    sheet = b"".join(answer.streaming_content).decode()

    assert f"{reader.name}," in sheet
    assert ",own sign-in" in sheet
    assert f"{late.name}," in sheet
    assert ",late," in sheet


def test_an_owner_adds_and_ends_a_rule(version, sign_in):
    client, group = sign_in(version.policy.policy_owner.user), make_staff_group(name="Nurses")
    page = f"/policy/{version.policy_id}/readers/"
    given = {"essential": "yes", "staff_group": group.pk, "days": "14", "joiner_days": "21"}

    assert "Nurses" in words(client.post(f"{page}add/", given, follow=True))
    assert "have a rule already" in words(client.post(f"{page}add/", given))
    rule = ReadingRule.objects.get(staff_group=group)
    assert (rule.days, rule.joiner_days, rule.from_on) == (14, 21, timezone.localdate())

    assert "The rule ends today." in words(client.post(page, {"rule": rule.pk}, follow=True))
    rule.refresh_from_db()
    assert rule.until_on == timezone.localdate()
    assert sign_in(make_reader().user).post(page, {"rule": rule.pk}).status_code == 404
