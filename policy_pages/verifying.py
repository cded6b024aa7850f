"""Check every issued version against its seal and its neighbours; the first that does not hold is named."""

import hashlib

from django.utils.translation import gettext as _

from kernel.audit.models import AuditEntry
from kernel.lifecycle.enums import SubmissionState
from kernel.lifecycle.models import Submission
from policy_pages import freezing, issuing
from policy_pages.models import PolicyImport, PolicyVersion
from policy_pages.screening import attached


def first_fault() -> str:
    """A sentence that names the first version that was altered, lost or moved; empty when all hold.

    Goes through the versions one by one, policy by policy, in the order in which they were issued.
    """
    before, policy_id = "", None
    rows = PolicyVersion.objects.select_related("submission").order_by("policy_id", "major", "minor")
    for version in rows.iterator():
        before = before if version.policy_id == policy_id else ""
        fault = _fault(version, before)
        if fault:
            words = {
                "reference": version.reference,
                "number": version.number,
                "row": version.pk,
                "fault": fault,
            }
            return _("%(reference)s %(number)s (row %(row)s): %(fault)s") % words
        before, policy_id = version.seal, version.policy_id
    return _lost() or _receipt_fault()


def _fault(version, before) -> str:
    content = version.content
    if version.previous_seal != before:
        return _("the version before it is missing or was altered")
    if issuing.seal_of(version) != version.seal:
        return _("it does not match its seal")
    if freezing.digest_of(content) != version.text_sha256:
        return _("its text does not match its digest")
    if version.submission.text_sha256 != version.text_sha256:
        return _("its text is not the one that was approved")
    stood = (content["title"], content["reference"], content["audience"], content["audience_groups"])
    groups = sorted(version.audience_groups.values_list("pk", flat=True))
    if stood != (version.title, version.reference, version.audience, groups):
        return _("its title, reference or audience was altered")
    return _file_fault(version) or attached.fault(version)


def _file_fault(version) -> str:
    kept = {row.sha256: row for row in version.files.all()}
    for sha256 in sorted(set(issuing.files_shown(version.content)) | set(kept)):
        if sha256 not in kept or not _is_whole(kept[sha256]):
            return _("the file %(sha256)s is missing or was altered") % {"sha256": sha256}
    return ""


def _receipt_fault() -> str:
    """Receipts are what the trail says was accepted, and so are the files that came with them."""
    told = AuditEntry.objects.filter(action="policies.accept_import", refused=False).order_by("pk")
    rows = {row.pk: row for row in PolicyImport.objects.accepted().order_by("pk")}
    for facts in told.values_list("facts", flat=True):
        row = rows.get(facts["import"])
        if row is None or freezing.digest_of(row.receipt) != facts["receipt"]:
            return _("The receipt of import %(row)s is missing or was altered.") % {"row": facts["import"]}
        if row.sha256 != facts["file"] or not _is_whole(row):
            return _("The file of import %(row)s is missing or was altered.") % {"row": facts["import"]}
    return ""


def _is_whole(row) -> bool:
    try:
        with row.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == row.sha256
    except FileNotFoundError:
        return False


def _lost() -> str:
    """The newest version of a chain leaves no gap in it; its submission still says that it was issued."""
    kept = PolicyVersion.objects.values("submission_id")
    lost = Submission.objects.filter(state=SubmissionState.ISSUED, page__policypage__isnull=False)
    row = lost.exclude(pk__in=kept).order_by("pk").first()
    return _("The version of submission %(row)s is missing.") % {"row": row.pk} if row else ""
