import pytest
from django.core.exceptions import ValidationError

from policy_pages.freezing import freeze
from policy_pages.screening.enums import GateState
from policy_pages.screening.gates import gates_of
from tests.factories import policies as make
from tests.factories import screenings

pytestmark = pytest.mark.django_db
NOT_YET = "Equality impact: not recorded yet."


def states(page) -> list[tuple[str, str]]:
    draft = page.get_latest_revision_as_object()
    return [(gate.kind.slug, gate.state) for gate in gates_of(draft, freeze(draft).content)]


def test_a_type_without_a_template_asks_for_nothing():
    screenings.require(screenings.make_kind(), document_type="procedure")

    assert make.make_policy().problems() == []


def test_a_policy_without_its_screening_is_not_submitted():
    screenings.require(screenings.make_kind())
    page = make.make_policy()

    with pytest.raises(ValidationError) as refusal:
        make.submit(page)

    assert refusal.value.messages == [NOT_YET]
    assert page.submissions.count() == 0


def test_a_finished_screening_opens_the_gate():
    kind = screenings.make_kind()
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)

    assert states(page) == [("equality", GateState.DONE)]
    assert make.issue(page).number == "1.0"
