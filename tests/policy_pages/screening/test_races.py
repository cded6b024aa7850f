"""Two reviewers press at the same moment, or two leads: one record of each, and the other is told."""

import pytest

from policy_pages.models import FullAssessment, Screening
from tests.factories import policies as make
from tests.factories import screenings
from tests.factories.organisation import make_person, make_role_holder
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
RACE = """
from datetime import date
from django.core.exceptions import PermissionDenied, ValidationError
from kernel.accounts.models import User
from policy_pages.models import PolicyPage, ScreeningKind
from policy_pages.screening import services
from policy_pages.screening.entry import Entry
page = PolicyPage.objects.get(pk=int(os.environ["POLICY"]))
kind = ScreeningKind.objects.get(slug="equality")
words = {"kind": kind, "actor": User.objects.get(pk=int(os.environ["ACTOR"])), "today": date(2026, 11, 23)}
answers = {row.pk: ("no impact", "") for row in kind.rows.all()}
entry = Entry(reviewer_name="A", reviewer_role="B", assessed_on=date(2026, 11, 1), answers=answers)
findings = services.Findings(mitigations="a", consultation="b", decision="go on", reason="c")
digest = page.get_latest_revision_as_object().text_digest()
together()
try:
    if os.environ["ACT"] == "record":
        services.record_screening(page, entry=entry, after=0, **words)
    else:
        services.conclude_full(page, findings=findings, after=1, text_sha256=digest, **words)
    print("done")
except (PermissionDenied, ValidationError) as refusal:
    print("refused")
"""


def race(act, policy, actors):
    return sorted(at_once(RACE, *({"ACTOR": actor.pk} for actor in actors), ACT=act, POLICY=policy.pk))


def test_two_reviewers_record_at_once():
    screenings.make_kind()
    policy = make.make_policy()
    deputy = make_person(user=True)
    make.edit(policy, owner_deputy=deputy)

    assert race("record", policy, [policy.policy_owner.user, deputy.user]) == ["done", "refused"]
    assert (Screening.objects.count(), Screening.objects.get().answers.count()) == (1, 11)


def test_two_leads_decide_at_once():
    policy = make.make_policy()
    screenings.record(policy, screenings.make_kind(), negative=["Age"])
    leads = [make_role_holder("equality-lead"), make_role_holder("equality-lead")]

    assert race("conclude", policy, leads) == ["done", "refused"]
    assert FullAssessment.objects.count() == 1
