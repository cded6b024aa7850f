"""Small text files that leave with a mail: a calendar file, a list. Anything larger or binary is a link instead."""

import re
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 100_000  # characters of all files of one mail together
NAME = re.compile(r"[\w][\w .()-]{0,99}\Z")
CONTENT_TYPE = re.compile(r"text/[a-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9-]+)*\Z")


@dataclass(frozen=True)
class Attachment:
    """One file. ``content_type`` is a kind of text, with parameters if need be: ``text/calendar; method=REQUEST``."""

    name: str
    content_type: str
    text: str


def as_data(attachments: list[Attachment]) -> list[dict[str, str]]:
    """What a row keeps of them. Raises ``ValidationError`` for a name, a kind or a size that no mail takes."""
    for one in attachments:
        if not NAME.match(one.name) or not CONTENT_TYPE.match(one.content_type):
            raise ValidationError(_("A mail takes text files alone, each with a plain name."))
    if sum(len(one.text) for one in attachments) > LARGEST:
        raise ValidationError(_("The files of a mail are too large: send a link."))
    return [asdict(one) for one in attachments]
