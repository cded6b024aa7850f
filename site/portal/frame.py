"""What stands round every page: names, menu, desk count. Worked out once a request, if a page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from kernel.content.desk import DeskRow, Hit, Section
from kernel.organisation import people
from kernel.organisation.models import SiteLabels

ORDER = ["policies", "training", "competence", "my_team", "meetings", "quality", "reports"]


@dataclass(frozen=True, kw_only=True)
class Frame:
    brand: str
    help_phone: str
    help_hours: str
    urgent_phone: str
    colour: str
    name: str
    desk_count: int
    sections: list[Section]
    pages: list[Page]
    may_edit: bool
    demo: bool
    in_demo: bool


def modules(name: str) -> Iterator[ModuleType]:
    """The module of that name in every installed app that has one, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.{name}"):
            yield import_module(f"{config.name}.{name}")


def _gather(module: str, function: str, *args) -> list:
    asked = [getattr(found, function, None) for found in modules(module)]
    return [row for ask in asked if ask for row in ask(*args)]


def desk(user, today) -> list[DeskRow]:
    return _gather("reports", "desk", user, today) if user.is_authenticated else []


def sections(user, today) -> list[Section]:
    found = _gather("reports", "sections", user, today)
    return sorted(found, key=lambda section: ORDER.index(section.key))


def find(user, text: str, today) -> list[Hit]:
    hits = _gather("search", "find", user, text, today)
    return sorted(hits, key=lambda hit: not hit.exact)


def labels(request) -> SiteLabels | None:
    """The names of this site, or None while there is no site."""
    return SiteLabels.for_request(request) if Site.find_for_request(request) else None


def person_name(user) -> str:
    """As the staff list has it; a login without an entry there by its own names."""
    return people.name_of(user) if user.is_authenticated else ""


def rows_of(request) -> list[DeskRow]:
    """This person's desk, worked out once a request."""
    if not hasattr(request, "desk_rows"):
        request.desk_rows = desk(request.user, timezone.localdate())
    return request.desk_rows


def _menu(request, user) -> list[Section]:
    menu = [Section(key="home", label=_("Home"), url="/")]
    if user.is_authenticated:
        menu.append(Section(key="desk", label=_("My desk"), url=reverse("desk")))
    return menu + sections(user, timezone.localdate())


def build(request) -> Frame:
    user, names = request.user, labels(request)
    brand = getattr(names, "board_name", "") or getattr(names, "organisation_name", "")
    return Frame(
        brand=brand or settings.WAGTAIL_SITE_NAME,
        help_phone=getattr(names, "help_phone", "") or settings.PORTAL_HELP_PHONE,
        help_hours=getattr(names, "help_hours", ""),
        urgent_phone=getattr(names, "urgent_phone", "") or settings.PORTAL_URGENT_PHONE,
        colour=getattr(names, "brand_colour", ""),
        name=person_name(user),
        desk_count=sum(not row.later for row in rows_of(request)),
        sections=_menu(request, user),
        pages=list(
            Page.objects.live().public().in_menu().filter(content_type__app_label="portal").order_by("title")
        ),
        may_edit=user.is_authenticated and user.has_perm("wagtailadmin.access_admin"),
        demo=settings.DEMO and user.is_authenticated,
        in_demo=settings.DEMO,
    )


def frame(request) -> dict:
    """Context processor; nothing is asked of the database until a template asks for the frame."""
    return {"frame": SimpleLazyObject(lambda: build(request)) if hasattr(request, "user") else None}
