"""What a meeting settles is not asked for a second time, item by item."""

from kernel.lifecycle.enums import DecisionKind
from kernel.lifecycle.models import ChairAction, Proposal, Submission
from kernel.meetings.enums import OPEN_ITEMS, ItemState
from kernel.meetings.models import AgendaItem
from policy_pages.agenda.chair_actions import ChairActions
from policy_pages.agenda.proposals import Proposals
from policy_pages.agenda.submissions import Submissions

BY_MEETING = (DecisionKind.MINUTE, DecisionKind.CONFIRM)
KEYS = {Submission: Submissions.key, Proposal: Proposals.key, ChairAction: ChairActions.key}


def on_no_agenda(rows: list) -> list:
    """Without those that stand on an agenda: the meeting has a row of its own. No query where none could.

    What was recorded apart from the meeting's minutes is confirmed apart from them too.
    """
    ours = [row for row in rows if row.act in BY_MEETING]
    if not ours:
        return rows
    numbers = {row.matter.pk for row in ours}
    items = AgendaItem.objects.filter(state__in=OPEN_ITEMS, kind__in=KEYS.values(), thing_id__in=numbers)
    states = {(kind, number): state for kind, number, state in items.values_list("kind", "thing_id", "state")}
    return [row for row in rows if row.act not in BY_MEETING or not _by_meeting(row, states)]


def _by_meeting(row, states) -> bool:
    state = states.get((KEYS[type(row.matter)], row.matter.pk))
    return state == ItemState.RECORDED or state is not None and row.act == DecisionKind.MINUTE
