"""The board's pages: what is in date, what comes up for review, and the lists over all policies."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kernel.content import filters
from kernel.content.whole import whole
from policy_pages import permissions, reports
from policy_pages.board import history, pictures, schedule, spreading
from policy_pages.board import reports as board
from policy_pages.questions import asking_of

PER_PAGE, MOST_PAGES = 50, 10_000


def for_the_board(view):
    """``view(request, today, who)``; for everybody else there is no such page."""
    methods = ["GET", "HEAD", "POST"] if view.__name__ == "review_load" else ["GET", "HEAD"]

    @require_http_methods(methods)
    @wraps(view)
    def answer(request):
        today = timezone.localdate()
        if not permissions.can_see_board(request, today):
            raise Http404
        return view(request, today, asking_of(request, today))

    return answer


@for_the_board
def in_date(request, today, who):
    known = board.policies(who, today)
    lives = board.lives(known)
    counts = [history.count(lives, day) for day in history.days_back(today)]
    now = counts[-1]
    context = {
        "words": pictures.in_date_words(now),
        "picture": pictures.in_date(now) if now.all else None,
        "trend": pictures.over_time(counts) if now.all else None,
        "looks": _looks(board.looks(known, now, today), now.all),
    }
    return render(
        request, "policy_pages/board/in_date.html", context | _frame(request, today, "policy_board")
    )


def _looks(found, all) -> list[dict]:
    """Each list with n of N and the rows behind it."""
    address = reverse("policy_register")
    return [
        {"words": words, "n": n, "of": all, "url": f"{address}?{query}" if n else ""}
        for words, n, query in found
    ]


@for_the_board
def review_load(request, today, who):
    """The forecast with a spread for each body; a press puts what is ticked to the body."""
    plans = board.plans(board.policies(who, today), today)
    spreads = [(body, moves) for body, moves in board.spreads(plans, today) if moves]
    if request.method == "POST" and _put(request, today, spreads):
        return redirect("policy_forecast")
    context = {
        "words": pictures.load_words(plans),
        "picture": pictures.review_load(plans, today) if plans else None,
        "full": [
            pictures.month_words(body, month) for body, months in plans for month in months if month.too_many
        ],
        "spreads": spreads,
        "may_put": permissions.can_write_policies(request, today),
    }
    return render(
        request, "policy_pages/board/forecast.html", context | _frame(request, today, "policy_forecast")
    )


def _put(request, today, spreads) -> bool:
    wanted = {tuple(value.partition(":")[::2]) for value in request.POST.getlist("move")}
    pairs = {(whole(policy), day) for policy, day in wanted}
    moves = [move for _body, found in spreads for move in found]
    try:
        put = spreading.put(moves, actor=request.user, today=today, wanted=pairs)
    except (ValidationError, PermissionDenied) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return False
    words = ngettext(
        "%(n)d change is put to the body. Nothing moves until it decides.",
        "%(n)d changes are put to the body. Nothing moves until it decides.",
        len(put),
    )
    messages.success(request, words % {"n": len(put)})
    return True


@for_the_board
def reports_due(request, today, who):
    known = board.policies(who, today)
    rows = [
        (one, known[one.duty.policy_id]) for one in schedule.reports_due(today) if one.duty.policy_id in known
    ]
    chosen = [_which(request, [("late", _("late"))]), _bodies(request, [one.duty.body for one, _p in rows])]
    rows = [
        (one, policy)
        for one, policy in rows
        if (not chosen[0].value or one.late) and chosen[1].value in ("", str(one.duty.body_id))
    ]
    late = sum(one.late for one, _policy in rows)
    return _list(request, today, "policy_reports", "reports.html", rows, chosen, late=late)


@for_the_board
def audits(request, today, who):
    known = board.policies(who, today)
    rows = [(one, known[one.policy_id], _audit_kind(one, today)) for one in board.audits(known)]
    states = [("late", _("late")), ("planned", _("planned")), ("done", _("done"))]
    chosen = [_which(request, states)]
    late = sum(kind == "late" for _one, _policy, kind in rows)
    rows = [row for row in rows if chosen[0].value in ("", row[2])]
    return _list(request, today, "policy_audits", "audits.html", rows, chosen, late=late)


def _audit_kind(audit, today) -> str:
    """Red from the day after the planned one (S0-05)."""
    if audit.completed_on:
        return "done"
    return "late" if audit.planned_on < today else "planned"


@for_the_board
def extensions(request, today, who):
    known = board.policies(who, today)
    chosen = [_which(request, [("running", _("running")), ("over", _("over"))])]
    rows = [(one, known[one.review.policy_id], one.runs) for one in board.extensions(known)]
    running = sum(runs for _one, _policy, runs in rows)
    rows = [row for row in rows if not chosen[0].value or row[2] == (chosen[0].value == "running")]
    return _list(request, today, "policy_extensions", "extensions.html", rows, chosen, late=running)


@for_the_board
def body_reviews(request, today, who):
    known = board.policies(who, today)
    rows = [
        (one, known[one.policy_id], one.next_on is not None and one.next_on < today)
        for one in board.body_reviews(known)
    ]
    chosen = [_which(request, [("late", _("late"))]), _bodies(request, [row[0].body for row in rows])]
    rows = [
        row
        for row in rows
        if (not chosen[0].value or row[2]) and chosen[1].value in ("", str(row[0].body_id))
    ]
    late = sum(row[2] for row in rows)
    return _list(request, today, "policy_body_reviews", "body_reviews.html", rows, chosen, late=late)


def _which(request, options) -> filters.Filter:
    return filters.read(request, "which", _("Show"), options)


def _bodies(request, bodies) -> filters.Filter:
    return filters.read(request, "body", _("Body"), dict.fromkeys((one.pk, one.name) for one in bodies))


def _list(request, today, name, template, rows, chosen, *, late):
    paginator = Paginator(rows, PER_PAGE)
    page_of = paginator.get_page(filters.page_number(request, MOST_PAGES))
    context = {
        "rows": page_of.object_list,
        "page_of": page_of,
        "total": paginator.count,
        "late": late,
        "filters": chosen,
        "in_force": filters.in_force(request, chosen),
        "without_filters": filters.without(request, *(one.name for one in chosen)),
        "today": today,
    }
    return render(request, f"policy_pages/board/{template}", context | _frame(request, today, name))


PAGES = {
    "policy_board": lambda: _("In date"),
    "policy_forecast": lambda: _("Review load"),
    "policy_reports": lambda: _("Reports to committees"),
    "policy_audits": lambda: _("Audits of effectiveness"),
    "policy_extensions": lambda: _("More time given"),
    "policy_body_reviews": lambda: _("Reviews by bodies"),
}


def _frame(request, today, here) -> dict:
    place = [(_("Home"), "/"), *((one.label, one.url) for one in reports.sections(request.user, today))]
    return {
        "breadcrumbs": [*place, (_("Register of policies"), reverse("policy_register"))],
        "pages": [(label(), reverse(name)) for name, label in PAGES.items() if name != here],
    }
