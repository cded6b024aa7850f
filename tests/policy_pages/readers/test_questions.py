"""S0-03: questions are written with the draft, belong to the version issued from it, and stay as they were then."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from policy_pages.models import DraftQuestion, ReadingQuestion
from policy_pages.readers import calls, questions
from policy_pages.readers.acknowledging import acknowledge
from tests.factories import policies as make
from tests.factories.organisation import make_person
from tests.factories.reading import make_reader, make_rule

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 11, 2), date(2026, 11, 3)


@pytest.fixture
def policy():
    return make.make_policy(
        body=[make.clause("Staff must tell the named nurse."), make.clause("Keep a copy.")]
    )


def clause_of(policy, place=0) -> str:
    return questions.clauses(policy)[place][0]


def write(policy, number=1, *, actor=None, **values):
    words = {"question": "Whom do you tell?", "answers": ["Nobody", "The named nurse"], "right": 1}
    words |= {"clause": values.pop("clause", None) or clause_of(policy)}
    actor = actor or policy.policy_owner.user
    return questions.write(policy, number=number, actor=actor, today=DAY, **{**words, **values})


def of(version) -> list:
    return list(version.reading_questions.values_list("number", "question", "answers", "right"))


def test_the_version_that_is_issued_has_the_questions_of_its_draft_and_keeps_them(policy):
    write(policy)
    first = make.issue(policy, today=DAY)
    write(policy, question="Who is told?")
    write(policy, 2, question="What is kept?", answers=["Nothing", "A copy"], clause=clause_of(policy, 1))
    kind, value = make.clause("Lock it.")
    make.edit(policy, body=[*policy.body.raw_data, {"type": kind, "value": value}])

    assert of(first) == [(1, "Whom do you tell?", ["Nobody", "The named nurse"], 1)]
    second = make.issue(policy, today=NEXT, change_note="Lock.")
    assert [row[:2] for row in of(second)] == [(1, "Who is told?"), (2, "What is kept?")]
    assert [row[:2] for row in of(first)] == [(1, "Whom do you tell?")]


def test_a_reader_answers_before_it_is_confirmed(policy):
    write(policy)
    version, reader = make.issue(policy, today=DAY), make_reader()
    make_rule(policy)

    with pytest.raises(ValidationError) as refusal:
        acknowledge(version, actor=reader.user, today=NEXT, answers={1: "0"})
    assert list(refusal.value.message_dict) == ["question_1"]
    done = acknowledge(version, actor=reader.user, today=NEXT, answers={1: "1"})

    assert done.acknowledgement.answered_on == NEXT


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"question": " "}, "question"),
        ({"answers": ["One"]}, "answers"),
        ({"answers": ["One", "", "Two"]}, "answers"),
        ({"answers": ["One", "one"]}, "answers"),
        ({"answers": list("abcde")}, "answers"),
        ({"right": 2}, "right"),
        ({"right": -1}, "right"),
        ({"clause": "elsewhere"}, "clause"),
    ],
)
def test_a_question_that_is_not_whole_is_refused_at_its_field(policy, values, where):
    with pytest.raises(ValidationError) as refusal:
        write(policy, **values)

    assert where in refusal.value.message_dict
    assert not DraftQuestion.objects.exists()


def test_there_are_at_most_five_one_after_the_other(policy):
    with pytest.raises(ValidationError):
        write(policy, 2)
    for number in range(1, 6):
        write(policy, number)
    with pytest.raises(ValidationError):
        write(policy, 6)

    second = policy.draft_questions.get(number=2).pk
    questions.drop(policy, pk=second, actor=policy.policy_owner.user, today=DAY)
    with pytest.raises(ValidationError, match="not there any more"):
        questions.drop(policy, pk=second, actor=policy.policy_owner.user, today=DAY)

    assert list(policy.draft_questions.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_nobody_else_writes_and_nothing_changes_while_a_text_waits(policy):
    with pytest.raises(PermissionDenied):
        write(policy, actor=make_person(user=True).user)
    write(policy)
    make.submit(policy, today=DAY)

    with pytest.raises(ValidationError, match="waits for a decision"):
        write(policy, question="Another?")
    with pytest.raises(ValidationError, match="waits for a decision"):
        questions.drop(policy, pk=policy.draft_questions.get().pk, actor=policy.policy_owner.user, today=DAY)

    assert policy.draft_questions.get().question == "Whom do you tell?"


def test_a_question_whose_clause_is_gone_stops_the_submission(policy):
    write(policy)
    make.edit(policy, body=[make.clause("Something else.")])

    with pytest.raises(ValidationError, match="Question 1 to readers names a clause"):
        calls.submit(policy, actor=policy.policy_owner.user, today=DAY, change_note="x", significance="major")

    assert policy.open_submission is None


def test_the_database_keeps_what_a_version_asked(policy):
    write(policy)
    version = make.issue(policy, today=DAY)

    for act in (
        lambda: version.reading_questions.update(right=0),
        lambda: ReadingQuestion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert of(version) == [(1, "Whom do you tell?", ["Nobody", "The named nurse"], 1)]


def typed(policy, **values):
    words = {"question": "Whom do you tell?", "answer_1": "Nobody", "answer_2": "The nurse", "answer_3": ""}
    return {**words, "answer_4": "", "right": "1", "clause": clause_of(policy), **values}


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_owner_writes_changes_and_takes_away_on_the_screen(policy, sign_in):
    client, place = sign_in(policy.policy_owner.user), f"/policy/{policy.pk}/questions/"
    assert place in words_of(client.get(f"/policy/{policy.pk}/draft/"))
    assert "are asked nothing beside" in words_of(client.get(place))

    gap = client.post(f"{place}1/", typed(policy, answer_2="", answer_3="The nurse"))
    assert "Enter answer 2." in words_of(gap)
    assert client.post(f"{place}1/", typed(policy))["Location"] == place
    assert "Whom do you tell?" in words_of(client.get(f"{place}1/"))
    client.post(f"{place}1/", typed(policy, question="Who is told?"))
    assert "1. Who is told?" in words_of(client.get(place))
    assert client.get(f"{place}3/").status_code == 404

    pressed = {"drop": policy.draft_questions.get().pk}
    assert "Taken away." in words_of(client.post(place, pressed, follow=True))
    assert "is not there any more" in words_of(client.post(place, pressed, follow=True))
    assert not policy.draft_questions.exists()


def test_whoever_may_not_submit_has_no_such_page(policy, sign_in):
    approver = make.members_of(policy.approving_body)[0]
    make.submit(policy, today=DAY)

    statuses = [
        sign_in(user).get(f"/policy/{policy.pk}/questions/{more}").status_code
        for user in (approver, make_person(user=True).user)
        for more in ("", "1/")
    ]

    assert statuses == [404] * 4
