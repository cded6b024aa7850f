"""What reading asks of whoever sends a request: asked once, for the desk and for the page of a policy together."""

from datetime import date

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.accounts.facts import facts_of
from kernel.content.desk import DeskRow, Section
from kernel.organisation import people
from kernel.organisation.asking import asking
from kernel.organisation.models import Post
from kernel.organisation.models.dated import in_force
from policy_pages.readers.asked import Asked, about, of_reader
from policy_pages.readers.asked_sql import MATCHES

ASKED, LEADS = "policies.asked", "policies.leads"
NONE: tuple[Asked, ...] = ()


def is_asked(today: date) -> RawSQL:
    """The fact that a rule names one of the login's posts. Whoever no rule names costs no query."""
    login = get_user_model()._meta.db_table
    sql = f"""EXISTS (SELECT 1 FROM policy_pages_readingrule r
        LEFT JOIN kernel_organisation_team rt ON rt.id = r.team_id
        JOIN (SELECT p.job_role_id, t.path, s.agency_id, s.kind FROM kernel_organisation_post p
            JOIN kernel_organisation_staffprofile s ON s.id = p.person_id
            JOIN kernel_organisation_team t ON t.id = p.team_id
            WHERE s.user_id = "{login}"."id" AND p.from_on <= %s AND (p.until_on IS NULL OR p.until_on >= %s)) h
        ON {MATCHES.format(path="rt.path")} WHERE r.from_on <= %s AND (r.until_on IS NULL OR r.until_on >= %s))"""
    day = connection.ops.adapt_datefield_value(today)
    return RawSQL(sql, [day] * 4, output_field=BooleanField())


def leads(today: date):
    """The fact that somebody's post names the login as line manager today."""
    return Exists(Post.objects.filter(in_force(today), manager__user_id=OuterRef("pk")))


def of_request(request, today, policy_id: int = 0) -> tuple[Asked, ...]:
    """All that the person has to read, and whatever is asked of them about ``policy_id``; asked once a request."""
    if not hasattr(request, "asked_to_read"):
        who = asking(request, today)
        concerned = who.here and facts_of(request, today).get(ASKED)
        rows = of_reader(who.person_id, today, policy_id=policy_id) if concerned else NONE
        request.asked_to_read = tuple(rows)
    return request.asked_to_read


def about_policy(request, today, policy_id: int) -> Asked | None:
    rows = of_request(request, today, policy_id)
    return next((row for row in rows if row.policy_id == policy_id), None)


def about_each(request, today, policies) -> dict[int, Asked]:
    """For a list of policies; one query for whom reading concerns at all."""
    who = asking(request, today)
    if not (policies and who.here and facts_of(request, today).get(ASKED)):
        return {}
    return about(who.person_id, today, policies)


def my_team() -> Section:
    return Section(key="my_team", label=_("My team"), url=reverse("team_reading"))


def desk(user, today, request=None) -> list[DeskRow]:
    """What this person has to read."""
    if request is not None:
        rows = of_request(request, today)
    else:
        person = people.profile_of(user)
        rows = of_reader(person.pk, today) if person is not None and person.is_here(today) else NONE
    return [_desk_row(row, today) for row in rows if row.to_read]


def _desk_row(row: Asked, today) -> DeskRow:
    why = _("Essential for you.")
    if row.read:
        why = _("You read %(read)s; %(number)s asks something else of you.") % {
            "read": row.read,
            "number": row.number,
        }
    return DeskRow(
        verb="read",
        title=_("%(title)s, version %(number)s") % {"title": row.title, "number": row.number},
        why=why,
        by=row.due,
        url=reverse("policy_short", args=[row.reference]),
        button=_("Read it"),
        overdue=row.late(today),
    )
