"""Asking that a charge be waived, with ground and evidence, and deciding on it: two people, all of it kept."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.charging import ledger
from course_catalogue.charging.kinds import CHARGES, WaiverState
from course_catalogue.models import Booking, LedgerEntry, Waiver, WaiverGround
from kernel.audit import act, record
from kernel.content.storage import files_taken_back
from kernel.content.uploads import check_document, check_image, own_name
from kernel.organisation import people
from kernel.outbox import queue_mail

MOST_BYTES = 10 * 1024 * 1024
DOCUMENTS, PICTURES = ("pdf", "docx", "odt", "txt"), ("png", "jpg", "jpeg")


def may_ask(user, entry: LedgerEntry, today) -> bool:
    """The person whose place it was, and the coordinator of the agency that pays."""
    me = people.profile_of(user)
    if me is None:
        return False
    mine = me.is_here(today) and me.pk == entry.booking.person_id
    return mine or permissions.coordinates(user, entry.agency, today)


def why_not(entry: LedgerEntry) -> str:
    """Why no waiver of this line can be asked for; empty where it can."""
    if entry.kind not in CHARGES:
        return _("Only a charge can be waived.")
    if entry.answers.exists():
        return _("This charge was waived or taken back already.")
    if entry.waivers.filter(state=WaiverState.ASKED).exists():
        return _("A waiver of this charge is asked for already.")
    return ""


@act("training.ask_waiver")
def ask(
    entry: LedgerEntry, *, actor, now: datetime, ground: WaiverGround | None, words: str, file=None, link=""
) -> Waiver:
    """Ask that a charge be dropped. ``file``: an upload of at most 10 MB (PDF, Word, OpenDocument, text, picture).

    ValidationError without words, without a ground where the policy names any, without file or link where the
    ground needs evidence, for a file that is not what it says; PermissionDenied for whom the charge is not.
    """
    if not may_ask(actor, entry, timezone.localdate(now)):
        raise PermissionDenied(_("The person booked and the agency's coordinator ask for a waiver."))
    _require_ground(entry, ground, words, file or link)
    checked = _checked(file) if file else {}
    with files_taken_back() as made, transaction.atomic():
        entry = _lock(entry.pk)
        if why := why_not(entry):
            raise ValidationError(why)
        waiver = Waiver(entry=entry, ground=ground, words=words.strip(), link=link, asked_at=now, **checked)
        waiver.asked_by_id, waiver.asked_by_name = actor.pk, people.name_of(actor)
        if file:
            waiver.file.save(checked["file_name"], file, save=False)
            made.append(waiver.file)
        waiver.clean_fields(exclude=["entry", "ground", "file", "decided_by_id", "decided_at"])
        waiver.save()
        record("training.ask_waiver", actor=actor, target=entry, facts={"waiver": waiver.pk})
    return waiver


def _require_ground(entry, ground, words, evidence) -> None:
    if not words.strip():
        raise ValidationError({"words": _("Say what happened: it is decided upon it.")})
    known = WaiverGround.objects.filter(policy=entry.booking.charge_policy_id)
    if ground is None and known.exists():
        raise ValidationError({"ground": _("Choose the ground in the charging policy.")})
    if ground is not None and not known.filter(pk=ground.pk).exists():
        raise ValidationError({"ground": _("This ground is not in the policy of the booking.")})
    if ground is not None and ground.needs_evidence and not evidence:
        raise ValidationError({"file": _("This ground needs evidence: add a file, or say where it is.")})


def _checked(file) -> dict:
    """Name and digest of a file whose content is what its ending says."""
    if file.size > MOST_BYTES:
        raise ValidationError({"file": _("The file must be 10 MB or less.")})
    ending = PurePosixPath(file.name).suffix.lower().lstrip(".")
    try:
        if ending in PICTURES:
            check_image(file)
        elif ending in DOCUMENTS:
            check_document(file, ending)
        else:
            raise ValidationError(_("Bring a PDF, a Word or OpenDocument text, plain text, PNG or JPEG."))
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages}) from refusal
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return {"file_name": own_name(file.name), "sha256": digest}


def may_decide(user, waiver: Waiver, today) -> bool:
    """Who administers training, but neither who asked nor whose charge it is."""
    if user.pk == waiver.asked_by_id or not permissions.administers(user, today):
        return False
    return waiver.entry.booking.person.user_id != user.pk


def may_see(user, waiver: Waiver, today) -> bool:
    """Who asked, and who administers training; evidence may tell of somebody's health."""
    return user.pk == waiver.asked_by_id or permissions.administers(user, today)


@act("training.decide_waiver")
@transaction.atomic
def decide(waiver: Waiver, *, actor, now: datetime, granted: bool, answer: str) -> Waiver:
    """Waive the charge or not, and say why; who asked is told by mail.

    ValidationError for a second decision, without a reason, or where the charge was taken back meanwhile;
    PermissionDenied for who asked, for whom it is about, and for who does not administer training.
    """
    entry = _lock(waiver.entry_id)
    waiver = (
        Waiver.objects.select_for_update(of=("self",))
        .select_related("entry__booking__person")
        .get(pk=waiver.pk)
    )
    if not may_decide(actor, waiver, timezone.localdate(now)):
        raise PermissionDenied(_("Another administrator decides: neither who asked nor whose charge it is."))
    if waiver.state != WaiverState.ASKED:
        words = {"state": waiver.get_state_display()}
        raise ValidationError(_("This was decided already: %(state)s. Nothing was done twice.") % words)
    if not answer.strip():
        raise ValidationError({"answer": _("Say why: who asked reads it.")})
    waiver.state = WaiverState.GRANTED if granted else WaiverState.REFUSED
    waiver.answer, waiver.decided_at = answer.strip(), now
    waiver.decided_by_id, waiver.decided_by_name = actor.pk, people.name_of(actor)
    waiver.save()
    if granted:
        ledger.waive(entry, now=now, actor=actor, words=_("Waived: %(words)s") % {"words": entry.words})
    record(
        "training.decide_waiver", actor=actor, target=entry, facts={"waiver": waiver.pk, "granted": granted}
    )
    _tell(waiver, entry)
    return waiver


def _lock(entry_id) -> LedgerEntry:
    """Booking first, as every other writer of the ledger does."""
    Booking.objects.select_for_update().get(ledger=entry_id)
    return LedgerEntry.objects.select_for_update().get(pk=entry_id)


def _tell(waiver: Waiver, entry: LedgerEntry) -> None:
    asker = get_user_model().objects.filter(pk=waiver.asked_by_id, is_active=True).exclude(email="").first()
    if asker is not None:
        kind = "training.waiver_decided"
        queue_mail(kind=kind, to=[asker.email], subject=_subject(waiver), text=_text(waiver, entry))


def _subject(waiver) -> str:
    granted = waiver.state == WaiverState.GRANTED
    return _("Waived: the charge that you asked about") if granted else _("Not waived: the charge stands")


def _text(waiver, entry) -> str:
    return f"{entry.words}\n\n{waiver.get_state_display()}. {waiver.answer}\n"
