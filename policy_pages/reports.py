"""Rows for the desk, the menu and lists. Each asks for one person on one day."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.content.desk import DeskRow, Section
from kernel.lifecycle import waiting
from kernel.lifecycle.enums import DecisionKind
from policy_pages import reading
from policy_pages.models import PolicyIndexPage, PolicyPage

BUTTONS = {
    DecisionKind.APPROVE: ("decide", _("Read and decide")),
    DecisionKind.SIGN: ("sign", _("Read and sign")),
    DecisionKind.MINUTE: ("decide", _("Record the decision")),
    DecisionKind.CONFIRM: ("decide", _("Check the record")),
}


def desk(user, today) -> list[DeskRow]:
    """What waits for this person among policies: to approve, to ratify, own drafts."""
    rows = [_to_decide(item) for item in waiting.waiting_for(user, today) if _is_policy(item)]
    return rows + [_draft(page) for page in _own_drafts(user)]


def sections(user, today) -> list[Section]:
    """The library stands in the menu as soon as there is something in it for this person."""
    index = PolicyIndexPage.objects.filter(live=True).first()
    if index is None or not (user.is_authenticated or reading.readable(reading.VISITOR, today).exists()):
        return []
    return [Section(key="policies", label=index.title, url=index.get_url())]
