"""What a review ends in without a new text: no change, more time, an end. Each has a page that says what follows."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.lifecycle.proposals import KINDS
from kernel.lifecycle.seats import seats_of
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages import reading
from policy_pages.models import PolicyPage
from policy_pages.outcomes import asking, kinds
from policy_pages.outcomes.forms import MoreTimeForm, NoChangeForm, RetireForm
from policy_pages.outcomes.pointing import pointing_to
from policy_pages.permissions import can_propose
from policy_pages.reviews import rules
from policy_pages.views.answers import attempt
from policy_pages.views.reading import breadcrumbs_of


@dataclass
class Screen:
    """One question about one policy, for those who may ask it; 404 for everybody else."""

    request: object
    pk: int
    kind: str

    def __post_init__(self):
        self.today = timezone.localdate()
        self.page = get_object_or_404(PolicyPage, pk=self.pk)
        if not can_propose(self.request.user, self.page):
            raise Http404
        self.asked = asking.asked(self.page, self.kind, self.today)
        self.waiting = asking.waiting(self.page)

    def answer(self, template, form_class, service, *, extra=None, **for_form):
        """Show the question, or put it to the body; what waits already is shown instead, a second press too."""
        form = form_class(self.request.POST or None, seen=self.asked.seen, **for_form)
        if self.request.method == "POST" and self.waiting is not None:
            messages.info(self.request, self._waits())
            return redirect(self.waiting.address())
        if self.request.method == "POST" and attempt(self.request, form, self._done(), self._ask(service)):
            return redirect(asking.waiting(self.page).address())
        return render(self.request, template, self._context(form) | (extra or {}))

    def _ask(self, service):
        def ask(**values):
            return service(self.page, actor=self.request.user, today=self.today, **values)

        return ask

    def _done(self):
        return _("Proposed. %(body)s has been told.") % {"body": self.asked.body}

    def _waits(self):
        words = {"label": KINDS[self.waiting.kind].label, "day": full_date(self.waiting.proposed_on)}
        return _("“%(label)s” was proposed on %(day)s already. Nothing was done twice.") % words

    def _context(self, form) -> dict:
        asked, waiting = self.asked, self.waiting
        place = [(self.page.title, self.page.get_url(self.request))] if asked.version else []
        return {
            "policy": self.page,
            "version": asked.version,
            "review": asked.review,
            "body": asked.body,
            "members": asked.members,
            "waiting": waiting,
            "waiting_label": KINDS[waiting.kind].label if waiting else "",
            "today": self.today,
            "form": form,
            "breadcrumbs": breadcrumbs_of(self.request, asked.version) + place if asked.version else [],
        }


@require_http_methods(["GET", "HEAD", "POST"])
def no_change(request, pk):
    screen = Screen(request, pk, kinds.REAFFIRM)
    review = screen.asked.review
    extra = {"next_due": rules.due_after(screen.today, review.cycle.months) if review else None}
    return screen.answer("policy_pages/outcomes/no_change.html", NoChangeForm, asking.no_change, extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request, pk):
    screen = Screen(request, pk, kinds.EXTEND)
    extra = {"given": asking.extension(screen.asked.review, screen.today)}
    return screen.answer("policy_pages/outcomes/more_time.html", MoreTimeForm, asking.more_time, extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request, pk):
    screen = Screen(request, pk, kinds.RETIRE)
    user, today = request.user, screen.today
    readable = reading.readable(reading.reader_of(user, today), today)
    extra = {"pointing": pointing_to(screen.page, user, seats_of(user, today), today)}
    return screen.answer(
        "policy_pages/outcomes/retire.html", RetireForm, asking.retirement, extra=extra, readable=readable
    )
