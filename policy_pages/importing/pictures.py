"""Pictures inside documents: taken when they can be drawn, told as missing when they cannot."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from kernel.content.uploads import check_image
from policy_pages.importing.source import Oddity, Picture

MISSING, UNUSABLE = "missing_image", "unusable_image"


def picture_of(data: bytes, place: str, name: str, alt: str) -> tuple[Picture, list[Oddity]]:
    """The picture, and what an author has to know about it. Without ``data`` it is missing from the file."""
    if not data:
        return Picture(place=place, name=name, alt=alt), [_missing(place, name)]
    try:
        check_image(BytesIO(data))
    except ValidationError:
        return Picture(place=place, name=name, alt=alt), [_not_drawn(place, name)]
    return Picture(place=place, data=data, name=name, content_type=_type_of(data), alt=alt), []


def _type_of(data: bytes) -> str:
    with Image.open(BytesIO(data)) as image:
        return Image.MIME.get(image.format, "")


def _missing(place: str, name: str) -> Oddity:
    message = _("The picture %(name)s is not in the file. Add it by hand, or leave it out.")
    return Oddity(MISSING, place, message % {"name": name or _("here")})


def _not_drawn(place: str, name: str) -> Oddity:
    message = _(
        "The picture %(name)s is of a kind that cannot be shown. Save it as PNG or JPEG and add it by hand."
    )
    return Oddity(UNUSABLE, place, message % {"name": name or _("here")})
