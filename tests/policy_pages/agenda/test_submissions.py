from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.audit.models import AuditEntry
from kernel.lifecycle import minutes, submissions
from kernel.lifecycle.models import Decision
from kernel.meetings import agenda, confirming, kinds, pack, recording, screens
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.outbox.models import OutboxMail
from policy_pages.agenda.submissions import Submissions
from policy_pages.models import PolicyVersion
from portal.frame import desk
from tests.factories import meetings as meet
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
KEY = "policies.submission"
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
FAR = date(2027, 1, 14)


@pytest.fixture
def body():
    return meet.make_committee()


@pytest.fixture
def texts(body):
    """Three approved texts that wait for the body's meeting of today."""
    pages = [make.make_meeting_policy(ratifying_body=body) for _number in range(3)]
    return [make.approve(make.submit(page)) for page in pages]


@pytest.fixture
def meeting(body, texts):
    row = meet.make_meeting(body, TODAY)
    meet.put(row, KEY, *[text.pk for text in texts], today=TODAY)
    return row


def recorded(meeting, *outcomes, today=TODAY, **values):
    said = [
        meet.said(item, outcome, in_force_from=today if outcome == "ratify" else None, statement="Why.")
        for item, outcome in zip(meeting.items.all(), outcomes, strict=True)
    ]
    return meet.record(meeting, *said, today=today, **values)


def confirmed(meeting, entry, today=TODAY, actor=None):
    return confirming.confirm_minutes(entry, actor=actor or meet.chair_of(meeting.body), today=today)


def states(texts):
    for text in texts:
        text.refresh_from_db()
    return [text.state for text in texts]


def test_approved_text_waits_for_the_body_since_its_approval(body, texts):
    page = make.make_meeting_policy(ratifying_body=body)
    make.submit(page)

    found = kinds.waiting(body, TODAY)

    assert [(kind.key, row.thing_id, row.title) for kind, row in found] == [
        (KEY, text.pk, text.page.title) for text in texts
    ]


def test_body_that_signs_has_nothing_on_an_agenda():
    page = make.make_policy()
    make.approve(make.submit(page))

    assert kinds.waiting(page.ratifying_body, TODAY) == []


def test_one_entry_and_one_confirmation_issue_every_text(meeting, texts):
    entry = recorded(meeting, "ratify", "ratify", "send back")
    assert states(texts) == ["recorded", "recorded", "recorded"]
    assert PolicyVersion.objects.count() == 0

    confirmed(meeting, entry)

    assert states(texts) == ["issued", "issued", "sent back"]
    versions = PolicyVersion.objects.order_by("pk")
    assert [(row.number, row.ratified_on, row.in_force_from) for row in versions] == [
        ("1.0", TODAY, TODAY),
        ("1.0", TODAY, TODAY),
    ]
    acts = Decision.objects.filter(kind="confirm").order_by("pk")
    assert [row.minute_reference for row in acts] == ["PG/26/11/1", "PG/26/11/2", "PG/26/11/3"]
    assert [row.state for row in meeting.items.all()] == ["decided", "decided", "decided"]


def test_members_are_told_once_for_all_texts(meeting, texts):
    OutboxMail.objects.all().delete()

    recorded(meeting, "ratify", "ratify", "ratify")

    assert sorted(set(OutboxMail.objects.values_list("kind", flat=True))) == ["meetings.to_confirm"]
    assert OutboxMail.objects.count() == 4


def test_one_text_recalled_or_decided_elsewhere_stops_all(meeting, texts):
    entry = recorded(meeting, "ratify", "ratify", "ratify")
    chair = meet.chair_of(meeting.body)
    minutes.dispute_meeting(texts[1], actor=chair, today=TODAY, reason="Not this one.")

    with pytest.raises(ValidationError) as refusal:
        confirmed(meeting, entry)

    assert refusal.value.messages == [f"{texts[1].page.title}: It was recorded anew elsewhere meanwhile."]
    assert states(texts) == ["recorded", "approved", "recorded"]
    assert PolicyVersion.objects.count() == 0
    confirming.return_minutes(entry, actor=chair, today=TODAY, reason="One was returned on its own.")
    assert states(texts) == ["approved", "approved", "approved"]


def test_text_that_changed_after_the_record_stops_all(meeting, texts):
    entry = recorded(meeting, "ratify", "ratify", "ratify")
    make.edit(texts[0].page.specific, title="Other words")

    with pytest.raises(ValidationError, match="The text changed on"):
        confirmed(meeting, entry)
    assert PolicyVersion.objects.count() == 0


def test_text_that_changed_since_approval_says_so_and_cannot_be_ratified(meeting, texts):
    make.edit(texts[0].page.specific, title="Other words")
    item = meeting.items.first()

    known = kinds.standings([item], TODAY)[item.pk]
    approver = texts[0].decisions.get(kind="approve").actor_name
    assert known.problem.endswith(f"after approval. {approver} must approve again.")
    assert known.outcomes == ()
    with pytest.raises(ValidationError, match="must approve again"):
        meet.record(meeting, meet.said(item, "ratify", in_force_from=TODAY), today=TODAY)


def test_not_decided_goes_on_the_next_agenda_and_keeps_its_approval(meeting, texts):
    later = meet.make_meeting(meeting.body, FAR)
    entry = recorded(meeting, "ratify", "not decided", "not decided")

    confirmed(meeting, entry)

    assert states(texts) == ["issued", "approved", "approved"]
    assert [row.thing_id for row in later.items.all()] == [texts[1].pk, texts[2].pk]


def test_quorum_leaves_out_the_author_of_one_text_alone(meeting, texts):
    first, second, third = meet.people_in(meeting.body, "member")
    make.edit(texts[0].page.specific, user=first.user, title="Other words")
    again = make.approve(make.submit(texts[0].page.specific))
    (item,) = meet.put(meeting, KEY, again.pk, today=TODAY)

    with pytest.raises(ValidationError, match="2 members are needed, 1 can decide this item"):
        meet.record(
            meeting, meet.said(item, "ratify", in_force_from=TODAY), today=TODAY, present=[first, second]
        )
    meet.record(
        meeting, meet.said(item, "ratify", in_force_from=TODAY), today=TODAY, present=[first, second, third]
    )

    assert again.decisions.get(kind="minute").counted == 2


def test_chair_who_wrote_a_text_cannot_confirm_and_a_member_can(meeting, texts):
    chair = meet.chair_of(meeting.body)
    make.edit(texts[0].page.specific, user=chair, title="Other words")
    again = make.approve(make.submit(texts[0].page.specific))
    (item,) = meet.put(meeting, KEY, again.pk, today=TODAY)
    entry = meet.record(meeting, meet.said(item, "ratify", in_force_from=TODAY), today=TODAY)

    with pytest.raises(PermissionDenied, match="You wrote part of"):
        confirmed(meeting, entry)
    confirmed(meeting, entry, actor=meet.people_in(meeting.body, "member")[0].user)

    assert PolicyVersion.objects.count() == 1


def test_minutes_without_a_first_day_are_refused_with_the_item(meeting, texts):
    item = meeting.items.first()

    with pytest.raises(ValidationError) as refusal:
        meet.record(meeting, meet.said(item, "ratify"), today=TODAY)

    assert refusal.value.message_dict == {f"item_{item.pk}": [f"{item.title}: Enter the first day in force."]}
    assert MinutesEntry.objects.count() == 0


def test_each_refusal_names_its_text(meeting, texts):
    items = list(meeting.items.all())
    answers = [meet.said(item, "send back") for item in items]

    with pytest.raises(ValidationError) as refusal:
        meet.record(meeting, *answers, today=TODAY)

    assert refusal.value.message_dict == {
        f"item_{item.pk}": [f"{item.title}: Say why it is sent back or refused."] for item in items
    }


def test_a_decision_recorded_on_the_texts_own_page_is_told_and_not_asked_for_again(body):
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    meeting = meet.make_meeting(body, FAR)
    (item,) = meet.put(meeting, KEY, text.pk, today=TODAY)

    def told():
        (paper,) = pack.pack_of(meeting, TODAY).papers
        known = kinds.standings([item], TODAY)[item.pk]
        items, settled, _known = screens.to_record(meeting, TODAY)
        return known.settled, known.outcomes, paper.sheet.settled, items, [line.item for line in settled]

    assert told() == ("", Submissions.outcomes, "", [item], [])
    make.record(text)
    words = "Already recorded: ratified at the meeting of 23 November 2026, minute B 4/26"
    waits, confirmed_words = f"{words} (waiting for confirmation).", f"{words} (confirmed)."
    assert told() == (waits, (), waits, [], [item])
    make.confirm(text)
    assert told() == (confirmed_words, (), confirmed_words, [], [item])
    (paper,) = pack.pack_of(meeting, TODAY).papers
    assert dict(paper.sheet.facts)["Approval"].startswith("Approved by ")


def test_chair_is_asked_on_the_desk_for_what_was_recorded_apart_from_the_meeting(body):
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    meet.put(meet.make_meeting(body, FAR), KEY, text.pk, today=TODAY)
    make.record(text)

    rows = [str(row.title) for row in desk(meet.chair_of(body), TODAY) if row.verb == "decide"]

    assert rows == [text.page.title]


def test_preview_keeps_nothing(meeting, texts):
    items = meeting.items.all()
    before = (AuditEntry.objects.count(), OutboxMail.objects.count(), Decision.objects.count())

    found = recording.preview(
        meeting,
        actor=meet.secretary_of(meeting.body),
        today=TODAY,
        reference="PG/26/11",
        present=meet.people_in(meeting.body, "member"),
        said=[meet.said(item, "ratify", in_force_from=TODAY) for item in items],
    )

    assert [(row.outcome, row.counted) for row in found] == [("ratify", 3)] * 3
    assert (AuditEntry.objects.count(), OutboxMail.objects.count(), Decision.objects.count()) == before
    assert states(texts) == ["approved"] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_standings_take_the_same_queries_for_one_and_for_three(
    meeting, texts, count, django_assert_num_queries
):
    items = list(meeting.items.all())[:count]

    with django_assert_num_queries(3):
        assert len(kinds.standings(items, TODAY)) == count


def test_single_text_is_still_recorded_on_its_own(meeting, texts):
    make.record(texts[0])
    make.confirm(texts[0])

    item = AgendaItem.objects.get(thing_id=texts[0].pk)
    known = kinds.standings([item], TODAY)[item.pk]
    assert known.problem.startswith("Ratified and issued on ")
    assert states(texts) == ["issued", "approved", "approved"]


def test_recalled_text_says_so(body):
    page = make.make_meeting_policy(ratifying_body=body)
    submission = make.submit(page)
    submissions.recall(submission, actor=page.policy_owner.user, today=TODAY, reason="Not yet.")
    item = AgendaItem(pk=1, kind=KEY, thing_id=submission.pk)

    assert kinds.standings([item], TODAY)[1].problem.startswith("Taken back by its author on ")


def test_front_sheet_of_a_first_issue_holds_the_text(meeting, texts):
    (paper, *_others) = pack.pack_of(meeting, TODAY).papers

    sheet = paper.sheet
    approver = texts[0].decisions.get(kind="approve").actor_name
    digest = texts[0].text_sha256
    facts = dict(sheet.facts)
    assert (sheet.title, sheet.asked) == (texts[0].page.title, "To ratify a new document")
    assert facts["Approval"].startswith(f"Approved by {approver} on ")
    assert facts["Approval"].endswith(f"text unchanged since, seal {digest[:4]}-{digest[4:8]}")
    assert [part.heading for part in sheet.parts] == [
        "What changed, in the author's words",
        "The text: all of it is new",
    ]
    assert "Staff must tell the named nurse the same day." in sheet.parts[1].html
    assert "<h4 " in sheet.parts[1].html and "<h2" not in sheet.parts[1].html


def test_front_sheet_of_a_new_version_holds_the_changes(body):
    page = make.make_meeting_policy(ratifying_body=body)
    make.record(make.approve(make.submit(page)))
    make.confirm(page.open_submission)
    page.refresh_from_db()
    ((_kind, section), (_clause, words)) = make.BODY
    make.edit(page, body=[("section", section), make.clause("Staff may tell the named nurse.")])
    again = make.approve(make.submit(page, change_note="Softer."))
    meeting = meet.make_meeting(body, TODAY)
    meet.put(meeting, KEY, again.pk, today=TODAY)

    (paper,) = pack.pack_of(meeting, TODAY).papers

    note, changes = paper.sheet.parts
    assert "Softer." in note.html
    assert changes.heading == "What changes, clause by clause"
    assert "Against version 1.0" in changes.html
    assert "<del>" in changes.html and "may" in changes.html


def test_pack_as_pdf_holds_every_paper(meeting, texts):
    if pack.pdf.missing():
        pytest.skip(pack.pdf.missing())

    assert pack.as_pdf(meeting, TODAY).startswith(b"%PDF-")


def test_papers_that_close_bring_all_that_waits(body, texts):
    meeting = meet.make_meeting(body, FAR)
    from_closing = agenda.waiting_off_agenda(body, TODAY)

    assert len(from_closing) == 3
    assert meeting.items.count() == 0
