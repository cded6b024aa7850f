"""Who may decide, asked in one place by services, screens and the desk. A seat is a membership used on a day."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kernel.lifecycle.enums import APPROVING, WITH_CONDITIONS, DecisionKind, SubmissionState
from kernel.lifecycle.models import ChairAction, Proposal, Submission
from kernel.organisation import people
from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership, Capacity, Delegation
from kernel.organisation.models.staff import is_here

Matter = Submission | Proposal | ChairAction
CHAIRS = (Capacity.CHAIR, Capacity.VICE_CHAIR)
HANDS = {DecisionKind.APPROVE: APPROVING, DecisionKind.SIGN: (DecisionKind.SIGN,)}
ONCE = (*APPROVING, DecisionKind.SIGN, DecisionKind.CHAIR)


@dataclass(frozen=True)
class Seat:
    """One person's place in one body on one day, used by that person or by a delegate."""

    body_id: int
    capacity: str
    person_id: int
    person_user_id: int | None
    for_name: str
    user_name: str
    chair_user_id: int | None = field(default=None, compare=False)

    @property
    def decides(self) -> bool:
        return self.capacity in DECIDING_CAPACITIES


def seats_of(user, today) -> list[Seat]:
    """Every seat that ``user`` may use on ``today``: the own ones first, then those delegated (S3-31)."""
    own = people.profile_of(user)
    if own is None or not user.is_active or not own.is_here(today):
        return []
    limits = {own.pk: {None}}
    for row in Delegation.objects.on(today).filter(delegate=own):
        limits.setdefault(row.principal_id, set()).add(row.body_id)
    rows = BodyMembership.objects.on(today).filter(is_here(today, "person__"), person_id__in=limits)
    usable = [row for row in rows.select_related("person") if {None, row.body_id} & limits[row.person_id]]
    chairs = _chairs({row.body_id for row in usable if row.capacity == Capacity.VICE_CHAIR}, today)
    return [_seat(row, own, chairs) for row in sorted(usable, key=lambda row: row.person_id != own.pk)]


def _seat(row, own, chairs) -> Seat:
    for_name = "" if row.person_id == own.pk else row.person.name
    values = (row.body_id, row.capacity, row.person_id, row.person.user_id, for_name, own.name)
    return Seat(*values, chair_user_id=chairs.get(row.body_id))


def _chairs(bodies, today) -> dict[int, int | None]:
    """The login of each body's chair, for its vice chair; no query where nobody is one."""
    if not bodies:
        return {}
    rows = BodyMembership.objects.on(today).filter(is_here(today, "person__"), body_id__in=bodies)
    return dict(rows.filter(capacity=Capacity.CHAIR).values_list("body_id", "person__user_id"))


def authors_of(matter: Matter) -> set[int]:
    """The logins that may not judge the matter: who wrote the text, who proposed, the chair who acted."""
    return matter.barred()


def seat_for(act, matter: Matter, *, user, seats, authors, decisions) -> Seat | None:
    """The seat with which ``user`` may do ``act`` now, or None. Own seats are tried before delegated ones."""
    for seat in seats:
        if seat.body_id != matter.body_id:
            continue
        if act == DecisionKind.MINUTE:
            if seat.capacity == Capacity.SECRETARY:
                return seat
        elif seat.decides and not {user.pk, seat.person_user_id} & authors:
            if not _takes_no_part(user, seat, decisions) and _may_judge(act, user, seat, authors, decisions):
                return seat
    return None


def apart(decisions) -> set[int]:
    """The people who said that they take no part."""
    return {row.principal_id for row in decisions if row.kind == DecisionKind.NO_PART}


def _takes_no_part(user, seat, decisions) -> bool:
    return _has_a_hand(user, seat, [row for row in decisions if row.kind == DecisionKind.NO_PART])


def _may_judge(act, user, seat, authors, decisions) -> bool:
    if act in (DecisionKind.APPROVE, DecisionKind.SIGN):
        return not _has_a_hand(user, seat, [row for row in decisions if row.kind in HANDS[act]])
    if act == DecisionKind.NO_PART:
        here = [row for row in decisions if row.kind in ONCE and row.body_id_copy == seat.body_id]
        return not seat.for_name and not _has_a_hand(user, seat, here)
    if act == DecisionKind.CHAIR:
        return seat.capacity in CHAIRS
    if act == DecisionKind.CLOSE:
        return seat.capacity == Capacity.CHAIR or _stands_in(seat, authors, decisions)
    return _may_answer(user, seat, open_minute(decisions))


def _has_a_hand(user, seat, rows) -> bool:
    """One act a member and one a person: a delegate does not make a quorum alone."""
    return any(user.pk == row.actor_id or seat.person_id == row.principal_id for row in rows)


def _stands_in(seat, authors, decisions) -> bool:
    """The vice chair closes a condition where there is no chair, or the chair may not."""
    if seat.capacity != Capacity.VICE_CHAIR:
        return False
    out = {row.actor_id for row in decisions if row.kind == DecisionKind.NO_PART}
    return seat.chair_user_id is None or seat.chair_user_id in authors | out


def _may_answer(user, seat, minute) -> bool:
    """The chair, or a member who was there: neither who recorded it nor who took no part."""
    if minute is None or minute.actor_id == user.pk or seat.person_id in minute.no_part_ids:
        return False
    return seat.capacity == Capacity.CHAIR or seat.person_id in minute.present_ids


def open_minute(decisions):
    """The recorded but not yet answered minute among the decisions of one submission, or None."""
    answered = {row.confirms_id for row in decisions if row.confirms_id}
    minutes = [row for row in decisions if row.kind == DecisionKind.MINUTE and row.pk not in answered]
    return minutes[-1] if minutes else None


def next_act(matter: Matter) -> DecisionKind | None:
    """What the body whose turn it is does next; None when all is decided."""
    if not matter.is_open:
        return None
    if matter.state == SubmissionState.SUBMITTED:
        return DecisionKind.APPROVE
    if matter.state in WITH_CONDITIONS:
        return DecisionKind.CLOSE
    if matter.state == "recorded":
        return DecisionKind.CONFIRM
    return DecisionKind.MINUTE if matter.body.ratifies_by == "meeting" else DecisionKind.SIGN


def acts_open(matter: Matter) -> tuple[DecisionKind, ...]:
    """What can be done next with a matter by anybody at all; what a chair may do alone is asked apart."""
    act = next_act(matter)
    return (act,) if act else ()


def why_not(act, matter: Matter, *, user, seats, authors) -> str:
    """A sentence for somebody who may not do ``act``: why, and who may."""
    words = {"body": matter.body.name}
    if user.pk in authors:
        return why_barred(matter)
    if act == DecisionKind.MINUTE:
        return _("The secretary of %(body)s records what the meeting decided.") % words
    if act in (DecisionKind.CONFIRM, DecisionKind.DISPUTE):
        return (
            _("The chair of %(body)s, or a member who was there and did not record it, confirms this.")
            % words
        )
    if act == DecisionKind.CLOSE:
        return _("The chair of %(body)s says whether a condition is met.") % words
    if act == DecisionKind.CHAIR:
        return _("The chair or vice chair of %(body)s acts alone where it cannot wait.") % words
    return _("Members of %(body)s decide this.") % words


def why_barred(matter) -> str:
    """Why whoever may not judge the matter does not."""
    if isinstance(matter, Proposal):
        return _("You proposed this, so somebody else decides it.")
    if isinstance(matter, ChairAction):
        return _("You wrote part of this or issued it, so somebody else ratifies it.")
    return _("You wrote part of this, so somebody else decides it.")
