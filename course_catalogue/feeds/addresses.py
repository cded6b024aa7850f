"""Private addresses of feeds: made, renewed and stopped by whoever reads them; known again without a cookie."""

import base64
import re
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import CalendarFeed
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import Agency, StaffProfile

SALT = "training.calendar_feed"
TOKEN = re.compile(r"(?P<row>[1-9][0-9]{0,17})-(?P<mac>[A-Za-z0-9_-]{43})\Z")


@act("training.make_feed")
@transaction.atomic
def renew(person: StaffProfile, *, actor, today: date, agency: Agency | None = None) -> CalendarFeed:
    """Give the person an address, of their own bookings or those of an agency's people; an older one ends with it.

    Raises PermissionDenied for anybody else, and where the person is not the agency's coordinator.
    """
    me = people.profile_of(actor)
    if me is None or me.pk != person.pk or not me.is_here(today):
        raise PermissionDenied(_("Everybody makes the address of their own calendar."))
    if agency is not None and not permissions.coordinates(actor, agency, today):
        raise PermissionDenied(_("The agency's coordinator makes this address."))
    StaffProfile.objects.select_for_update().get(pk=person.pk)
    CalendarFeed.objects.filter(person=person, agency=agency).delete()
    feed = CalendarFeed.objects.create(person=person, agency=agency)
    record("training.make_feed", actor=actor, target=person, facts={"agency": agency.pk if agency else None})
    return feed


@act("training.stop_feed")
@transaction.atomic
def stop(person: StaffProfile, *, actor, today: date, agency: Agency | None = None) -> None:
    """End the person's address; whoever still asks for it finds nothing."""
    me = people.profile_of(actor)
    if me is None or me.pk != person.pk:
        raise PermissionDenied(_("Everybody stops the address of their own calendar."))
    CalendarFeed.objects.filter(person=person, agency=agency).delete()
    record("training.stop_feed", actor=actor, target=person, facts={"agency": agency.pk if agency else None})


def token_of(feed: CalendarFeed) -> str:
    return f"{feed.pk}-{_mac(feed, settings.SECRET_KEY)}"


def address_of(feed: CalendarFeed) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("training_feed", args=[token_of(feed)])


def feed_of(token: str, today: date) -> CalendarFeed | None:
    """The feed of an address; None for a wrong or old one, and when its owner left, lost the sign-in or the agency."""
    match = TOKEN.match(token)
    rows = CalendarFeed.objects.select_related("person__agency", "person__user", "agency")
    feed = rows.filter(pk=match["row"]).first() if match else None
    if feed is None or not _is_known(feed, match["mac"]) or not _is_here(feed, today):
        return None
    if feed.agency and not permissions.coordinates(feed.person.user, feed.agency, today):
        return None
    return feed


def _is_here(feed: CalendarFeed, today: date) -> bool:
    login = feed.person.user
    return login is not None and login.is_active and feed.person.is_here(today)


def _is_known(feed: CalendarFeed, mac: str) -> bool:
    """Keys that were the site's before count while the settings name them."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any([constant_time_compare(_mac(feed, key), mac) for key in keys])


def _mac(feed: CalendarFeed, key: str) -> str:
    made = salted_hmac(SALT, f"{feed.pk}.{feed.secret}", secret=key, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()).decode().rstrip("=")
