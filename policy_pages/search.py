"""What the site's search finds among policies: by reference first, then by the words of the title."""

import re

from django.db.models import Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext as _

from kernel.content.desk import Hit
from policy_pages import reading
from policy_pages.models.version import PolicyVersion

MOST = 50
SHOWN = ("title", "reference", "major", "minor", "policy__url_path", "policy__locale")


def find(user, text, today, narrowed=None) -> list[Hit]:
    """Versions in force that this person may read; SG-042, sg042 and SG 042 are one reference.

    ``narrowed`` by what only clauses have, no policy is found by its title.
    """
    if narrowed and (narrowed.force or narrowed.roles is not None):
        return []
    wanted = squeeze(text)
    words = Q()
    for word in text.split():
        words &= Q(title__icontains=word) | Q(reference__icontains=word)
    rows = reading.readable(reading.reader_of(user, today), today).annotate(squeezed=_squeezed())
    rows = rows.filter(**narrowed.of_policies) if narrowed else rows
    # Found in an index first: the rows themselves are as long as their texts.
    keys = list(
        rows.filter(Q(squeezed=wanted) | words).order_by("title", "pk").values_list("pk", flat=True)[:MOST]
    )
    rows = PolicyVersion.objects.filter(pk__in=keys).order_by("title", "pk").select_related("policy")
    rows = rows.only(*SHOWN) if keys else ()
    return [
        Hit(
            kind=_("Policies"),
            title=row.title,
            url=row.policy.get_url(),
            note=_("%(reference)s, version %(number)s") % {"reference": row.reference, "number": row.number},
            exact=squeeze(row.reference) == wanted,
        )
        for row in rows
    ]


def referenced(rows, text):
    """The policy of the version among ``rows`` that has this reference, however it is written; None for none."""
    row = rows.annotate(squeezed=_squeezed()).filter(squeezed=squeeze(text)).only("policy").first()
    return row.policy if row else None


def _squeezed():
    return Replace(Replace(Lower("reference"), Value("-"), Value("")), Value(" "), Value(""))


def squeeze(reference: str) -> str:
    """A reference as everybody means it: letters and digits alone, small."""
    return re.sub(r"[^a-z0-9]", "", reference.lower())
