"""Read a file and say what would become of it. Nothing is stored: a dry run is this and no more."""

import hashlib
import logging
from dataclasses import dataclass, field
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from kernel.content.uploads import check_image
from kernel.lifecycle.templatetags.dates import full_date
from kernel.outbox.trouble import kind_of, trace_of
from policy_pages.importing import opening, receipt, recognising
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.source import Oddity, Picture, Progress, Refusal, quietly, words_of
from policy_pages.imports import merging, references

log = logging.getLogger("jobs")

LONGEST_TITLE = 255
MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
NOT_READ = gettext_lazy(
    "We could not read this file: the fault is ours, and it is written down. "
    "Open it in Word, save it under another name, and bring that."
)
# What browsers show, by what a picture turns out to be.
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}


@dataclass
class Look:
    """What a file turned out to be. ``refused`` or ``unchanged`` say why nothing can become of it."""

    receipt: dict
    blocks: list[dict] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    match: dict = field(default_factory=dict)
    base_sha256: str = ""
    lost: int = 0
    refused: str = ""
    unchanged: str = ""


def look(file, name: str, *, policy=None, progress: Progress = quietly) -> Look:
    """``policy`` is the one whose next draft the file would become; without it, it would be a new one."""
    try:
        size_of(file)
        if policy is not None and (words := _brought_before(file, policy)):
            return Look(receipt.refusal_receipt(words), unchanged=words)
        source = opening.read(file, name, progress)
        recognised = recognising.recognise(source, progress)
        _check_title(recognised)
    except Refusal as refusal:
        return _refused(str(refusal.message))
    return _looked(source, recognised, policy)


def unread(what: str, error: Exception) -> Look:
    """A reader failed, which is our fault: written down by its kind and place, told in plain words."""
    log.error("%s: %s\n%s", what, kind_of(error), trace_of(error))
    return _refused(str(NOT_READ))


def size_of(file) -> int:
    """How many bytes there are; raises Refusal for none and for too many. Leaves the file at its start."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise Refusal(_("This file is empty. Save it again in Word and bring that."), "empty")
    if size > MOST_BYTES:
        words = _(
            "This file has %(size)d MB; the most we take is %(most)d MB. "
            "Make its pictures smaller (in Word: Compress Pictures) and try again."
        )
        raise Refusal(words % {"size": -(-size // MEGABYTE), "most": MOST_BYTES // MEGABYTE}, "too big")
    return size


def _refused(words: str) -> Look:
    return Look(receipt.refusal_receipt(words), refused=words)


def digest_of(file) -> str:
    """SHA-256 of a file, which is left at its start."""
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def lost_in(told: dict) -> int:
    """How many words of the source a receipt misses."""
    return sum(len(words_of(row["words"])) for row in told["lost"])


def _looked(source, recognised: Recognised, policy) -> Look:
    pictures = _usable(recognised)
    if policy is None:
        recognised.oddities += [*_untitled(recognised), *references.oddities(recognised.facts)]
    found = Look(
        receipt=receipt.receipt_of(source, recognised),
        blocks=[_raw(block, pictures) for block in recognised.blocks],
        pictures=pictures,
    )
    found.lost = lost_in(found.receipt)
    if policy is not None:
        _lay_over(policy.get_latest_revision_as_object(), found)
    return found


def _lay_over(draft, found: Look) -> None:
    """Match with the draft: the ids that stay go into the receipt's map of numbers too."""
    names = {sha256: picture.name for sha256, picture in found.pictures.items()}
    merged = merging.merge(draft, found.receipt["title"] or draft.title, found.blocks, names)
    found.blocks, found.match, found.base_sha256 = merged.blocks, merged.match, merged.base_sha256
    numbers = found.receipt["numbering_map"]
    found.receipt["numbering_map"] = {number: merged.ids.get(key, key) for number, key in numbers.items()}
    if merged.is_unchanged:
        words = _("No change: same words as %(version)s. Nothing was saved.")
        found.unchanged = words % {"version": merging.named(draft)}
        found.receipt = receipt.refusal_receipt(found.unchanged)


def _brought_before(file, policy) -> str:
    """The file from which the last import made the draft would change nothing, or take later work away."""
    last = policy.imports.accepted().order_by("-pk").first()
    if last is None or last.sha256 != digest_of(file):
        return ""
    words = _("No change: this file was brought in already, on %(day)s by %(name)s. Nothing was saved.")
    return words % {"day": full_date(last.brought_at), "name": last.brought_by_name}


def _untitled(recognised: Recognised) -> list[Oddity]:
    if recognised.title:
        return []
    words = _("The document states no title: until somebody enters one, the draft is called after the file.")
    return [Oddity("no_title", _("title"), words)]


def _check_title(recognised: Recognised) -> None:
    if len(recognised.title) > LONGEST_TITLE:
        words = _("The title has %(n)d signs; the most is %(most)d. Shorten it and try again: %(title)s")
        raise Refusal(
            words
            % {"n": len(recognised.title), "most": LONGEST_TITLE, "title": recognised.title[:LONGEST_TITLE]}
        )


def _raw(block, pictures) -> dict:
    value = dict(block.value)
    if block.type == "figure" and value.get("image") not in pictures:
        value["image"] = None
    return {"type": block.type, "value": value, "id": block.id}


def _usable(recognised: Recognised) -> dict[str, Picture]:
    """The pictures that a page can show, under our names; each other one becomes a warning with its place."""
    found = {}
    for sha256, picture in recognised.pictures.items():
        if not picture.data:
            continue
        try:
            found[sha256] = _ours(picture, len(found) + 1)
        except ValidationError as refusal:
            words = " ".join(refusal.messages)
            recognised.oddities.append(Oddity("picture", picture.place, words))
    return found


def _ours(picture: Picture, number: int) -> Picture:
    check_image(BytesIO(picture.data))
    with Image.open(BytesIO(picture.data)) as opened:
        extension = EXTENSIONS.get(opened.format or "")
    if extension is None:
        raise ValidationError(
            _("Browsers do not show pictures of this kind. Save it as PNG and add it again.")
        )
    name = f"picture-{number}.{extension}"
    return Picture(picture.place, picture.data, name, picture.content_type, picture.alt)
