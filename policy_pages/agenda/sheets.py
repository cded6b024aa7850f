"""The front sheets of policies: what is asked, who wrote and approved, what changed, what came in with it."""

import re

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kernel.content import sanitise
from kernel.lifecycle.enums import Significance
from kernel.meetings.kinds import FrontSheet, Part
from policy_pages import freezing, issuing, shown
from policy_pages.changes import summary
from policy_pages.changes.comparing import compare
from policy_pages.imports import telling
from policy_pages.models import PolicyImport, PolicyPage, PolicyVersion
from policy_pages.models.version import VersionFile
from policy_pages.screening import attached

DRAFT_FILE = re.compile(r"/policy/(\d+)/draft-file/([0-9a-f]{64})/[^/]+$")
HEADING = re.compile(r"<(/?)h([1-6])\b")
ISSUED_FILE = re.compile(r"/policy-file/(\d+)/([0-9a-f]{64})/[^/]+$")


def asked(submission) -> str:
    """What the meeting is asked for, in one sentence."""
    if submission.cycle == 0:
        return _("To ratify a new document")
    if submission.significance == Significance.MAJOR:
        return _("To ratify a new version: people must do something differently")
    return _("To ratify a new version: wording only")


def approval(submission, act) -> str:
    """Who approved this exact text and when, with the beginning of its seal."""
    words = {"seal": seal_of(submission.text_sha256)}
    if act is None:
        return _("Not approved yet; seal %(seal)s") % words
    words |= {"who": act.actor_name, "day": date_format(localtime(act.at), "j F Y")}
    return _("Approved by %(who)s on %(day)s; text unchanged since, seal %(seal)s") % words


def seal_of(digest: str) -> str:
    """The beginning of a digest, as a person compares it."""
    return f"{digest[:4]}-{digest[4:8]}"


def of_submission(submission, written, problem, approved, today) -> FrontSheet:
    """``approved`` is empty where the approval is void."""
    draft = submission.revision.as_object()
    frozen = freezing.freeze(draft)
    if not problem and frozen.digest != submission.text_sha256:
        problem, approved = _("The text is not the one that was approved. It cannot be ratified."), ""
    return FrontSheet(
        title=frozen.content["title"],
        reference=draft.reference or "",
        asked=asked(submission),
        problem=problem,
        facts=(
            (_("Written by"), names_of(written)),
            (_("Approval"), approved or _("Void: see above")),
            (_("Owner"), str(draft.policy_owner or _("not named"))),
            *_wanted(submission),
            *attached.lines(draft),
            *_conditions(submission),
        ),
        parts=tuple(_parts(submission, draft, frozen.content, today)),
    )


def of_proposal(proposal, kind, problem) -> FrontSheet:
    """A question about the text in force: its reason and risk, and what its kind shows beside them."""
    return FrontSheet(
        title=proposal.page.title,
        reference=proposal.page.policypage.reference or "",
        asked=str(kind.label),
        problem=problem,
        facts=(
            (_("Proposed by"), f"{proposal.proposed_by_name}, {date_format(proposal.proposed_on, 'j F Y')}"),
            (_("Why"), proposal.reason),
            *([(_("Risk"), proposal.risk)] if proposal.risk else []),
            *((str(label), str(value)) for label, value in kind.rows(proposal)),
            (_("Text in force"), _in_force(proposal)),
        ),
    )


def _in_force(proposal) -> str:
    words = {"number": proposal.version_number, "seal": seal_of(proposal.text_sha256)}
    return _("Version %(number)s, seal %(seal)s; its words stay as they are") % words


def of_chair_action(action, written, problem) -> FrontSheet:
    """A text that is in force already: why it could not wait, and what it changed."""
    version = PolicyVersion.objects.filter(submission=action.submission_id).defer("html").first()
    return FrontSheet(
        title=action.page.title,
        reference=action.page.policypage.reference or "",
        asked=_("To ratify what the chair issued because it could not wait"),
        problem=problem,
        facts=(
            (_("Issued by"), f"{action.acted_by_name}, {date_format(action.acted_on, 'j F Y')}"),
            (_("Why it could not wait"), action.reason),
            (_("Written by"), names_of(written)),
            *([(_("Version"), f"{version.number}, {seal_of(version.text_sha256)}")] if version else []),
        ),
        parts=tuple(_issued_parts(action, version) if version else ()),
    )


def _issued_parts(action, version):
    note = render_to_string("policy_pages/agenda/note.html", {"submission": action.submission})
    yield Part(heading=_("What changed, in the author's words"), html=note)
    rows = PolicyVersion.objects.filter(policy_id=version.policy_id, pk__lt=version.pk).newest_first()
    if before := rows.first():
        before = shown.text_of(before.pk, before.seal)
        html = _changes(version.content, before, f"/policy-file/{version.pk}/")
        yield Part(heading=_("What it changed, clause by clause"), html=html)
    else:
        html = _text(version.content, f"/policy-file/{version.pk}/")
        yield Part(heading=_("The text: all of it is new"), html=html)


def names_of(written) -> str:
    return ", ".join(dict.fromkeys(entry.name for entry in written))


def _conditions(submission):
    for row in submission.conditions.open():
        words = {"words": row.words, "who": row.owner_name, "day": date_format(row.due, "j F Y")}
        yield _("Open condition"), _("%(words)s (%(who)s, by %(day)s)") % words


def _wanted(submission):
    if submission.wanted_from:
        yield _("Wanted in force from"), date_format(submission.wanted_from, "j F Y")


def _parts(submission, draft, content, today):
    note = render_to_string("policy_pages/agenda/note.html", {"submission": submission})
    yield Part(heading=_("What changed, in the author's words"), html=note)
    before = _before(submission, today)
    if before is None:
        yield Part(heading=_("The text: all of it is new"), html=_text(content, _files(draft)))
    else:
        yield Part(heading=_("What changes, clause by clause"), html=_changes(content, before, _files(draft)))
    for row in PolicyImport.objects.accepted().filter(policy=submission.page_id, cycle=submission.cycle):
        words = {"row": row, "links": False, **telling.told(row)}
        html = render_to_string("policy_pages/agenda/receipt.html", words)
        yield Part(
            heading=_("Receipt of the document it was brought in: %(name)s") % {"name": row.name}, html=html
        )


def _before(submission, today):
    """The version that it would follow: the one in force, or else the newest."""
    rows = PolicyVersion.objects.filter(policy_id=submission.page_id).newest_first()
    found = rows.begun(today).first() or rows.first()
    return shown.text_of(found.pk, found.seal) if found else None


def _files(draft) -> str:
    return f"/policy/{draft.pk}/draft-file/"


def _changes(content, before, files) -> SafeString:
    comparison = compare(before.content, content)
    context = {
        "before": before,
        "comparison": comparison,
        "groups": summary.groups(comparison),
        "sentence": summary.sentence(comparison),
        "links": {"old_files": f"/policy-file/{before.pk}/", "new_files": files},
    }
    return render_to_string("policy_pages/agenda/changes.html", context)


def _text(content, files) -> SafeString:
    """The whole text as the deciding screen shows it, its headings beneath that of the front sheet."""
    shown_as = {"blocks": content["blocks"], "files": freezing.FILES, "draft": True}
    html = render_to_string("policy_pages/text.html", shown_as)
    html = freezing.with_files(html, files)
    return sanitise.frozen(HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 2, 6)}", html))


def picture(address: str):
    """A picture of a draft or of an issued version, from our own store and nowhere else."""
    if found := DRAFT_FILE.fullmatch(address):
        page = PolicyPage.objects.filter(pk=found[1]).first()
        kept = freezing.freeze(page.get_latest_revision_as_object()).files.get(found[2]) if page else None
        return _read(kept[1], kept[0]) if kept else None
    if found := ISSUED_FILE.fullmatch(address):
        row = VersionFile.objects.filter(version=found[1], sha256=found[2]).first()
        return _read(row.file, row.name) if row else None
    return None


def _read(file, name) -> tuple[bytes, str]:
    with file.open("rb") as opened:
        return opened.read(), issuing.kind_of(name)
