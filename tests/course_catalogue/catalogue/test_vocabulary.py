import json
import os
from pathlib import Path

import pytest

from course_catalogue.enums import Delivery, GroupTag, PrioritySource
from course_catalogue.models import AudienceGroup, Framework, Level, OpportunityKind, Subject

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
SEEDS = Path(os.environ.get("ASSURANCE_SEEDS", ROOT.parent / "shared" / "seeds"))
EXPECTED = SEEDS / "expected.json"


def test_kinds_of_opportunities_are_fourteen_with_their_levels():
    kinds = OpportunityKind.objects.filter(event=False)

    assert kinds.count() == 14
    assert {kind.key: list(kind.levels) for kind in kinds if kind.levels} == {
        "induction": [1],
        "basic-skills": [2, 3],
        "specialist-skills": [4],
        "professional-updates": [5, 6],
    }


@pytest.mark.skipif(not EXPECTED.exists(), reason="the list of the source stands outside the project")
def test_kinds_of_opportunities_are_as_many_as_the_source_lists():
    listed = json.loads(EXPECTED.read_text())["opportunity_kinds"]

    assert OpportunityKind.objects.filter(event=False).count() == len(listed)
    assert not set(OpportunityKind.objects.values_list("name", flat=True)) & set(listed)


def test_kinds_of_events_are_supervision_and_network_meeting():
    kinds = OpportunityKind.objects.filter(event=True)

    assert [kind.key for kind in kinds] == ["supervision", "network-meeting"]


def test_subjects_hold_the_seven_specialist_topics_and_it_skills():
    assert Subject.objects.filter(specialist=True).count() == 7
    assert Subject.objects.filter(key=Subject.IT_SKILLS).exists()


def test_audience_groups_hold_tags_for_managers_and_commissioners():
    tagged = AudienceGroup.objects.exclude(tag="")

    assert set(tagged.values_list("tag", flat=True)) == set(GroupTag.values)
    assert AudienceGroup.objects.filter(tag="").count() == 8


def test_levels_belong_to_an_edition():
    levels = {row.edition: row.levels.count() for row in Framework.objects.all()}

    assert levels == {2006: 6, 2019: 5}
    assert str(Level.objects.get(framework__edition=2019, number=3)) == "Level 3, 2019 edition"


def test_delivery_and_sources_of_priorities_are_seven_each():
    assert len(Delivery) == 7
    assert len(PrioritySource) == 7
