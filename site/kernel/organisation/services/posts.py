from datetime import date

from kernel.audit import act, record
from kernel.organisation.conflicts import check_posts
from kernel.organisation.models import Absence, AbsenceReason, JobRole, Post, StaffProfile, Team
from kernel.organisation.permissions import require_absence, require_another, require_change
from kernel.organisation.services.rows import check_and_save, lock, lock_lines


@act("organisation.add_post")
def add_post(
    person: StaffProfile,
    *,
    actor,
    team: Team,
    job_role: JobRole,
    from_on: date,
    until_on: date | None = None,
    manager: StaffProfile | None = None,
    primary: bool = False,
) -> Post:
    """Give the person a post. Refused when it closes a circle of managers on any of its days."""
    require_change(actor, "staffprofile")
    lock_lines()
    post = Post(person=lock(person), team=team, job_role=job_role, manager=manager, primary=primary)
    post.from_on, post.until_on = from_on, until_on
    check_posts([*Post.objects.filter(person=person), post])
    check_and_save(post)
    facts = {"post": post.pk, "team": team.pk, "job_role": job_role.pk, "from": from_on.isoformat()}
    record("organisation.add_post", actor=actor, target=person, facts=facts)
    return post


@act("organisation.end_post")
def end_post(post: Post, *, actor, last_day: date) -> Post:
    require_change(actor, "staffprofile")
    lock_lines()
    post = lock(post)
    post.until_on = last_day
    check_posts([*Post.objects.filter(person=post.person_id).exclude(pk=post.pk), post])
    check_and_save(post)
    record("organisation.end_post", actor=actor, target=post, facts={"last_day": last_day.isoformat()})
    return post


@act("organisation.change_manager")
def change_manager(post: Post, *, actor, manager: StaffProfile | None, today: date) -> Post:
    """From today on another manager: the old post ends yesterday, so that who managed whom stays known."""
    require_change(actor, "staffprofile")
    if manager is not None:
        require_another(actor, manager)
    lock_lines()
    post = lock(post)
    before = post.manager_id
    if post.from_on < today:
        post = _split(post, today)
    post.manager = manager
    check_and_save(post)
    facts = {"from_manager": before, "to_manager": post.manager_id}
    record("organisation.change_manager", actor=actor, target=post, facts=facts)
    return post


def _split(post: Post, today: date) -> Post:
    """End the post yesterday and return its unsaved continuation."""
    rest = Post(person=post.person, team=post.team, job_role=post.job_role, primary=post.primary)
    rest.from_on, rest.until_on = today, post.until_on
    post.until_on = date.fromordinal(today.toordinal() - 1)
    check_and_save(post)
    return rest


@act("organisation.record_absence")
def record_absence(
    person: StaffProfile,
    *,
    actor,
    from_on: date,
    until_on: date | None = None,
    reason: str = AbsenceReason.OTHER,
    today: date,
) -> Absence:
    """For HR and the line manager of today; the reason goes into its row and nowhere else."""
    require_absence(actor, person, today)
    absence = Absence(person=lock(person), from_on=from_on, until_on=until_on, reason=reason)
    check_and_save(absence)
    record("organisation.record_absence", actor=actor, target=person, facts={"absence": absence.pk})
    return absence
