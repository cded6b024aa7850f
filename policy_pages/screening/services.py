"""Record a screening, confirm it for a changed text, finish the full assessment that it opened."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation import people
from policy_pages import freezing, permissions
from policy_pages.models.screening import FullAssessment, Screening, ScreeningAnswer
from policy_pages.screening import entry as entries
from policy_pages.screening import gates, leading, notices
from policy_pages.screening.duties import changed, duties_of
from policy_pages.screening.enums import FullOutcome

# Codes of refusals: a second press; somebody else was quicker; the text is another than was read.
ALREADY, OVERTAKEN, OTHER_TEXT = "already", "overtaken", "other text"


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the lead writes at the end of a full assessment."""

    mitigations: str
    consultation: str
    decision: str
    reason: str


@act("policies.record_screening")
def record_screening(page, *, kind, actor, today, entry, after: int) -> Screening:
    """Record a finished screening of the latest draft; it takes the place of the one before (S3-20 to S3-24).

    ``after`` is the number of the newest record that the reviewer saw, 0 for none. An adverse answer opens a full
    assessment where its kind has a lead; so does every record that follows on one which the lead has not let go on.
    Tells the leads. Raises ValidationError by field.
    """
    draft = _locked_draft(page, actor)
    before = _newest(draft, kind, after, actor)
    rows = list(kind.rows.all())
    problems = entries.problems(entry, kind, rows, today)
    if not rows:
        problems["__all__"] = _("This screening has no rows yet: ask the site administrator.")
    if problems:
        raise ValidationError(problems)
    adverse = sum(entries.is_adverse(kind, entry.of(row)[0]) for row in rows)
    lead = kind.lead_role or (before.lead_role if _is_unsettled(before) else "")
    document = " ".join(entry.document.split())
    other = not entry.of_this_document and document.casefold() != draft.title.casefold()
    screening = _screening(
        draft,
        kind,
        actor,
        after + 1,
        document=document if other else draft.title,
        of_this_document=not other,
        reviewer_name=entry.reviewer_name.strip(),
        reviewer_role=entry.reviewer_role.strip(),
        assessed_on=entry.assessed_on,
        day_known=entry.day_known,
        adverse_count=adverse,
        needs_full=bool(lead) and (adverse > 0 or _is_unsettled(before)),
        lead_role=lead,
        reason=entry.reason.strip(),
    )
    _keep_answers(screening, kind, rows, entry)
    record("policies.record_screening", actor=actor, target=draft, facts=_facts(screening))
    if screening.needs_full:
        notices.full_opened(screening, today)
    return screening


@act("policies.confirm_screening")
def confirm_screening(page, *, kind, actor, today, reason, after: int) -> Screening:
    """Say that a screening still holds although duties changed: a record of its own with the same answers.

    Only where nothing was negative and no lead was asked; everything else is assessed anew.
    """
    draft = _locked_draft(page, actor)
    before = _newest(draft, kind, after, actor)
    if before is None or before.adverse_count or before.needs_full:
        raise ValidationError(_("Only a screening without a negative answer is confirmed. Record it anew."))
    if not changed(before.duties, duties_of(freezing.freeze(draft).content)):
        raise ValidationError(_("No duty changed since it was recorded: there is nothing to confirm."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the answers still hold.")})
    same = ("document", "of_this_document", "reviewer_name", "reviewer_role", "assessed_on", "day_known")
    kept = {name: getattr(before, name) for name in same}
    kept |= {"adverse_count": 0, "needs_full": False, "lead_role": before.lead_role}
    screening = _screening(draft, kind, actor, after + 1, confirms=before, reason=reason.strip(), **kept)
    for answer in before.answers.all():
        answer.pk, answer.screening, answer._state.adding = None, screening, True
        answer.save(force_insert=True)
    record("policies.confirm_screening", actor=actor, target=draft, facts=_facts(screening))
    return screening


@act("policies.full_assessment")
def conclude_full(
    page, *, kind, actor, today, findings: Findings, after: int, text_sha256: str
) -> FullAssessment:
    """Finish the full assessment of the newest screening: go on, change the text, or stop (S3-24).

    ``text_sha256`` is the digest of the text that the lead read. Raises PermissionDenied for whoever does not hold
    the role, wrote any of the text since its last issue, or recorded the screening.
    """
    draft = _lock(page)
    screening = _newest(draft, kind, after, actor)
    if screening is None or not screening.needs_full:
        raise ValidationError(_("Nothing waits for a full assessment here."))
    _require_lead(draft, screening, actor, today)
    if hasattr(screening, "full"):
        raise ValidationError(_already(screening.full), code=ALREADY)
    if draft.text_digest() != text_sha256:
        words = _("The text changed while you had it open. Read it again, then decide.")
        raise ValidationError(words, code=OTHER_TEXT)
    _check_findings(findings)
    full = FullAssessment(
        screening=screening,
        page_id_copy=draft.pk,
        cycle=draft.versions_issued(),
        text_sha256=text_sha256,
        mitigations=findings.mitigations.strip(),
        consultation=findings.consultation.strip(),
        decision=findings.decision,
        reason=findings.reason.strip(),
        decided_by_id=actor.pk,
        decided_by_name=people.name_of(actor),
        made_by_id=screening.made_by_id,
        decided_at=timezone.now(),
    )
    full.save(force_insert=True)
    facts = _facts(screening) | {"decision": full.decision}
    record("policies.full_assessment", actor=actor, target=draft, facts=facts)
    notices.full_decided(full)
    return full


def _lock(page):
    """The latest draft, its page locked as every decision and every save of the draft lock it."""
    return Page.objects.select_for_update().get(pk=page.pk).specific.get_latest_revision_as_object()


def _locked_draft(page, actor):
    draft = _lock(page)
    if not permissions.can_submit(actor, draft):
        raise PermissionDenied(_("Its authors, its owner and the owner's deputy record its screenings."))
    return draft


def _newest(draft, kind, after: int, actor) -> Screening | None:
    """The newest record of a kind, which must be the one that was on the screen."""
    newest = gates.newest(draft.pk).filter(kind=kind).first()
    if (newest.number if newest else 0) == after:
        return newest
    if newest is None:
        raise ValidationError(_("This screening is not there. Open the page again."))
    if newest.made_by_id == actor.pk:
        words = _("You already recorded this at %(time)s. Nothing was recorded twice.")
        raise ValidationError(words % {"time": clock(newest.made_at)}, code=ALREADY)
    words = _(
        "%(name)s recorded this screening while you had it open. Nothing of yours was saved: look at theirs first."
    )
    raise ValidationError(words % {"name": newest.made_by_name}, code=OVERTAKEN)


def _is_unsettled(before) -> bool:
    """The lead was asked and has not let it go on: what follows goes to the lead again, whatever it answers."""
    if before is None or not before.needs_full:
        return False
    return not hasattr(before, "full") or before.full.decision != FullOutcome.GO_ON


def _screening(draft, kind, actor, number, **values) -> Screening:
    frozen = freezing.freeze(draft)
    screening = Screening(
        policy_id=draft.pk,
        kind=kind,
        kind_name=kind.name,
        number=number,
        cycle=draft.versions_issued(),
        policy_title=frozen.content["title"][:255],
        text_sha256=frozen.digest,
        duties=duties_of(frozen.content),
        made_by_id=actor.pk,
        made_by_name=people.name_of(actor),
        made_at=timezone.now(),
        **values,
    )
    screening.clean_fields(exclude={"confirms", "duties"})
    screening.save(force_insert=True)
    return screening


def _keep_answers(screening, kind, rows, entry) -> None:
    for position, row in enumerate(rows, start=1):
        answer, comment = entry.of(row)
        ScreeningAnswer(
            screening=screening,
            position=position,
            row_id_copy=row.pk,
            label=row.label,
            guidance=row.guidance,
            answer=answer,
            adverse=entries.is_adverse(kind, answer),
            comment=comment,
        ).save(force_insert=True)


def _require_lead(draft, screening, actor, today) -> None:
    if not leading.holds_lead(actor, screening, today):
        raise PermissionDenied(
            _("Holders of the role “%(role)s” make this assessment.") % {"role": screening.lead_role}
        )
    if actor.pk == screening.made_by_id:
        raise PermissionDenied(_("You recorded this screening, so somebody else assesses it in full."))
    if actor.pk in leading.authors(draft):
        raise PermissionDenied(_("You wrote part of this text, so somebody else assesses it."))


def _check_findings(findings) -> None:
    problems = {}
    if not findings.mitigations.strip():
        problems["mitigations"] = _("Enter what is done against the negative impact, or why nothing can be.")
    if not findings.consultation.strip():
        problems["consultation"] = _("Enter who was asked and what they said.")
    if findings.decision not in FullOutcome.values:
        problems["decision"] = _("Choose what you decide.")
    if not findings.reason.strip():
        problems["reason"] = _("Say why: the author reads it.")
    if problems:
        raise ValidationError(problems)


def _already(full) -> str:
    words = _("%(name)s finished this assessment already: %(decision)s.")
    return words % {"name": full.decided_by_name, "decision": full.get_decision_display()}


def _facts(screening) -> dict:
    return {
        "kind": screening.kind.slug,
        "screening": screening.pk,
        "number": screening.number,
        "adverse": screening.adverse_count,
        "sha256": screening.text_sha256,
    }
