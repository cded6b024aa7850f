"""Home, desk, search and the way in for every Wagtail page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from kernel.content.desk import by_verb, in_order
from kernel.content.sanitise import linkify
from kernel.outbox.models import OutboxMail
from policy_pages.search import find as titles
from policy_pages.views import finding
from policy_pages.views.reading import current, listed
from portal import frame, shell

LONGEST_SEARCH = 200
MAILS_A_PAGE = 20
HOME = [(_("Home"), "/")]


@login_not_required
def serve(request, path=""):
    """A Wagtail page by its own rule of audience.

    A visitor cannot tell a page that is not for visitors from one that does not exist: both ask to sign in.
    """
    try:
        found = current(request, path) or listed(request, path)
        return shell.answer(request, found) if found else wagtail_serve(request, path)
    except Http404:
        if request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            raise
        return redirect_to_login(request.get_full_path())


@require_safe
def desk(request):
    rows = frame.rows_of(request)
    now = [row for row in rows if not row.later]
    context = {
        "groups": by_verb(now),
        "later": in_order([row for row in rows if row.later]),
        "count": len(now),
        "overdue": sum(row.overdue for row in now),
        "breadcrumbs": HOME,
    }
    return render(request, "portal/desk.html", context)


@login_not_required
@require_safe
def search(request):
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    today = timezone.localdate()
    found = finding.clauses(request, text, today) if text else {"total": 0}
    hits = _by_title(request, text, found, today) if text else []
    kinds = dict.fromkeys(hit.kind for hit in hits) if text and found["page_of"].number == 1 else ()
    context = found | {
        "text": text,
        "count": len(hits) + found["total"],
        "groups": [(kind, [hit for hit in hits if hit.kind == kind]) for kind in kinds],
        "breadcrumbs": HOME,
    }
    return render(request, "portal/search.html", context)


def _by_title(request, text, found, today):
    """With filters only policies, which have topic and type."""
    if found["narrowed"]:
        return titles(request.user, text, today, narrowed=found["narrowed"])
    return frame.find(request.user, text, today)


@require_safe
def demo_mail(request):
    """What the demo would have sent, to whoever is signed in. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    page = Paginator(OutboxMail.objects.order_by("-pk"), MAILS_A_PAGE).get_page(request.GET.get("page"))
    for mail in page:
        mail.shown = linkify(mail.text)
    return render(request, "portal/demo_mail.html", {"page_of_mails": page, "breadcrumbs": HOME})
