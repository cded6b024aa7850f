"""Issued versions as they are shown. A version never changes, so a process keeps what it made of the last ones.

Nothing here knows who reads: whether somebody may is asked at every request, before anything is taken from here.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import ClassVar

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.accounts.prepared import Prepared
from policy_pages import control, standing
from policy_pages.changes.comparing import Comparison, compare
from policy_pages.enums import Audience
from policy_pages.models.version import PolicyVersion
from policy_pages.named import Found
from policy_pages.outcomes import told
from policy_pages.readers.page import Pieces
from policy_pages.reviews import clock
from policy_pages.reviews.rules import in_window
from policy_pages.withdrawal import Withdrawal

KEPT = 128


@dataclass(frozen=True)
class Ruling:
    """A version without its text: what decides who reads, and whose it is. ``newest`` changes with each issue."""

    pk: int
    seal: str
    audience: str
    policy_id: int
    newest: int
    owner_id: int | None
    deputy_id: int | None
    retirement_id: int | None
    clock_due: date | None
    clock_writer: str | None
    clock_moved: tuple | None
    clock_reviewed_on: date | None
    clock_chair: tuple | None
    is_proposed: bool

    @property
    def audience_groups(self):
        return PolicyVersion(pk=self.pk).audience_groups


def _at(slug: str, url_path: str, today: date):
    """The slug is asked for as well as the path: it has an index, the path has none."""
    newest = PolicyVersion.objects.filter(policy=OuterRef("policy")).order_by("-pk").values("pk")[:1]
    rows = PolicyVersion.objects.filter(policy__slug=slug, policy__url_path=url_path).begun(today)
    return rows.newest_first().values_list(
        "pk",
        "seal",
        "audience",
        "policy_id",
        Subquery(newest),
        "policy__policy_owner_id",
        "policy__owner_deputy_id",
        "retirement",
        *clock.facts(today).values(),
        told.is_proposed(),
    )


_ruling_at = Prepared(_at, str, str, date)


def ruling_at(url_path: str, today) -> Ruling | None:
    """The version that counts today at a path, or counted until it was withdrawn."""
    rows = _ruling_at.part(0, 1, url_path.rstrip("/").rsplit("/", 1)[-1], url_path, today)
    return Ruling(*told.frozen(rows[0])) if rows else None


@lru_cache(maxsize=KEPT)
def text_of(pk: int, seal: str) -> PolicyVersion:
    return PolicyVersion.objects.get(pk=pk, seal=seal)


def changes_between(old: PolicyVersion, new: PolicyVersion) -> Comparison:
    """What changed from one issued version to another; of the two no more than the seals need be read."""
    return _changes_between(old.pk, old.seal, new.pk, new.seal, get_language())


@lru_cache(maxsize=KEPT // 4)
def _changes_between(old_pk, old_seal, new_pk, new_seal, _language) -> Comparison:
    old, new = text_of(old_pk, old_seal), text_of(new_pk, new_seal)
    return compare(old.content, new.content, was_control=old.control, control=new.control)


@dataclass(frozen=True)
class Current:
    """Everything that the page of a version in force depends on, but for the frame round it.

    ``audiences`` are those of the reader, None for whoever may write; ``keeps`` is said of owner and deputy;
    ``parent`` is title and address of the page above; ``names`` are what written roles are called where the reader
    works, ``named`` the things that the text names and this reader may reach.
    ``pieces`` are one person's own and no part of what is kept.
    """

    found: Ruling
    today: date
    audiences: frozenset[str] | None
    links: bool
    path: str
    address: str
    parent: tuple[str, str]
    pieces: Pieces = field(default=Pieces(), compare=False)
    keeps: bool = False
    names: tuple[tuple[str, str], ...] = ()
    named: Found = ()
    gone: Withdrawal | None = None

    template: ClassVar[str] = "policy_pages/version.html"

    @property
    def sheet(self) -> SafeString:
        """The same text with the same list of versions is made once a day."""
        return _current_sheet(
            self.found,
            self.today,
            self.audiences,
            self.links,
            self.path,
            self.address,
            (self.names, self.named),
            self.gone,
            get_language(),
        )

    @property
    def context(self) -> dict:
        """What the template shows round the sheet."""
        version = text_of(self.found.pk, self.found.seal)
        return {
            "version": version,
            "standing": standing.of(version, version, self.today, gone=self.gone, clock=clock.of(self.found)),
            "at_its_place": True,
            "may_write": self.audiences is None,
            "asks_review": self.keeps and in_window(self.found.clock_due, self.today),
            "proposed": self.found.is_proposed,
            "writer": self.found.clock_writer,
            "breadcrumbs": [(_("Home"), "/"), self.parent],
        }


@lru_cache(maxsize=KEPT)
def _current_sheet(found, today, audiences, links, path, address, beside, gone, _language) -> SafeString:
    version = text_of(found.pk, found.seal)
    names, named = beside
    where = {"due": found.clock_due, "links": links, "path": path, "address": address}
    where |= {"names": names, "named": named}
    alone = found.clock_chair is not None
    return sheet(version, version, today, audiences=audiences, gone=gone, alone=alone, **where)


def sheet(
    found, current, today, *, due, audiences, links, path, address, names=(), named=(), gone=None, alone=False
) -> SafeString:
    """The text with what stands round it on paper; ``links`` says whether older versions are linked.

    ``current`` counts, or counted until it was withdrawn, which ``gone`` then tells. ``due`` is the day of the
    review that its facts name; ``alone`` says that a chair issued it and nobody else has confirmed it.

    ``audiences`` are those of the reader: versions for others are not listed (A9). None lists all, for authors.
    ``names``: what roles of its tables are called where the reader works, put beside them. ``named``: what it names
    and the reader may reach.
    """
    listed = _listed(found, audiences)
    befores = [*listed[1:], None]
    is_current = current is not None and current.pk == found.pk
    later = [row for row in listed if row.in_force_from > today]
    context = {
        "version": found,
        "current": current,
        "is_current": is_current,
        "coming": later[-1] if later and is_current and gone is None else None,
        "today": today,
        "alone": alone,
        "gone": gone,
        "withdrawn": gone is not None and gone.has_begun(today),
        "contents": [block for block in found.content["blocks"] if block["type"] in ("section", "appendix")],
        "facts": control.facts(found, due, gone=gone is not None),
        "versions": list(zip(listed, befores, strict=True)),
        "before": befores[[row.pk for row in listed].index(found.pk)],
        "may_read_older": links,
        "address": address,
        "address_path": path,
        "names": names,
        "named": named,
    }
    return render_to_string("policy_pages/version_sheet.html", context)


def _listed(found, audiences) -> list[PolicyVersion]:
    """The versions whose change note the reader may see; one for named groups only beside one for the same."""
    rows = PolicyVersion.objects.filter(policy_id=found.policy_id).newest_first()
    rows = rows.defer("content", "html", "control").prefetch_related("audience_groups")
    if audiences is None:
        return list(rows)
    here = next(row for row in rows if row.pk == found.pk)
    return [row for row in rows if row.pk == found.pk or row.audience in audiences or _is_alike(row, here)]


def _is_alike(row, here) -> bool:
    return row.audience == here.audience == Audience.GROUPS and set(row.audience_groups.all()) == set(
        here.audience_groups.all()
    )
