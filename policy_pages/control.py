"""The control panel of an issued version: who stands behind it. What is missing reads "not stated"."""

from datetime import date

from django.utils.translation import gettext as _

from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.enums import DocumentType
from policy_pages.screening import attached


def facts(version, due: date | None, *, gone: bool = False) -> list[tuple[str, str]]:
    """Label and value, in the order in which a reader asks; ``due`` is the day of its review that is to be shown."""
    known = version.control
    missing = _("not stated")
    owner = known.get("owner", missing)
    if known.get("owner_role"):
        owner = f"{owner}, {known['owner_role']}"
    if known.get("owner_deputy"):
        owner = _("%(owner)s (deputy %(deputy)s)") % {"owner": owner, "deputy": known["owner_deputy"]}
    return [
        (_("Reference"), version.reference),
        (_("Type"), str(DocumentType(version.content["document_type"]).label)),
        (_("Version"), version.number),
        (_("Owner"), owner),
        (_("Sponsor"), known.get("sponsor", missing)),
        (_("Approved by"), _by(known, ["approve"]) or missing),
        (_("Ratified by"), _by(known, ["confirm", "sign"]) or missing),
        (_("In force from"), full_date(version.in_force_from)),
        (_("Review due"), full_date(due) or (_("none, it is withdrawn") if gone else missing)),
        *((fact["name"], attached.words_of(fact)) for fact in known.get("screenings", [])),
        (_("Who may read it"), str(version.get_audience_display())),
        (_("Seal"), f"{version.seal[:4]}-{version.seal[4:8]}"),
    ]


def _by(known, kinds) -> str:
    return "; ".join(_act(row) for row in known["decisions"] if row["kind"] in kinds)


def _act(row) -> str:
    words = f"{row['body']}, {row['who']}"
    if row["for"]:
        words = _("%(act)s for %(name)s") % {"act": words, "name": row["for"]}
    words = f"{words}, {full_date(date.fromisoformat(row['on']))}"
    return (
        _("%(act)s, minute %(minute)s") % {"act": words, "minute": row["minute"]} if row["minute"] else words
    )
