"""What stands round every page: names, menu, desk count. Worked out once a request, if a page shows it."""

import secrets
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as day_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.accounts.facts import facts_of
from kernel.content.desk import DeskRow, Hit, Section
from kernel.content.kept import kept, site_of
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation.asking import asking
from kernel.organisation.models import SiteLabels

# Where what is one request's own is put into what is kept. Another one in each process: nobody can write it.
HOLE = SafeString(f"<!-- {secrets.token_hex(16)} -->")
ORDER = ["policies", "training", "competence", "my_team", "meetings", "quality", "reports"]


@dataclass(frozen=True)
class Place:
    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A section in the menu; ``here`` is its ``aria-current`` on this page."""

    section: Section
    here: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``person`` and ``printed`` are this request's own; all else is the same for many, and kept by its values."""

    brand: str
    help_phone: str
    help_hours: str
    urgent_phone: str
    colour: str
    name: str
    desk_count: int
    menu: tuple[Entry, ...]
    pages: tuple[Place, ...]
    may_edit: bool
    demo: bool
    in_demo: bool
    person: SafeString = SafeString()
    printed: SafeString = SafeString()

    @property
    def parts(self) -> dict[str, SafeString]:
        """What stands above and below, without the person."""
        return _parts(replace(self, name="", person=SafeString(), printed=SafeString()), get_language())


@lru_cache(maxsize=256)
def _parts(frame: Frame, _language) -> dict[str, SafeString]:
    """Kept because every page shows them; made anew for any other value, so that a change shows at once."""
    return {
        name: render_to_string(f"portal/frame_{name}.html", {"frame": frame})
        for name in ("top", "help", "links")
    }


def modules(name: str) -> tuple[ModuleType, ...]:
    """The module of that name in every installed app that has one, in the order of INSTALLED_APPS."""
    return _modules(name, tuple(config.name for config in apps.get_app_configs()))


@cache
def _modules(name: str, packages: tuple[str, ...]) -> tuple[ModuleType, ...]:
    names = [f"{package}.{name}" for package in packages]
    return tuple(import_module(found) for found in names if find_spec(found))


def _gather(module: str, function: str, *args) -> list:
    asked = [getattr(found, function, None) for found in modules(module)]
    return [row for ask in asked if ask for row in ask(*args)]


def desk(user, today, facts=None, request=None) -> list[DeskRow]:
    """The rows of every part that an app has in the ``DESK_PARTS`` of its ``reports``.

    A part is a pair: names of facts, and ``ask(user, today, request)``, which gives rows. It is not asked of whom all
    its facts are known to be false; without names it is asked of everybody. ``request`` is None outside of one.
    """
    if not user.is_authenticated:
        return []
    parts = [part for module in modules("reports") for part in getattr(module, "DESK_PARTS", ())]
    return [row for names, ask in parts if _is_true(names, facts) for row in ask(user, today, request)]


def _is_true(names, facts) -> bool:
    return not names or facts is None or any(facts.get(name, True) for name in names)


def sections(user, today, facts=None) -> list[Section]:
    """Of each app; one whose ``SECTION_FACTS`` are all known to be false of this person is not asked.

    Its ``MORE_SECTIONS`` are pairs of a fact and what makes the section of whom it is true, or None.
    """
    asked = [module for module in modules("reports") if _is_true(getattr(module, "SECTION_FACTS", ()), facts)]
    found = [row for module in asked if hasattr(module, "sections") for row in module.sections(user, today)]
    more = [pair for module in modules("reports") for pair in getattr(module, "MORE_SECTIONS", ())]
    made = [make() for name, make in more if facts and facts.get(name)]
    return sorted([*found, *filter(None, made)], key=lambda section: ORDER.index(section.key))


def find(user, text: str, today) -> list[Hit]:
    hits = _gather("search", "find", user, text, today)
    return sorted(hits, key=lambda hit: not hit.exact)


def labels(request) -> SiteLabels | None:
    """The names of this site, or None while there is no site."""
    site = site_of(request)
    return kept(("labels", site.pk), lambda: SiteLabels.for_site(site)) if site else None


def person_name(request) -> str:
    """As the staff list has it; a login without an entry there by its own names."""
    user = request.user
    if not user.is_authenticated:
        return ""
    return asking(request, timezone.localdate()).name or user.get_full_name() or user.get_username()


def rows_of(request) -> list[DeskRow]:
    """This person's desk, worked out once a request."""
    if not hasattr(request, "desk_rows"):
        today = timezone.localdate()
        request.desk_rows = desk(request.user, today, facts_of(request, today), request)
    return request.desk_rows


def _menu(request, user) -> tuple[Entry, ...]:
    menu = [Section(key="home", label=_("Home"), url="/")]
    if user.is_authenticated:
        menu.append(Section(key="desk", label=_("My desk"), url=reverse("desk")))
    today = timezone.localdate()
    menu += sections(user, today, facts_of(request, today))
    found = max(menu, key=lambda section: _reach(request.path, section))
    return tuple(Entry(one, _here(request.path, one) if one is found else "") for one in menu)


def _reach(path: str, section: Section) -> int:
    """How much of the path belongs to the section: the length of the longest of its addresses that begin it."""
    if path == section.url:
        return len(path)
    below = [url for url in (section.url, *section.under) if url != "/" and path.startswith(url)]
    return max(map(len, below), default=0)


def _here(path: str, section: Section) -> str:
    """What ``aria-current`` says of a menu entry: "page" on the very page, "true" anywhere below it."""
    if path == section.url:
        return "page"
    return "true" if _reach(path, section) else ""


def _footer(request) -> tuple[Place, ...]:
    rows = Page.objects.live().public().in_menu().filter(content_type__app_label="portal")
    return tuple(Place(row.title, row.get_url(request)) for row in rows.order_by("title"))


def _may_edit(request) -> bool:
    if not request.user.is_authenticated or not asking(request, timezone.localdate()).empowered:
        return False
    return request.user.has_perm("wagtailadmin.access_admin")


def _person(request, name: str) -> SafeString:
    """The name with the way out, which carries the token of this request; for a visitor the way in."""
    before, *after = _ways(bool(name), get_language())
    if not after:
        return SafeString(before)
    between, end = after
    return SafeString(f"{before}{conditional_escape(name)}{between}{get_token(request)}{end}")


@lru_cache
def _ways(known: bool, _language) -> list[str]:
    """What stands round the name and the token of anybody: every page has it."""
    context = {"known": known, "name": HOLE, "token": HOLE}
    return render_to_string("portal/frame_person.html", context).split(HOLE)


def _printed(request) -> SafeString:
    now = timezone.localtime()
    words = _("Printed from %(address)s on %(day)s at %(time)s") % {
        "address": request.build_absolute_uri(),
        "day": day_format(now, "j F Y"),
        "time": clock(now),
    }
    return SafeString(f'<p class="wa-printed">{conditional_escape(words)}</p>')


def build(request) -> Frame:
    user, names, name = request.user, labels(request), person_name(request)
    brand = getattr(names, "board_name", "") or getattr(names, "organisation_name", "")
    return Frame(
        brand=brand or settings.WAGTAIL_SITE_NAME,
        help_phone=getattr(names, "help_phone", "") or settings.PORTAL_HELP_PHONE,
        help_hours=getattr(names, "help_hours", ""),
        urgent_phone=getattr(names, "urgent_phone", "") or settings.PORTAL_URGENT_PHONE,
        colour=getattr(names, "brand_colour", ""),
        name=name,
        desk_count=sum(not row.later for row in rows_of(request)),
        menu=_menu(request, user),
        pages=kept(("footer", request.get_host()), lambda: _footer(request)),
        may_edit=_may_edit(request),
        demo=settings.DEMO and user.is_authenticated,
        in_demo=settings.DEMO,
        person=_person(request, name),
        printed=_printed(request),
    )


def frame(request) -> dict:
    """Context processor; nothing is asked of the database until a template asks for the frame."""
    return {"frame": SimpleLazyObject(lambda: build(request)) if hasattr(request, "user") else None}
