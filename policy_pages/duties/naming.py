"""Roles as texts write them, made comparable: "B.6 HR Business Partners (if applicable) or HR Admin Team"."""

import hashlib
import re

from django.utils.text import slugify

LONGEST = 80
NUMBERED = re.compile(r"^\s*(?:[A-Z]\.?)?\d+(?:\.\d+)*[.)]?\s+")
REMARK = re.compile(r"\([^)]*\)")
PARTED = re.compile(r"[,;/]|\bor\b", re.IGNORECASE)
# Written for whoever works here.
EVERYONE = {"everyone", "everybody", "staff", "all-staff", "staff-member", "all-staff-member", "all-employee"}


def plain(written: str) -> str:
    """The role without the number that it has in its table."""
    return NUMBERED.sub("", written).strip() or written.strip()


def key_of(written: str) -> str:
    """What a role as written is known by, in addresses too."""
    name = plain(written)
    return slugify(name)[:LONGEST].strip("-") or hashlib.sha256(name.encode()).hexdigest()[:12]


def alias_of(name: str) -> str:
    """One name, whether it stands for one or for several: nurses, nurse."""
    words = slugify(name)[:LONGEST].strip("-")
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def aliases_of(written: str) -> list[str]:
    """The names of a role with its alternatives. Remarks in brackets do not count; "and" parts no names."""
    name = REMARK.sub(" ", plain(written))
    found = [alias_of(part) for part in (name, *PARTED.split(name))]
    return [alias for alias in dict.fromkeys(found) if alias]
