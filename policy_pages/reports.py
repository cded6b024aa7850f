"""Rows for the desk, the menu and lists. Each asks for one person on one day."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.content.desk import DeskRow, Section
from kernel.content.kept import kept
from kernel.lifecycle import waiting
from kernel.lifecycle.enums import OPEN_STATES, DecisionKind, SubmissionState
from kernel.lifecycle.models import Authorship, Proposal
from kernel.lifecycle.proposals import kind_of
from policy_pages import permissions, reading
from policy_pages.agenda.settled import on_no_agenda
from policy_pages.duties import telling
from policy_pages.enums import ImportState
from policy_pages.imports import rights
from policy_pages.models import PolicyImport, PolicyIndexPage, PolicyPage, PolicyVersion
from policy_pages.readers import mine
from policy_pages.reviews import asked
from policy_pages.screening import leading

MORE_SECTIONS = ((mine.LEADS, mine.my_team),)
BROUGHT = ("name", "state", "policy", "library", "brought_by_id")
# Why a draft is with its author again, by the state of its last submission.
CAME_BACK = {
    SubmissionState.SENT_BACK: gettext_lazy("Sent back: read why, change it, submit it again."),
    SubmissionState.RECALLED: gettext_lazy("Taken back before anybody decided."),
    SubmissionState.REJECTED: gettext_lazy("Rejected: read why; the same words are not handed in again."),
    SubmissionState.VOIDED: gettext_lazy("Void, because the text changed: submit it again."),
}
BUTTONS = {
    DecisionKind.APPROVE: ("decide", gettext_lazy("Read and decide")),
    DecisionKind.SIGN: ("sign", gettext_lazy("Read and sign")),
    DecisionKind.MINUTE: ("decide", gettext_lazy("Record the decision")),
    DecisionKind.CONFIRM: ("decide", gettext_lazy("Check the record")),
    DecisionKind.CLOSE: ("decide", gettext_lazy("Look at the conditions")),
}


def _deciding(user, today, _request) -> list[DeskRow]:
    return [_to_decide(item) for item in on_no_agenda(waiting.waiting_for(user, today))]


def _owing(user, today, _request) -> list[DeskRow]:
    return [_to_meet(row, today) for row in waiting.owed_by(user)]


def _documents(user, today, _request) -> list[DeskRow]:
    brought = PolicyImport.objects.open().filter(brought_by_id=user.pk).only(*BROUGHT)
    return [_document(row) for row in brought if rights.can_see(user, row)]


def _assessing(user, today, _request) -> list[DeskRow]:
    return [_full(screening) for screening in leading.waiting_for(user, today)]


def _drafts(user, today, _request) -> list[DeskRow]:
    return [_own(page) for page in _written_by(user)]


# What waits for somebody among policies. Each part is asked only of those of whom its facts are not known to be false
# (``portal.frame.desk``). Most people only read; reviews concern people who need not decide or write anything.
DESK_PARTS = (
    ((waiting.SEATED,), _deciding),
    ((waiting.OWES,), _owing),
    (("policies.brought",), _documents),
    ((permissions.OWNS,), telling.desk),
    ((leading.LEADS,), _assessing),
    (("policies.wrote",), _drafts),
    ((mine.ASKED,), mine.desk),
    ((asked.ASKED,), asked.desk),
)


def sections(user, today) -> list[Section]:
    """The library stands in the menu as soon as it holds something for this person."""
    place = kept("policies.library", _library)
    if place is None or not (
        user.is_authenticated or kept(("policies.public", today), lambda: _public(today))
    ):
        return []
    title, url = place
    return [Section(key="policies", label=title, url=url)]


def _library() -> tuple[str, str] | None:
    index = PolicyIndexPage.objects.filter(live=True).first()
    return (index.title, index.get_url()) if index else None


def _public(today) -> bool:
    return reading.readable(reading.VISITOR, today).exists()


def wrote(today):
    """The fact behind ``_written_by``: anything written at all."""
    return Exists(Authorship.objects.filter(user_id_copy=OuterRef("pk")))


def brought(today):
    """The fact behind the rows of documents: one brought that is not decided."""
    return Exists(PolicyImport.objects.open().filter(brought_by_id=OuterRef("pk")))


def _full(screening) -> DeskRow:
    return DeskRow(
        verb="decide",
        title=screening.policy.draft_title,
        why=_("%(kind)s: a full assessment waits for you. The text is not approved before.")
        % {"kind": screening.kind_name},
        url=reverse("policy_full_assessment", args=[screening.policy_id, screening.kind.slug]),
        button=_("Read and assess"),
    )


def _document(row) -> DeskRow:
    return DeskRow(
        verb="write",
        title=row.name,
        why=_("A document that you brought: %(state)s.") % {"state": row.get_state_display()},
        url=reverse("policy_import", args=[row.pk]),
        button=_("Check the document"),
        later=row.state != ImportState.READY,
    )


def _to_decide(item) -> DeskRow:
    verb, button = BUTTONS[item.act]
    why = str(item.matter.get_state_display())
    if isinstance(item.matter, Proposal):
        verb, button = BUTTONS[DecisionKind.APPROVE] if item.act == DecisionKind.SIGN else (verb, button)
        why = f"{kind_of(item.matter).label}: {why}"
    acting_for = _("for %(name)s") % {"name": item.seat.for_name} if item.seat.for_name else ""
    return DeskRow(
        verb=verb,
        title=item.matter.page.draft_title,
        why=f"{why[:1].upper()}{why[1:]}.",
        url=_address(item.matter),
        button=str(button),
        acting_for=acting_for,
    )


def _to_meet(condition, today) -> DeskRow:
    return DeskRow(
        verb="decide",
        title=condition.submission.page.draft_title,
        why=_("A condition that you see to: %(words)s") % {"words": condition.words},
        url=reverse("policy_conditions", args=[condition.submission.page_id]),
        button=_("Read the condition"),
        by=condition.due,
        overdue=condition.due < today,
    )


def _address(matter) -> str:
    name = {"Proposal": "policy_proposal", "ChairAction": "policy_chair_action"}.get(type(matter).__name__)
    return reverse(name, args=[matter.pk]) if name else reverse("policy_decide", args=[matter.page_id])


def _written_by(user):
    """Policies with a draft that this person wrote on since the last issue, newest first; one query."""
    wrote = Authorship.objects.filter(user_id_copy=user.pk).values("page_id_copy")
    pages = PolicyPage.objects.filter(pk__in=wrote, has_unpublished_changes=True)
    issued = PolicyVersion.objects.filter(policy=OuterRef("pk"), revision=OuterRef("latest_revision"))
    pages = pages.filter(~Exists(issued))
    return pages.prefetch_related("submissions").order_by("-latest_revision_created_at")


def _own(page) -> DeskRow:
    waits = [row for row in page.submissions.all() if row.state in OPEN_STATES]
    if waits:
        why, url = waits[0].get_state_display(), reverse("policy_decide", args=[page.pk])
    else:
        states = [row.state for row in page.submissions.all()]  # newest first
        why = CAME_BACK.get(states[0] if states else "", _("Your draft, not submitted."))
        url = reverse("policy_draft", args=[page.pk])
    return DeskRow(
        verb="write",
        title=page.draft_title,
        why=str(why).capitalize().rstrip(".") + ".",
        url=url,
        button=_("Open the draft"),
        later=bool(waits),
    )


def receipts_of(page) -> list:
    """The documents that became drafts of a policy, newest first, each with the version that it belongs to.

    That is the version issued next after the document was accepted; None while it is not issued.
    """
    issued = page.versions.select_related("submission").defer("content", "html", "control")
    versions = {version.submission.cycle: version for version in issued}
    rows = list(page.imports.accepted().defer("receipt", "blocks", "match"))
    for row in rows:
        row.version = versions.get(row.cycle)
    return rows


def came_back(page):
    """The act that gave a text back to its author; None while it waits, when it was issued, before any submission."""
    last = page.submissions.first()
    return last.decisions.last() if last and last.state in CAME_BACK else None
