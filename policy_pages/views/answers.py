"""How the screens of a policy's way take a service's answer: done, refused with words, or not for this person."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from kernel.lifecycle.seats import seats_of
from policy_pages.models import PolicyPage
from policy_pages.permissions import can_see_draft
from policy_pages.screening import leading


def page_for(request, pk, today, *, took_part=False):
    """The policy, for those who may see its draft; 404 for everybody else. Gives the page and the seats used.

    Whoever leads a full assessment of it sees the draft too. ``took_part``: also, once nothing waits any more,
    for whoever decided something on the last submission.
    """
    page = get_object_or_404(PolicyPage, pk=pk)
    seats = seats_of(request.user, today)
    draft = page.get_latest_revision_as_object()
    if took_part and _took_part(request.user, page):
        return page, seats
    if can_see_draft(request.user, page, seats) or can_see_draft(request.user, draft, seats):
        return page, seats
    if not leading.leads_for(request.user, page, today):
        raise Http404
    return page, seats


def _took_part(user, page) -> bool:
    last = page.submissions.first()
    return last is not None and not last.is_open and last.decisions.filter(actor_id=user.pk).exists()


def attempt(request, form, done, act, **words) -> bool:
    """Run ``act`` with the form's values; a refusal goes back to the form and keeps what was typed.

    ``done`` is said on the next page; empty where that page says it itself.
    """
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data, **words)
    except ValidationError as refusal:
        _show(form, refusal)
        return False
    if done:
        messages.success(request, done)
    return True


def _show(form, refusal):
    """Put each message at its field; what has no field stands above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
