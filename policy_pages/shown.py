"""Issued versions as they are shown. A version never changes, so a process keeps what it made of the last ones.

Nothing here knows who reads: whether somebody may is asked at every request, before anything is taken from here.
"""

from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.translation import get_language

from kernel.accounts.prepared import DAY, OTHER_WORD, WORD, Prepared
from policy_pages import control, standing
from policy_pages.models.version import PolicyVersion

KEPT = 128
FIELDS = (
    "pk",
    "seal",
    "policy_id",
    "audience",
    "policy__policy_owner_id",
    "policy__owner_deputy_id",
    "newest",
)


def _in_force_at(day, url_path, slug):
    newest = PolicyVersion.objects.filter(policy=OuterRef("policy")).order_by("-pk").values("pk")[:1]
    rows = (
        PolicyVersion.objects.filter(policy__slug=slug, policy__url_path=url_path).begun(day).newest_first()
    )
    return rows.annotate(newest=Subquery(newest)).values_list(*FIELDS)[:1]


_prepared = Prepared(_in_force_at, DAY, WORD, OTHER_WORD)


def in_force_at(url_path: str, today) -> dict | None:
    """What decides about the policy at a path: the version that counts today, its audience and its owners."""
    row = _prepared.row(today, url_path, url_path.rstrip("/").rsplit("/", 1)[-1])
    return dict(zip(FIELDS, row, strict=True)) if row else None


@lru_cache(maxsize=KEPT)
def version(pk: int, seal: str) -> PolicyVersion:
    return PolicyVersion.objects.get(pk=pk, seal=seal)


def parts(found: PolicyVersion, newest: int, today, *, links: bool, path: str, address: str) -> dict:
    """The text, the side column and the standing line of the version in force."""
    return _parts(found.pk, found.seal, newest, today, links, path, address, get_language())


@lru_cache(maxsize=KEPT)
def _parts(pk, seal, newest, today, links, path, address, _language) -> dict:
    found = version(pk, seal)
    line = standing.of(found, found, today)
    context = context_of(found, found, links=links, path=path, address=address)
    return {"standing": line, **rendered(context)}


def context_of(found, current, *, links: bool, path: str, address: str) -> dict:
    versions = PolicyVersion.objects.filter(policy_id=found.policy_id).newest_first()
    return {
        "version": found,
        "current": current,
        "contents": [block for block in found.content["blocks"] if block["type"] in ("section", "appendix")],
        "facts": control.facts(found),
        "versions": versions.only("pk", "major", "minor", "in_force_from", "change_note"),
        "may_read_older": links,
        "address": address,
        "address_path": path,
    }


def rendered(context: dict) -> dict:
    """The two columns, which are the same for everybody who may read."""
    return {
        "main_html": render_to_string("policy_pages/version_main.html", context),
        "side_html": render_to_string("policy_pages/version_side.html", context),
    }
