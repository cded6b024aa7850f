"""The bench's people and what they read, written in bulk: rules, posts, versions, acknowledgements."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from bench import seed
from kernel.accounts.models import User
from kernel.lifecycle.models import Submission
from kernel.organisation.models import Post, StaffGroup, StaffProfile, Team
from policy_pages.models import PolicyPage, PolicyVersion, ReadingCall, ReadingRule
from tests.factories import organisation
from tests.factories import policies as make

SINCE = date(2020, 1, 1)
DAYS = {"1.0": 400, "2.0": 200, "2.1": 40}
ROLES, TEAMS, LINE, PER_GROUP = 40, 200, 10, 2


@dataclass(frozen=True)
class Size:
    part: float

    def of(self, number: int) -> int:
        return int(number * self.part)


def first() -> PolicyVersion:
    """One policy through every service, 400 days ago; the others are copies of it."""
    return make.issue(seed.draft(seed.CLAUSES), today=timezone.localdate() - timedelta(days=DAYS["1.0"]))


def people(size: Size) -> dict:
    """In teams of three levels, one line manager for ten; nine of ten have a login."""
    host = organisation.make_host()
    roles = [organisation.make_job_role() for _ in range(ROLES)]
    for place in range(0, ROLES, PER_GROUP):
        organisation.make_staff_group(name=f"Group {place:02}", roles=roles[place : place + PER_GROUP])
    teams = _teams(host)
    count = size.of(20_000)
    logins = [
        User(username=f"p{n}@bench.example", email=f"p{n}@bench.example", password="!") for n in range(count)
    ]
    logins = User.objects.bulk_create(logins, batch_size=1000)
    rows = [
        StaffProfile(name=f"Person {n:05}", agency=host, user=None if n % 10 == 9 else logins[n])
        for n in range(count)
    ]
    made = StaffProfile.objects.bulk_create(rows, batch_size=1000)
    posts = [
        Post(
            person=person,
            team=teams[n % len(teams)],
            job_role=roles[n % ROLES],
            manager=None if n % LINE == 0 else made[n - n % LINE],
            from_on=SINCE,
            primary=True,
        )
        for n, person in enumerate(made)
    ]
    Post.objects.bulk_create(posts, batch_size=1000)
    return {"manager": made[0], "reader": made[1]}


def _teams(host) -> list[Team]:
    tops = [organisation.make_team(agency=host) for _ in range(TEAMS // 20)]
    return [organisation.make_team(parent=top) for top in tops for _ in range(20)]


def policies(size: Size, like: PolicyVersion) -> None:
    """Each with 1.0, 2.0 and 2.1, of which the last changed wording only; rules for 60 and 300 of them."""
    seed.policies_up_to(size.of(2_000), like)
    ones = list(
        PolicyVersion.objects.filter(major=1).order_by("pk").only("pk", "policy_id", "title", "reference")
    )
    for number in ("2.0", "2.1"):
        _next(ones, like, number)
    rows = (
        PolicyVersion.objects.filter(minor=0)
        .exclude(pk=like.pk)
        .values_list("pk", "policy_id", "in_force_from")
    )
    calls = [
        ReadingCall(version_id=pk, policy_id=policy, first_day=day, everybody=True)
        for pk, policy, day in rows
    ]
    ReadingCall.objects.bulk_create([row for row in calls if not _called(row)], batch_size=500)
    _rules(size)


def _called(row) -> bool:
    return ReadingCall.objects.filter(version_id=row.version_id).exists()


def _next(ones, like, number: str) -> None:
    major, minor = map(int, number.split("."))
    day = timezone.localdate() - timedelta(days=DAYS[number])
    template = Submission.objects.get(pk=like.submission_id)
    rows = []
    for one in ones:
        row = Submission(
            **{f.attname: getattr(template, f.attname) for f in Submission._meta.concrete_fields}
        )
        row.pk, row.page_id, row.in_force_from, row.issued_on = None, one.policy_id, day, day
        row.ratified_on = day
        rows.append(row)
    submissions = Submission.objects.bulk_create(rows, batch_size=500)
    whole = PolicyVersion.objects.get(pk=like.pk)
    versions = []
    for one, submission in zip(ones, submissions, strict=True):
        row = PolicyVersion(
            **{f.attname: getattr(whole, f.attname) for f in PolicyVersion._meta.concrete_fields}
        )
        row.pk, row.policy_id, row.submission, row.major, row.minor = (
            None,
            one.policy_id,
            submission,
            major,
            minor,
        )
        row.title, row.reference, row.in_force_from, row.ratified_on = one.title, one.reference, day, day
        row.previous_seal = f"{one.policy_id}-{number}"
        versions.append(row)
    PolicyVersion.objects.bulk_create(versions, batch_size=100)


def _rules(size: Size) -> None:
    keys = list(PolicyPage.objects.order_by("pk").values_list("pk", flat=True))
    groups = list(StaffGroup.objects.filter(name__startswith="Group ").order_by("pk"))
    every, some = size.of(60), size.of(300)
    rows = [ReadingRule(policy_id=pk, from_on=SINCE) for pk in keys[:every]]
    rows += [
        ReadingRule(policy_id=pk, from_on=SINCE, staff_group=groups[n % len(groups)])
        for n, pk in enumerate(keys[every : every + some])
    ]
    ReadingRule.objects.bulk_create(rows)


def read(size: Size) -> None:
    """Everybody has read 2.0 of what they are asked, but one in ten, who read 1.0 only."""
    sql = """INSERT INTO policy_pages_acknowledgement
        (person_id, policy_id, version_id, text_sha256, statement, how, read_on, at, recorder_name, kept_at)
        SELECT DISTINCT p.person_id, r.policy_id,
            CASE WHEN (p.person_id * 7 + r.policy_id * 13) % 10 = 0 THEN one.id ELSE two.id END,
            two.text_sha256, 'I have read version 2.0 and know what it asks of me', 'own',
            two.in_force_from, two.issued_at, '', ''
        FROM policy_pages_readingrule r
        JOIN policy_pages_policyversion one ON one.policy_id = r.policy_id AND one.major = 1 AND one.minor = 0
        JOIN policy_pages_policyversion two ON two.policy_id = r.policy_id AND two.major = 2 AND two.minor = 0
        JOIN kernel_organisation_post p ON r.staff_group_id IS NULL OR EXISTS (
            SELECT 1 FROM kernel_organisation_staffgroup_job_roles g
            WHERE g.staffgroup_id = r.staff_group_id AND g.jobrole_id = p.job_role_id)"""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def essential() -> tuple[list[int], list[int]]:
    """Policies for everybody, and policies for one group."""
    rules = ReadingRule.objects.order_by("pk")
    return (
        list(rules.filter(staff_group=None).values_list("policy_id", flat=True)),
        list(rules.exclude(staff_group=None).values_list("policy_id", flat=True)),
    )


def others(count: int) -> list[int]:
    ruled = ReadingRule.objects.values("policy_id")
    return list(PolicyPage.objects.exclude(pk__in=ruled).order_by("pk").values_list("pk", flat=True)[:count])


def logins() -> list[int]:
    return list(StaffProfile.objects.filter(user__is_active=True).values_list("pk", flat=True))
