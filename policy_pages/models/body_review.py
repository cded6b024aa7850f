from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


class BodyReviewQuerySet(models.QuerySet):
    def newest(self):
        """The last entry of each body on each policy: it says when that body looks again."""
        later = BodyReview.objects.filter(
            policy=models.OuterRef("policy"), body=models.OuterRef("body"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(later))


@append_only
class BodyReview(models.Model):
    """An entry of the log in which several bodies review one policy, each on its own days (S1-01).

    Without ``reviewed_on`` it only agrees a day. A correction is another entry; the last one of a body counts.
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey(
        "policy_pages.PolicyPage", models.PROTECT, related_name="body_reviews", verbose_name=_("policy")
    )
    body = models.ForeignKey(
        "kernel_organisation.Body", models.PROTECT, related_name="+", verbose_name=_("reviewing body")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)
    found = models.TextField(_("what it found"), blank=True)
    next_on = models.DateField(_("reviews it again by"), null=True, blank=True)
    recorded_by_id = models.PositiveBigIntegerField(_("login's number"), null=True, blank=True)
    recorded_by_name = models.CharField(_("recorded by"), max_length=255)
    recorded_on = models.DateField(_("recorded on"))

    objects = BodyReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review by a body")
        verbose_name_plural = _("reviews by bodies")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="policy_pages_body_review_says_something",
                condition=Q(reviewed_on__isnull=False) & ~Q(minute_reference="")
                | Q(reviewed_on__isnull=True, next_on__isnull=False, minute_reference=""),
                violation_error_message=_(
                    "Enter the day and the minute reference of the review, or the day of the next one."
                ),
            ),
            models.CheckConstraint(
                name="policy_pages_body_reviews_again_later",
                condition=Q(next_on__isnull=True)
                | Q(reviewed_on__isnull=True)
                | Q(next_on__gt=F("reviewed_on")),
                violation_error_message=_("The next review is after this one."),
            ),
        ]
        indexes = [models.Index(fields=["policy", "body"], name="policy_pages_body_reviews")]

    def __str__(self):
        return f"{self.policy}, {self.body}"
