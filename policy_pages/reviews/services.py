"""Acts on the review clock. Outcomes are decided elsewhere, by a body: what is here is called by its decision."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle.enums import Significance
from kernel.lifecycle.templatetags.dates import full_date
from kernel.outbox import emit
from policy_pages.enums import ReviewOutcome
from policy_pages.models.review import DueMove, Extension, Review, ReviewCycle
from policy_pages.reviews import rights, rules


def due_at_issue(policy_id: int, *, ratified_on: date, significance, months: int, high_risk: bool):
    """The due day that a text has which is issued now: a minor change keeps that of the open review (S3-04)."""
    open_now = Review.objects.open().main().filter(policy_id=policy_id).first()
    if open_now is not None and significance == Significance.MINOR:
        return open_now.due
    known = rules.rules()
    every = rules.months_between(months, high_risk=high_risk, known=known)
    if not Review.objects.filter(policy_id=policy_id, main=True).exists():
        every = rules.months_until_first(every, known)
    return rules.due_after(ratified_on, every)


@transaction.atomic
def begin_next(version, *, actor, today, months=None, high_risk=None) -> Review:
    """Called by the issue of ``version``: a first or major one ends the open review and begins the next (S0-04).

    A minor one keeps the open review and its day; where none is open, as after a withdrawal, it begins one.
    ``months`` and ``high_risk`` are those of the issued draft.
    """
    found = open_review(version.policy_id, lock=True)
    if found is not None and version.significance == Significance.MINOR:
        return found
    draft = version.policy if months is None else None
    every = rules.months_between(
        draft.review_months if draft else months,
        high_risk=draft.high_risk if draft else high_risk,
        known=rules.rules(),
    )
    cycle = _main_cycle(version.policy_id, every)
    if found is not None:
        _close(found, ReviewOutcome.ISSUED, version.ratified_on, today, version=version)
    opened = _open(cycle, version.review_due, today)
    emit("policies.review_began", {"policy": version.policy_id, "review": opened.pk, "due": str(opened.due)})
    return opened


@act("policies.reaffirm")
def reaffirm(policy, *, decided_on, actor, today, statement="", body_name="", minute_reference="") -> Review:
    """Reviewed, unchanged: the words and the seal stay, the next review is due one cycle after the decision.

    Called by the decision of the body, which has checked who decides. Gives the review that began.
    """
    review = _locked(policy)
    _check_decided(decided_on, review, today)
    cycle = review.cycle
    _close(
        review,
        ReviewOutcome.REAFFIRMED,
        decided_on,
        today,
        statement=statement,
        body_name=body_name,
        minute_reference=minute_reference,
    )
    following = _open(cycle, rules.due_after(decided_on, cycle.months), today)
    facts = {"review": review.pk, "next": following.pk, "due": str(following.due)}
    record("policies.reaffirm", actor=actor, target=policy, facts=facts)
    emit("policies.reviewed", {"policy": policy.pk, "review": review.pk, "due": str(following.due)})
    return following


@act("policies.extend_review")
def extend(
    policy, *, to_due, reason, risk, decided_on, actor, today, body_name="", minute_reference=""
) -> Extension:
    """Give the open review of the text more time, by a body's decision; the days before are kept.

    Raises ValidationError beyond the number or the time that the rules allow.
    """
    review = _locked(policy)
    used = review.moves.filter(number__isnull=False).count()
    rules.check_extension(review, to_due, today, used=used, known=rules.rules())
    _need_words(reason=reason, risk=risk)
    if decided_on > today:
        raise ValidationError(_("A decision cannot be recorded before the day on which it is taken."))
    move = Extension(number=used + 1, risk=risk.strip())
    return _move(review, move, to_due, reason, decided_on, body_name, minute_reference, actor, today)


@act("policies.bring_review_forward")
def bring_forward(
    policy, *, to_due, reason, decided_on, actor, today, body_name="", minute_reference=""
) -> DueMove:
    """Move the due day earlier, by a body's decision, so that a month has no more reviews than it can bear."""
    review = _locked(policy)
    rules.check_forward(review, to_due, today)
    _need_words(reason=reason)
    if decided_on > today:
        raise ValidationError(_("A decision cannot be recorded before the day on which it is taken."))
    return _move(review, DueMove(), to_due, reason, decided_on, body_name, minute_reference, actor, today)


@act("policies.retire_clock")
def retire_clock(
    policy, *, decided_on, actor, today, statement="", body_name="", minute_reference=""
) -> list[Review]:
    """The text is withdrawn: every open review of the policy ends with it."""
    Page.objects.select_for_update().get(pk=policy.pk)
    ended = list(Review.objects.open().filter(policy_id=policy.pk).select_for_update())
    words = {"statement": statement, "body_name": body_name, "minute_reference": minute_reference}
    for review in ended:
        _check_decided(decided_on, review, today)
        _close(review, ReviewOutcome.RETIRED, decided_on, today, **words)
    facts = {"reviews": [review.pk for review in ended]}
    record("policies.retire_clock", actor=actor, target=policy, facts=facts)
    return ended


@act("policies.add_cycle")
def add_cycle(policy, *, name: str, months: int, starts_on: date, actor, today) -> Review:
    """One more thing of the policy that is reviewed in its own time, counted from ``starts_on`` (S3-01, S3-02)."""
    rights.require_keeper(actor, policy)
    Page.objects.select_for_update().get(pk=policy.pk)
    if not Review.objects.open().main().filter(policy_id=policy.pk).exists():
        raise ValidationError(_("This policy is not in use: issue it first."))
    cycle = ReviewCycle(policy_id=policy.pk, name=" ".join(name.split()), months=months)
    cycle.full_clean()
    if months > (cap := rules.rules().cap_months):
        raise ValidationError({"months": _("Review it every %(n)d months or more often.") % {"n": cap}})
    cycle.save()
    review = _open(cycle, rules.due_after(starts_on, months), min(starts_on, today))
    facts = {"cycle": cycle.pk, "months": months, "due": str(review.due)}
    record("policies.add_cycle", actor=actor, target=policy, facts=facts, words={"name": cycle.name})
    return review


@act("policies.finish_cycle")
def finish_cycle(cycle, *, done_on: date, statement: str, actor, today, number: int | None = None) -> Review:
    """Write down that a review beside the text's own is done; the next is counted from that day (S3-02).

    ``number``: the round that was shown; another one is refused, so that a second press does not finish the next.
    """
    rights.require_keeper(actor, cycle.policy)
    review = _locked_round(cycle)
    if number not in (None, review.number):
        raise ValidationError(_("That review is written down already. Nothing was done twice."))
    _need_words(statement=statement)
    _check_decided(done_on, review, today)
    _close(review, ReviewOutcome.DONE, done_on, today, statement=statement.strip())
    following = _open(cycle, rules.due_after(done_on, cycle.months), done_on)
    facts = {"review": review.pk, "next": following.pk, "due": str(following.due)}
    record("policies.finish_cycle", actor=actor, target=cycle.policy, facts=facts)
    return following


@act("policies.end_cycle")
def end_cycle(cycle, *, statement: str, actor, today) -> ReviewCycle:
    """Stop a review beside the text's own; what was reviewed stays written down."""
    rights.require_keeper(actor, cycle.policy)
    review = _locked_round(cycle)
    _need_words(statement=statement)
    _close(review, ReviewOutcome.RETIRED, today, today, statement=statement.strip())
    cycle.ended_on = today
    cycle.save(update_fields=["ended_on"])
    record("policies.end_cycle", actor=actor, target=cycle.policy, facts={"cycle": cycle.pk})
    return cycle


def open_review(policy_id: int, *, lock=False) -> Review | None:
    """The open review of the text; None before the first issue and after a withdrawal."""
    rows = Review.objects.open().main().filter(policy_id=policy_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return rows.select_related("cycle").first()


def _locked(policy) -> Review:
    """The page first, then its review: the order of every decision."""
    Page.objects.select_for_update().get(pk=policy.pk)
    review = open_review(policy.pk, lock=True)
    if review is None:
        raise ValidationError(_("This policy has no review that could be decided."))
    return review


def _locked_round(cycle) -> Review:
    Page.objects.select_for_update().get(pk=cycle.policy_id)
    review = Review.objects.open().filter(cycle=cycle, main=False).select_for_update().first()
    if review is None:
        raise ValidationError(_("This review was ended meanwhile."))
    return review


def _main_cycle(policy_id: int, months: int) -> ReviewCycle:
    cycle, made = ReviewCycle.objects.get_or_create(
        policy_id=policy_id, main=True, defaults={"months": months}
    )
    if not made and cycle.months != months:
        cycle.months = months
        cycle.save(update_fields=["months"])
    return cycle


def _open(cycle, due: date, opened_on: date) -> Review:
    before = cycle.reviews.order_by("-number").values_list("number", flat=True).first() or 0
    return Review.objects.create(
        cycle=cycle,
        policy_id=cycle.policy_id,
        main=cycle.main,
        number=before + 1,
        opened_on=opened_on,
        first_due=due,
        due=due,
    )


def _close(review, outcome, decided_on: date, today: date, **facts) -> None:
    review.outcome, review.closed_on, review.decided_on = outcome, today, decided_on
    for name, value in facts.items():
        setattr(review, name, value)
    review.save(update_fields=["outcome", "closed_on", "decided_on", *facts])


def _move(review, move, to_due, reason, decided_on, body_name, minute_reference, actor, today):
    move.review, move.from_due, move.to_due = review, review.due, to_due
    move.reason, move.decided_on, move.recorded_on = reason.strip(), decided_on, today
    move.body_name, move.minute_reference = body_name, minute_reference
    move.save(force_insert=True)
    review.due = to_due
    review.save(update_fields=["due"])
    facts = {"review": review.pk, "from": str(move.from_due), "to": str(to_due), "number": move.number}
    name = "policies.extend_review" if move.number else "policies.bring_review_forward"
    record(name, actor=actor, target=review.policy, facts=facts)
    emit("policies.review_moved", {"policy": review.policy_id, "review": review.pk, "due": str(to_due)})
    return move


def _check_decided(decided_on: date, review, today: date) -> None:
    if decided_on > today:
        raise ValidationError(_("A decision cannot be recorded before the day on which it is taken."))
    if decided_on < review.opened_on:
        raise ValidationError(
            _("This review began on %(day)s: a decision before that day is not about it.")
            % {"day": full_date(review.opened_on)}
        )


def _need_words(**words: str) -> None:
    say = {
        "reason": _("Say why."),
        "risk": _("Say what may go wrong meanwhile, and what you do about it."),
        "statement": _("Say what the review found."),
    }
    missing = {name: say[name] for name, value in words.items() if not value.strip()}
    if missing:
        raise ValidationError(missing)
