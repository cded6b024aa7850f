"""What the steps of booking say before the press: cost and notice, who is asked, or the place in the list."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.booking import capacity, deadlines, refusals, releasing, rights
from course_catalogue.charging import terms
from course_catalogue.charging.notice import is_late
from course_catalogue.charging.words import by
from course_catalogue.learning import session_page
from course_catalogue.learning.words import moment
from kernel.organisation.models import StaffProfile


@dataclass
class Offered:
    """What a press would do for these people now. ``against``: why it would not, in words; then nothing is done.

    ``several``: the line managers of one person who is booked alone, where there is a choice whom to ask.
    """

    joins: bool = False
    asks: bool = False
    against: list[str] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)
    several: list[StaffProfile] = field(default_factory=list)
    held_until: str = ""
    number: int = 0
    taken: str = ""
    passes: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, session, people, hands, *, now: datetime, released=False, override=False, manager=None
    ) -> "Offered":
        """``released``: the line manager who books says already that they are released.

        ``override``: the training team passes over limits; ``passes`` says which, in words. ``manager``: the key of
        the one to be asked, where there are several.
        """
        found, over = cls(), refusals.OVERRIDABLE if override else ()
        for person in people:
            step, why = session_page.step_for(session, person, now=now, over=over)
            found.passes += _passed(session, person, now, found.passes) if override else []
            found.joins = found.joins or step == session_page.JOIN
            if not step:
                own = hands.me is not None and person.pk == hands.me.pk
                found.against += (
                    why if own or len(people) == 1 else [f"{person.name}: {words}" for words in why]
                )
        found._room(session, people, now)
        if session.needs_approval and not found.joins and not released:
            found._release(session, people, hands, now, manager)
        return found

    def _release(self, session, people, hands, now, manager) -> None:
        """Who is asked to release them; nobody where the coordinator of a partner agency books."""
        free = rights.frees_without_release
        held = [person for person in people if not free(hands.user, person, hands.today)]
        self.asks = bool(held)
        known = releasing.managers(held, hands.today) if held else {}
        if len(people) == len(held) == 1 and len(known[held[0].pk]) > 1:
            self.several = known[held[0].pk]
        for person in held:
            wanted = [row for row in self.several if row.pk == manager]
            asked = (wanted or known[person.pk] or releasing.stand_ins(person, hands.today))[:1]
            self.managers += [row.name for row in asked if row.name not in self.managers]
        self.held_until = moment(deadlines.hold_until(session, now=now))

    def _room(self, session, people, now) -> None:
        """Several people go together: where not all find room, they wait together."""
        agencies = {person.agency_id for person in people}
        agency = agencies.pop() if len(agencies) == 1 else None
        places = capacity.places([session.pk], now=now, agency=agency)[session.pk]
        free = places.free
        if free is not None and free < len(people) and session.keeps_list and not self.against:
            self.joins = self.joins or free == 0
            if free and not self.joins:
                words = ngettext("Only %(n)d place is left.", "Only %(n)d places are left.", free)
                self.against = [words % {"n": free} + " " + _("Choose fewer people, or another date.")]
        self.number = places.waiting + 1
        self.taken = _full(places)

    @property
    def button(self) -> str:
        if self.joins:
            return _("Join the waiting list")
        return _("Ask for this place") if self.asks else _("Book this place")


def _passed(session, person, now, said) -> list[str]:
    against = refusals.why_not(session, person, now=now, over=refusals.OVERRIDABLE)
    rows = [str(row.words) for row in against if row.code in refusals.OVERRIDABLE]
    return [words for words in rows if words not in said]


def _full(places) -> str:
    words = {"taken": places.capacity, "waiting": places.waiting}
    said = ngettext(
        "All %(taken)d places are taken and %(waiting)d person waits.",
        "All %(taken)d places are taken and %(waiting)d people wait.",
        places.waiting,
    )
    return said % words if places.capacity is not None else ""


@dataclass(frozen=True)
class Cost:
    """What one agency is told. ``late``: free cancelling is over already."""

    agency: object
    fee: Decimal | None
    charge: Decimal | None
    cancelling: str
    counted: str
    late: bool
    lines: tuple[str, ...] = ()
    rule: str = ""

    def said(self, amount: Decimal | None) -> str:
        """An amount with the rule that sets it."""
        return by(pounds(amount or 0), self.rule)

    @property
    def words(self) -> str:
        if self.fee:
            words = {"agency": self.agency, "amount": self.said(self.fee)}
            return _("%(agency)s pays %(amount)s for the place.") % words
        return _("Free for %(agency)s.") % {"agency": self.agency}


@dataclass(frozen=True)
class View:
    costs: list[Cost]

    @property
    def asks(self) -> str:
        """What is to be ticked: a price, or a charge that holds from the first moment; empty: nothing."""
        said = [words for cost in self.costs for words in _agreed(cost)]
        return " ".join(said)


def _agreed(cost) -> list[str]:
    words = {"agency": cost.agency, "fee": cost.said(cost.fee), "charge": cost.said(cost.charge)}
    said = [_("%(agency)s agrees to pay %(fee)s.") % words] if cost.fee else []
    if cost.late and cost.charge:
        said.append(_("%(agency)s agrees to %(charge)s if the place is cancelled or not used.") % words)
    return said


def pounds(amount) -> str:
    """£50.00, to the penny."""
    return f"£{Decimal(amount):,.2f}"


def shown(session, people, found, *, now: datetime) -> View:
    agencies = {person.agency_id: person.agency for person in people}
    return View([_cost(agencies[key], row, now) for key, row in found.items()])


def view_of(booking, now: datetime) -> View:
    """The terms that a booking keeps."""
    return View([_cost(booking.agency, terms.kept_named(booking), now)])


def _cost(agency, row, now) -> Cost:
    late = is_late(row.free_until, now)
    said = row.cancelling(agency, now, moment)
    return Cost(agency, row.fee, row.late_charge, said, row.words, late, tuple(row.lines), row.named)


def changes_of(before: dict, found: dict, people) -> list[str]:
    """In words what is not as it was shown: "The price was £50.00 and is £60.00 now"."""
    agencies = {person.agency_id: person.agency for person in people}
    said = []
    for key, row in found.items():
        old = before.get(str(key))
        if old is not None:
            said += _differences(agencies[key], old, row)
    return said


def _differences(agency, old, row) -> list[str]:
    fee, charge, until, _policy, steps = old
    said = []
    for label, was, now_is in (
        (_("The price"), fee, row.fee),
        (_("The charge when late"), charge, row.late_charge),
    ):
        if _same(was, now_is):
            continue
        words = {"what": label, "agency": agency, "was": _amount(was), "now": _amount(now_is)}
        said.append(_("%(what)s for %(agency)s was %(was)s and is %(now)s now.") % words)
    if until != (row.free_until.isoformat() if row.free_until else None):
        words = {"was": moment(datetime.fromisoformat(until)) if until else _("not limited")}
        words["now"] = moment(row.free_until) if row.free_until else _("not limited")
        said.append(_("Free cancelling was until %(was)s and is until %(now)s now.") % words)
    if [[until, amount] for until, amount in steps] != [
        [one.isoformat(), f"{amount:.2f}"] for one, amount in row.steps
    ]:
        said.append(
            _("The steps of the charge are: %(lines)s") % {"lines": "; ".join(row.lines) or _("none")}
        )
    return said


def _same(was, now_is) -> bool:
    return (None if was is None else Decimal(was)) == (None if now_is is None else round(Decimal(now_is), 2))


def _amount(value) -> str:
    return _("nothing") if value is None or not Decimal(value) else pounds(value)
