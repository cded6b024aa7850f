"""What planning asks of a person's desk: sessions with too few people, programmes to review, trainers to observe."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.models import Programme
from course_catalogue.permissions import keeps_programme
from course_catalogue.planning import asking, deciding, observing
from kernel.content.desk import DeskRow
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation import grants, people

DECIDES, KEEPS = "training.decides", "training.keeps_programme"
# How many days before its review is due a programme stands on the desk.
REVIEW_BEFORE = 28


def decides(today: date):
    """The fact behind the rows of sessions: owns one with a minimum that nobody has said goes ahead."""
    return Exists(deciding.undecided().filter(owner__user=OuterRef("pk")))


def keeps(today: date):
    """The fact behind the rows of officers: is in their group."""
    name = grants.role_named("ld-officer").group
    return Exists(Group.objects.filter(name=name, user=OuterRef("pk")))


def sessions(user, today: date, _request=None) -> list[DeskRow]:
    """Sessions about which this person decides now: their own, and for officers those that nobody else decides."""
    now = timezone.now()
    me, officer = people.profile_of(user), keeps_programme(user, today)
    found = deciding.to_decide(now, deciding.undecided().select_related("owner__agency"))
    return [_session(row, today) for row in found if _concerns(row, me, officer, today)]


def _concerns(row, me, officer: bool, today: date) -> bool:
    if me is not None and row.owner_id == me.pk:
        return True
    return officer and me in asking.askable(row, today)


def _session(row, today: date) -> DeskRow:
    words = ngettext(
        "%(n)d person is missing of at least %(least)d on %(day)s: go or cancel.",
        "%(n)d people are missing of at least %(least)d on %(day)s: go or cancel.",
        row.short,
    )
    said = {"n": row.short, "least": row.minimum, "day": full_date(row.first_at)}
    return DeskRow(
        verb="decide",
        title=row.course.title,
        why=words % said,
        by=row.decide_on,
        url=reverse("training_session_plan", args=[row.pk]),
        button=_("Go or cancel"),
        overdue=row.decide_on < today,
    )


def programmes(user, today: date, _request=None) -> list[DeskRow]:
    """Programmes whose yearly review is due and not recorded, for those who keep them (S4-63)."""
    if not keeps_programme(user, today):
        return []
    due = Programme.objects.filter(
        reviews__isnull=True, review_due__lte=today + timedelta(days=REVIEW_BEFORE)
    )
    return [
        DeskRow(
            verb="decide",
            title=_("Training programme %(name)s") % {"name": row.name},
            why=_("Its yearly review is due."),
            by=row.review_due,
            url=reverse("training_programme_review", args=[row.first_year]),
            button=_("Record the review"),
            overdue=row.review_due < today,
        )
        for row in due.order_by("review_due")
    ]


def trainers(user, today: date, _request=None) -> list[DeskRow]:
    """Trainers whom nobody has watched within the interval of the pool's rule, for those who keep the pool (S4-62)."""
    if not keeps_programme(user, today):
        return []
    return [_trainer(row) for row in observing.not_observed(today)]


def _trainer(row) -> DeskRow:
    if row.seen.last:
        why = _("Last observed on %(day)s.") % {"day": full_date(row.seen.last)}
    else:
        why = _("Has taught and was never observed.")
    return DeskRow(
        verb="write",
        title=_("Trainer %(name)s: watch a session") % {"name": row.person.name},
        why=why,
        by=row.seen.due,
        url=reverse("training_trainer_record", args=[row.pk, "observation"]),
        button=_("Record an observation"),
        overdue=True,
    )


PARTS = (((DECIDES, KEEPS), sessions), ((KEEPS,), programmes), ((KEEPS,), trainers))
