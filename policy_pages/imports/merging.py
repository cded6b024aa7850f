"""Lay a document over the draft of a policy: ids stay, and with them what an author set that no document carries."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policy_pages import freezing
from policy_pages.importing.matching import GONE, NEW, SAME, Row, pair, rows, side_of
from policy_pages.imports.sketching import sketch

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
#: Of a row that stayed as it was, so many words are enough to know it again.
ENOUGH_WORDS = 14
# A link to one of our own pages or documents, which a file from outside cannot have.
OUR_LINK = "linktype="


@dataclass
class Merged:
    """``ids`` gives the kept id by the document's; ``match`` is what a person is shown."""

    blocks: list[dict]
    ids: dict[str, str]
    match: dict
    base_sha256: str
    is_unchanged: bool


def merge(draft, title: str, blocks: list[dict], names: dict[str, str]) -> Merged:
    base = freezing.freeze(draft, filled=False)
    standing = draft.body.stream_block.get_prep_value(draft.body)
    new = sketch(title, blocks, names, like=draft)["blocks"]
    ids = pair([side_of(block) for block in base.content["blocks"]], [side_of(block) for block in new])
    files = {block["id"]: block["file"] for block in base.content["blocks"] if block.get("file")}
    merged = _with_authors_part(_renamed(blocks, ids), standing, files)
    after = sketch(title, merged, names, like=draft)
    found = rows(
        [side_of(block) for block in base.content["blocks"]], [side_of(block) for block in after["blocks"]]
    )
    return Merged(
        blocks=merged,
        ids=ids,
        match=_match(draft, title, found),
        base_sha256=base.digest,
        is_unchanged=freezing.digest_of(after) == base.digest,
    )


def named(draft) -> str:
    """What the draft is called when a document is compared with it."""
    issued = draft.versions.newest_first().first()
    if issued and issued.text_sha256 == draft.text_digest():
        return _("version %(number)s") % {"number": issued.number}
    return _("the present draft")


# --- what stays ----------------------------------------------------------------------------------------


def _renamed(blocks, ids) -> list[dict]:
    """The kept ids in the place of the document's, links to them included."""
    text = ID.sub(lambda found: ids.get(found[0], found[0]), json.dumps(blocks))
    return json.loads(text)


def _with_authors_part(blocks, standing, files) -> list[dict]:
    """Roles, pictures already kept, what they show, our own links; attachments and named things."""
    known = {block["id"]: block for block in standing}
    here = {block["id"] for block in blocks}
    attached, place = defaultdict(list), ""
    for block in standing:
        if block["type"] in ("attachment", "named") and block["id"] not in here:
            attached[place].append(block)
        elif block["id"] in here:
            place = block["id"]
    merged = attached[""]
    for block in blocks:
        old = known.get(block["id"])
        value = _value(old["value"], block, files) if old else block["value"]
        merged += [{**block, "value": value}, *attached[block["id"]]]
    return merged


def _value(old: dict, block: dict, files) -> dict:
    value = dict(block["value"])
    if OUR_LINK in json.dumps(old) and _words(old) == _words(value):
        return old
    if "roles" in old and not value.get("roles"):
        value["roles"] = old["roles"]
    _keep_how_often(old, value)
    file = files.get(block["id"])
    if block["type"] == "figure" and file and file["sha256"] == value["image"]:
        value["image"] = old["image"]
        value["alt"] = old["alt"] or value["alt"]
    return value


def _keep_how_often(old: dict, value: dict) -> None:
    """What the author chose where the words do not say it: of a clause, and of each role of a table."""
    if old.get("cadence"):
        value.setdefault("cadence", old["cadence"])
    if "rows" not in value or "rows" not in old:
        return
    rows = [row.get("value", row) for row in old["rows"]]
    chosen = {row["role"]: row["cadence"] for row in rows if row.get("cadence")}
    for row in value["rows"]:
        row = row.get("value", row)
        if row.get("role") in chosen:
            row.setdefault("cadence", chosen[row["role"]])


def _words(value) -> list[str]:
    """The strings of a stored value as words, without markup, ids, roles and what is chosen from a list."""
    if isinstance(value, str):
        return freezing.text_of(value).split()
    if isinstance(value, list):
        return [word for part in value for word in _words(part)]
    if isinstance(value, dict):
        return [
            word
            for name, part in value.items()
            if name not in ("id", "type", "roles", "cadence")
            for word in _words(part)
        ]
    return []


# --- what is shown -------------------------------------------------------------------------------------


def _match(draft, title: str, found: list[Row]) -> dict:
    return {
        "with": named(draft),
        "title": [draft.title, title] if draft.title != title else [],
        "same": sum(row.kind == SAME for row in found),
        "changed": sum(row.kind not in (SAME, NEW, GONE) for row in found),
        "new": sum(row.kind == NEW for row in found),
        "gone": sum(row.kind == GONE for row in found),
        "rows": [_shown(row) for row in found],
    }


def _shown(row: Row) -> dict:
    before, after = row.before, row.after
    enough = ENOUGH_WORDS if row.kind == SAME else None
    return {
        "kind": row.kind,
        "type": (after or before).type,
        "number": after.number if after else "",
        "was_number": before.number if before else "",
        "words": " ".join(after.words[:enough]) if after else "",
        "was": " ".join(before.words[:enough]) if before else "",
    }
