"""Who must know which policy, and who said that they have read it: in time, on paper, late, not yet."""

from datetime import date, timedelta

from kernel.organisation.models import Agency, StaffGroup
from policy_pages.models import PolicyPage, ReadingQuestion, ReadingRule
from policy_pages.readers import acknowledging, rules
from portal.demo import plans
from portal.demo.days import lived_on, weekday_after
from portal.demo.organisation import person
from portal.demo.steps import login

# Of the reader and her ward somebody is always left.
INFECTION = ("Beatrice Adeyemi", "Siobhan Keane", "Rhiannon Bell")
SAFEGUARDING = (*INFECTION, "Hollie Marsden", "Farah Qureshi")
PLACE = "Blue folder, ward office, Heron Ward"


def build(today: date) -> bool:
    if ReadingRule.objects.exists():
        return False
    _safeguarding(today)
    _infection(today)
    _records(today)
    return True


def _versions(plan) -> list:
    """The issued versions of a policy, oldest first."""
    return list(PolicyPage.objects.get(reference=plan.reference).versions.order_by("major", "minor"))


def _rule(version, day: date, **words) -> None:
    owner = version.policy.policy_owner.user
    rules.add_rule(version.policy, actor=owner, today=day, **words)


def _read(version, names, day: date, answers=None) -> None:
    for number, name in enumerate(names):
        when = weekday_after(day + timedelta(days=2 * number))
        with lived_on(when):
            acknowledging.acknowledge(version, actor=login(name), today=when, answers=answers)


def _paper(version, name: str, manager: str, day: date, today: date) -> None:
    with lived_on(today):
        acknowledging.record_on_paper(
            person(name), version=version, read_on=day, where=PLACE, actor=login(manager), today=today
        )


def _safeguarding(today) -> None:
    """Essential for nurses, for information for everybody; what was read of 1.0 carries over to 1.1."""
    first, _second = _versions(plans.SAFEGUARDING)
    group = StaffGroup.objects.get(name="Registered nurses")
    _rule(first, first.in_force_from, staff_group=group)
    host = Agency.objects.get(kind="host")
    _rule(first, first.in_force_from, agency=host, essential=False)
    _read(first, SAFEGUARDING, first.in_force_from + timedelta(days=1))


def _infection(today) -> None:
    """Read before it became stronger; since then the ward manager has, one on paper, and the reader is late."""
    first, second = _versions(plans.INFECTION)
    group = StaffGroup.objects.get(name="Registered nurses")
    _rule(first, first.in_force_from, staff_group=group)
    _read(first, ("Hollie Marsden", *INFECTION), first.in_force_from + timedelta(days=3))
    _read(second, INFECTION, second.in_force_from + timedelta(days=4))
    day = weekday_after(second.in_force_from + timedelta(days=9))
    _paper(second, "Kwame Boateng", "Siobhan Keane", day, weekday_after(day + timedelta(days=1)))


def _records(today) -> None:
    """Asked since last week, with a question about it."""
    version = _versions(plans.RECORDS)[0]
    clause = next(block for block in version.content["blocks"] if "delete an entry" in block.get("text", ""))
    ReadingQuestion.objects.create(
        version=version,
        number=1,
        question="You find a wrong entry of your own in a record. What do you do?",
        answers=["Delete it", "Strike it through, say why and leave it readable", "Write over it"],
        right=1,
        clause=clause["id"],
    )
    day = weekday_after(today - timedelta(days=7))
    group = StaffGroup.objects.get(name="Everybody with a patient record")
    _rule(version, day, staff_group=group, days=28, joiner_days=28)
    _read(version, ("Siobhan Keane",), day, answers={1: "1"})
