"""The review clock, apart from the texts: a text stays in force however late its review is."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.organisation.asking import yes
from policy_pages.enums import ReviewOutcome


class ReviewCycle(models.Model):
    """How often one thing of a policy is reviewed. The main cycle is that of the text; others run beside it.

    ``months`` is the time from one review to the next; the first review may come sooner (``reviews.rules``).
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="review_cycles")
    name = models.CharField(_("what is reviewed"), max_length=120, blank=True)
    months = models.PositiveSmallIntegerField(_("every (months)"))
    main = models.BooleanField(_("of the text itself"), default=False, editable=False)
    ended_on = models.DateField(_("ended"), null=True, editable=False)

    class Meta:
        verbose_name = _("review cycle")
        ordering = ["policy_id", "-main", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["policy"], condition=Q(main=True), name="policy_pages_one_main_cycle"
            ),
            models.UniqueConstraint(
                fields=["policy", "name"],
                condition=Q(ended_on__isnull=True),
                name="policy_pages_one_cycle_of_a_name",
                violation_error_message=_("This policy has a review of that name already."),
            ),
            models.CheckConstraint(
                name="policy_pages_cycle_has_months",
                condition=Q(months__gte=1),
                violation_error_message=_("A review comes round after one month or more."),
            ),
            models.CheckConstraint(
                name="policy_pages_cycle_is_named",
                condition=Q(main=True, name="", ended_on__isnull=True) | Q(main=False) & ~Q(name=""),
                violation_error_message=_("Say what is reviewed."),
            ),
        ]

    def __str__(self):
        return self.name or str(_("Review of the text"))


class ReviewQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on__isnull=True)

    def main(self):
        return self.filter(main=True)


@append_only(changeable_if="OLD.closed_on IS NULL")
class Review(models.Model):
    """One round of a cycle: opened when the round before ended, closed once, by its outcome; evidence from then on.

    ``first_due`` is the day that followed from the cycle; ``due`` the one that holds, after every move by a body
    (``DueMove``). The last day that is in time is ``due`` itself. Both change in ``reviews.services`` alone.
    """

    wagtail_reference_index_ignore = True

    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, related_name="reviews")
    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="reviews")
    main = models.BooleanField(_("of the text itself"))
    number = models.PositiveIntegerField(_("number"))
    opened_on = models.DateField(_("opened"))
    first_due = models.DateField(_("first due"))
    due = models.DateField(_("review due"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=ReviewOutcome, blank=True)
    closed_on = models.DateField(_("closed"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    version = models.ForeignKey("policy_pages.PolicyVersion", models.PROTECT, null=True, related_name="+")
    statement = models.TextField(_("what the review found"), blank=True)
    body_name = models.CharField(_("body"), max_length=255, blank=True)
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="policy_pages_review_numbered_once"),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(closed_on__isnull=True),
                name="policy_pages_one_open_review",
            ),
            models.UniqueConstraint(
                fields=["policy"],
                condition=Q(main=True, closed_on__isnull=True),
                name="policy_pages_one_open_main_review",
            ),
            models.CheckConstraint(
                name="policy_pages_review_closed_by_outcome",
                condition=Q(outcome="", closed_on__isnull=True, decided_on__isnull=True)
                | ~Q(outcome="") & Q(closed_on__gte=F("opened_on"), decided_on__lte=F("closed_on")),
                violation_error_message=_("A review ends on a day, with what it found."),
            ),
        ]

    def __str__(self):
        return f"{self.policy_id}, {self.number}"


@append_only
class DueMove(models.Model):
    """A body moved the due day of a review: later is an extension, which is counted; earlier has no number."""

    wagtail_reference_index_ignore = True

    review = models.ForeignKey(Review, models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField(_("number of the extension"), null=True)
    from_due = models.DateField(_("from"))
    to_due = models.DateField(_("to"))
    reason = models.TextField(_("reason"))
    risk = models.TextField(_("risk"), blank=True)
    body_name = models.CharField(_("body"), max_length=255, blank=True)
    decided_on = models.DateField(_("decided on"))
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)
    recorded_on = models.DateField(_("recorded on"))

    class Meta:
        verbose_name = _("move of a due day")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="policy_pages_extension_numbered_once"),
            models.CheckConstraint(
                name="policy_pages_move_goes_one_way",
                condition=Q(number__isnull=True, to_due__lt=F("from_due"))
                | Q(number__gte=1, to_due__gt=F("from_due")) & ~Q(risk=""),
                violation_error_message=_("An extension moves the day later and names its risk."),
            ),
            models.CheckConstraint(
                name="policy_pages_move_has_reason",
                condition=~Q(reason="") & Q(recorded_on__gte=F("decided_on")),
                violation_error_message=_("A move of the day has its reason and the day of its decision."),
            ),
        ]

    def __str__(self):
        return f"{self.from_due} > {self.to_due}"


class ExtensionQuerySet(models.QuerySet):
    def with_runs(self):
        """``runs``: the review is open, and no move since has put another day in the place of this one."""
        later = DueMove.objects.filter(review=OuterRef("review"), pk__gt=OuterRef("pk"))
        return self.annotate(runs=yes(Q(review__closed_on__isnull=True) & ~Exists(later)))

    def running(self):
        return self.with_runs().filter(runs=True)


class ExtensionManager(models.Manager.from_queryset(ExtensionQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(number__isnull=False)


class Extension(DueMove):
    """More time for a review: first, second and so on, up to what the rules allow."""

    objects = ExtensionManager()

    class Meta:
        proxy = True
        verbose_name = _("extension")
        default_permissions = ()
