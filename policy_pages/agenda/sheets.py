"""The front sheets of policies: what is asked, who wrote and approved, what changed, what came in with it."""

import re

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kernel.content import sanitise
from kernel.lifecycle.enums import DecisionKind, Significance
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


def approval(submission) -> str:
    """Who approved this exact text and when, with the beginning of its seal."""
    acts = [row for row in submission.decisions.all() if row.kind == DecisionKind.APPROVE]
    digest = submission.text_sha256
    words = {"seal": f"{digest[:4]}-{digest[4:8]}"}
    if not acts:
        return _("Not approved yet; seal %(seal)s") % words
    words |= {"who": acts[-1].actor_name, "day": date_format(localtime(acts[-1].at), "j F Y")}
    return _("Approved by %(who)s on %(day)s; text unchanged since, seal %(seal)s") % words


def of_submission(submission, written, problem, today) -> FrontSheet:
    draft = submission.revision.as_object()
    frozen = freezing.freeze(draft)
    same = frozen.digest == submission.text_sha256
    if not problem and not same:
        problem = _("The text is not the one that was approved. It cannot be ratified.")
    return FrontSheet(
        title=frozen.content["title"],
        reference=draft.reference or "",
        asked=asked(submission),
        problem=problem,
        facts=(
            (_("Written by"), ", ".join(dict.fromkeys(entry.name for entry in written))),
            (_("Approval"), _("Void: see above") if problem else approval(submission)),
            (_("Owner"), str(draft.policy_owner or _("not named"))),
            *_wanted(submission),
            *attached.lines(draft),
        ),
        parts=tuple(_parts(submission, draft, frozen.content, today)),
    )


def _wanted(submission):
    if submission.wanted_from:
        yield _("Wanted in force from"), date_format(submission.wanted_from, "j F Y")


def _parts(submission, draft, content, today):
    note = render_to_string("policy_pages/agenda/note.html", {"submission": submission})
    yield Part(heading=_("What changed, in the author's words"), html=note)
    before = _before(submission, today)
    if before is None:
        yield Part(heading=_("The text: all of it is new"), html=_text(draft, content))
    else:
        yield Part(heading=_("What changes, clause by clause"), html=_changes(draft, content, before))
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


def _changes(draft, content, before) -> SafeString:
    comparison = compare(before.content, content)
    context = {
        "before": before,
        "comparison": comparison,
        "groups": summary.groups(comparison),
        "sentence": summary.sentence(comparison),
        "links": {
            "old_files": f"/policy-file/{before.pk}/",
            "new_files": f"/policy/{draft.pk}/draft-file/",
        },
    }
    return render_to_string("policy_pages/agenda/changes.html", context)


def _text(draft, content) -> SafeString:
    """The whole text as the deciding screen shows it, its headings beneath that of the front sheet."""
    shown_as = {"blocks": content["blocks"], "files": freezing.FILES, "draft": True}
    html = render_to_string("policy_pages/text.html", shown_as)
    html = freezing.with_files(html, f"/policy/{draft.pk}/draft-file/")
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
