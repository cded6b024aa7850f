"""Whose bookings somebody sees and makes: their own, their line's, their agency's people, or everybody's."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import Http404

from course_catalogue import permissions
from course_catalogue.booking import releasing
from course_catalogue.learning.words import Reader
from course_catalogue.models import Booking
from kernel.organisation import people
from kernel.organisation.models import Agency, Delegation, RoleGrant, StaffProfile
from kernel.organisation.models.dated import given

COORDINATOR = "agency-coordinator"
log = logging.getLogger("training")


@dataclass
class Hands:
    """What one login has in hand on one day. Nobody, where the person has left or the agency is suspended."""

    user: object
    today: date

    @cached_property
    def me(self) -> StaffProfile | None:
        person = people.profile_of(self.user)
        return person if person is not None and person.is_here(self.today) else None

    @cached_property
    def administers(self) -> bool:
        return permissions.administers(self.user, self.today)

    @cached_property
    def team(self) -> QuerySet[StaffProfile]:
        """Whom the person manages directly."""
        return people.reports_of(self.me, self.today) if self.me else StaffProfile.objects.none()

    def manages_all(self, persons) -> bool:
        """Whether all of them are of the own line: then the manager's word is the release."""
        return self.team.filter(pk__in=[row.pk for row in persons]).count() == len(persons)

    @cached_property
    def agencies(self) -> list[Agency]:
        """Those that the person coordinates; by name."""
        if self.me is None:
            return []
        held = RoleGrant.objects.filter(given(self.today), role=COORDINATOR, user=self.user)
        return list(Agency.objects.filter(pk__in=held.values("agency_id"), active=True).order_by("name"))

    @cached_property
    def stands_in_for(self) -> list[int]:
        """People whose work this person does today, by key."""
        if self.me is None:
            return []
        rows = Delegation.objects.on(self.today).filter(delegate=self.me, body__isnull=True)
        return list(rows.values_list("principal_id", flat=True))

    def may_book(self) -> QuerySet[StaffProfile]:
        """Everybody for whom this person may ask for a place."""
        here = StaffProfile.objects.here(self.today).select_related("agency").order_by("name", "pk")
        if self.administers:
            return here
        if self.me is None:
            return here.none()
        return here.filter(
            Q(pk=self.me.pk)
            | Q(pk__in=self.team.values("pk"))
            | Q(agency__in=[agency.pk for agency in self.agencies])
        )

    def bookings(self) -> QuerySet[Booking]:
        """Every booking that this person may see, whatever became of it."""
        rows = Booking.objects.select_related(
            "session__course", "session__host", "person__agency", "agency", "manager"
        )
        if self.administers:
            return rows
        if self.me is None:
            return rows.none()
        return rows.filter(self._seen())

    def _seen(self) -> Q:
        agencies = [agency.pk for agency in self.agencies]
        asked = [self.me.pk, *self.stands_in_for]
        own = Q(person=self.me) | Q(person__in=self.team.values("pk")) | Q(manager__in=asked)
        return own | Q(agency__in=agencies) | Q(person__agency__in=agencies)

    def booking(self, pk: int) -> Booking:
        """That booking; one that is not theirs is not there, as one that never was (A3)."""
        found = self.bookings().filter(pk=pk).first()
        if found is None:
            log.warning("refused: booking %s to login %s", pk, self.user.pk)
            raise Http404
        return found

    @cached_property
    def _line(self) -> set[int]:
        return set(self.team.values_list("pk", flat=True))

    def reads(self, booking) -> Reader:
        """As whom this person reads of a booking; one query for any number of them."""
        if self.is_own(booking):
            return Reader.OWN
        if self.me is None:
            return Reader.OTHER
        asked = booking.manager_id in {self.me.pk, *self.stands_in_for} or booking.person_id in self._line
        return Reader.ASKED if asked else Reader.OTHER

    def is_own(self, booking) -> bool:
        return self.me is not None and booking.person_id == self.me.pk

    def answers(self, booking) -> bool:
        """Whether this person says that the booked one is released, and takes them back for patient safety."""
        return releasing.for_whom(self.user, booking, self.today) is not None

    def acts_for(self, booking) -> bool:
        """Whether this person may cancel it: own, own agency's, or administering. A line manager withdraws."""
        if self.is_own(booking) or self.administers:
            return True
        return booking.agency_id in {agency.pk for agency in self.agencies}

    def speaks_for(self, booking) -> bool:
        """Whether this person may take, let go or leave for them: also as their line manager."""
        return self.acts_for(booking) or self.team.filter(pk=booking.person_id).exists()


def hands_of(request, today: date) -> Hands:
    """Worked out once a request."""
    if not hasattr(request, "training_hands"):
        request.training_hands = Hands(request.user, today)
    return request.training_hands
