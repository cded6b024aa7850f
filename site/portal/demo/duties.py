"""Builds what duties need beside the texts: a local name, and a job role whose last holder has gone elsewhere."""

from datetime import timedelta

from kernel.organisation import services
from kernel.organisation.models import JobRole
from policy_pages.duties import local, telling
from policy_pages.models import LocalRole
from portal.demo.days import lived_on, months_ago
from portal.demo.organisation import person
from portal.demo.steps import AUTHOR, login


def build(today) -> bool:
    """True if it built anything; what the organisation has said already is left as it is."""
    if LocalRole.objects.exists():
        return False
    words = {"local_name": "Infection control nurses, Moor House", "actor": login(AUTHOR), "today": today}
    local.name_role("infection-prevention-team", **words)
    _vacated(today)
    return True


def _vacated(today) -> None:
    """Ingrid Solberg looked after the washers until ten days ago; the owner of the text was told the day after."""
    last = today - timedelta(days=10)
    was = person("Ingrid Solberg")
    role = JobRole.objects.get(code="decontamination-lead")
    team = was.posts.get().team
    since = months_ago(today, 30, 1)
    services.add_post(was, actor=None, team=team, job_role=role, from_on=since, until_on=last)
    with lived_on(last + timedelta(days=1)) as day:
        telling.tell_owners(day)
