"""Issue a ratified policy: the one place that makes a version."""

import json
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kernel.audit import record
from kernel.content.storage import files_taken_back
from kernel.lifecycle.deciding import text_changed
from kernel.lifecycle.enums import Significance
from kernel.outbox import emit
from policy_pages import clause_index, freezing
from policy_pages.duties import index as duty_index
from policy_pages.enums import Audience
from policy_pages.models.version import PolicyVersion, VersionFile
from policy_pages.readers import calls, questions
from policy_pages.reviews.services import begin_next, due_at_issue
from policy_pages.screening import attached, gates

NO_ROOM_FOR_FILES = gettext_lazy(
    "There is no room to store the pictures and attachments of this text. Nothing was changed: "
    "tell the people who look after this site, then decide again."
)
CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def issue_version(submission, *, actor) -> PolicyVersion:
    """Make the version of a ratified submission: number, frozen text, seal, copies of its files (S0-02, S3-03).

    Called inside the ratifying act, which holds the lock. Raises ValidationError for a text whose digest is not the
    approved one, and for one that lacks a screening which its type requires.
    On its first day the page's own live text follows; readers never wait for that.
    """
    draft = submission.revision.as_object()
    frozen = freezing.freeze(draft)
    if frozen.digest != submission.text_sha256:
        raise text_changed()
    if stopped := gates.open_gates(draft, frozen.content):
        raise ValidationError(stopped)
    rows = PolicyVersion.objects.filter(policy_id=draft.pk).only("major", "minor", "seal")
    previous = rows.newest_first().first()
    version = _version(submission, draft, frozen, previous)
    version.save(force_insert=True)
    if version.audience == Audience.GROUPS:
        version.audience_groups.set(draft.audience_groups.all())
    _copy_files(version, frozen.files)
    clause_index.replace(version, submission.issued_on)
    calls.keep(version)
    questions.keep(version)
    duty_index.replace(version, submission.issued_on)
    facts = {"number": version.number, "seal": version.seal, "in_force_from": str(version.in_force_from)}
    record("policies.issue", actor=actor, target=draft, facts=facts)
    begin_next(
        version,
        actor=actor,
        today=submission.issued_on,
        months=draft.review_months,
        high_risk=draft.high_risk,
    )
    emit("policies.issued", {"policy": draft.pk, "version": version.pk, "number": version.number})
    if version.in_force_from <= submission.issued_on:
        submission.revision.publish(user=actor, skip_permission_checks=True)
    return version


def next_number(previous, significance) -> tuple[int, int]:
    """1.0 first; then a major change makes the next whole number, a minor one the next decimal."""
    if previous is None:
        return 1, 0
    if significance == Significance.MAJOR:
        return previous.major + 1, 0
    return previous.major, previous.minor + 1


def seal_of(version) -> str:
    """The digest that chains a version to the one before."""
    parts = [
        version.previous_seal,
        version.policy_id,
        version.number,
        version.title,
        version.reference,
        version.audience,
        version.significance,
        version.change_note,
        version.in_force_from.isoformat(),
        version.ratified_on.isoformat(),
        version.review_due.isoformat() if version.review_due else "",
        version.issued_by_name,
        version.text_sha256,
        version.content,
        version.control,
        version.html,
    ]
    return freezing.digest_of(parts)


def kind_of(name: str) -> str:
    return CONTENT_TYPES.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


def files_shown(content) -> list[str]:
    """Digests of the files that frozen content shows: figures, attachments and links in the words."""
    shown = [block["file"]["sha256"] for block in content["blocks"] if block.get("file")]
    return shown + re.findall(r"#file-([0-9a-f]{64})", json.dumps(content["blocks"]))


def _version(submission, draft, frozen, previous) -> PolicyVersion:
    major, minor = next_number(previous, submission.significance)
    decisions = list(submission.decisions.all())
    version = PolicyVersion(
        policy_id=draft.pk,
        major=major,
        minor=minor,
        revision=submission.revision,
        submission=submission,
        title=frozen.content["title"],
        reference=draft.reference,
        audience=draft.audience,
        content=frozen.content,
        control=_control(draft, submission, decisions, frozen.content),
        html=render_to_string(
            "policy_pages/text.html", {"blocks": frozen.content["blocks"], "files": freezing.FILES}
        ),
        text_sha256=frozen.digest,
        previous_seal=previous.seal if previous else "",
        significance=submission.significance,
        change_note=submission.change_note,
        ratified_on=submission.ratified_on,
        in_force_from=submission.in_force_from,
        review_due=due_at_issue(
            draft.pk,
            ratified_on=submission.ratified_on,
            significance=submission.significance,
            months=draft.review_months,
            high_risk=draft.high_risk,
        ),
        issued_at=timezone.now(),
        issued_by_name=decisions[-1].actor_name,
    )
    version.seal = seal_of(version)
    return version


def _control(draft, submission, decisions, content) -> dict:
    """Who stands behind the version, by name as of the day of issue; what is missing is left out, never guessed."""
    names = {
        "owner": draft.policy_owner,
        "owner_deputy": draft.owner_deputy,
        "owner_role": draft.owner_role,
        "sponsor": draft.sponsor,
        "approving_body": submission.approving_body,
        "ratifying_body": submission.ratifying_body,
    }
    facts = {key: str(thing.name) for key, thing in names.items() if thing}
    facts["decisions"] = [
        {
            "kind": row.kind,
            "who": row.actor_name,
            "for": row.for_name,
            "body": row.body_name,
            "on": timezone.localtime(row.at).date().isoformat(),
            "minute": row.minute_reference,
        }
        for row in decisions
    ]
    if screenings := attached.facts(draft, content):
        facts["screenings"] = screenings
    return facts


def _copy_files(version, files) -> None:
    """Copy what the text shows; when a copy fails, those made before go too, with the whole act."""
    with files_taken_back(NO_ROOM_FOR_FILES) as made:
        for sha256, (name, source) in files.items():
            copy = _copy_of(version, sha256, name, source)
            made.append(copy.file)
            copy.save()


def _copy_of(version, sha256, name, source) -> VersionFile:
    copy = VersionFile(version=version, name=name, content_type=kind_of(name), sha256=sha256)
    with source.open("rb") as stream:
        copy.file.save(sha256, ContentFile(stream.read()), save=False)
    return copy
