from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

AT_LEAST_ONE = [MinValueValidator(1)]


@register_setting(icon="date")
class ReviewRules(BaseGenericSetting):
    """The organisation's own rules of review. They count for reviews that begin and moves that are asked for."""

    cap_months = models.PositiveSmallIntegerField(
        _("never later than (months)"),
        default=60,
        validators=AT_LEAST_ONE,
        help_text=_("The longest time from one review to the next."),
    )
    high_risk_months = models.PositiveSmallIntegerField(
        _("high risk: at the latest after (months)"), default=12, validators=AT_LEAST_ONE
    )
    first_months = models.PositiveSmallIntegerField(
        _("first review of a new document: at the latest after (months)"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("Empty: as every other review."),
    )
    extensions_most = models.PositiveSmallIntegerField(_("extensions of one review, at most"), default=2)
    extension_months = models.PositiveSmallIntegerField(
        _("extensions of one review together, at most (months)"), default=12
    )
    sponsor_after_days = models.PositiveSmallIntegerField(
        _("the sponsor is told after (days overdue)"), default=7
    )
    body_after_days = models.PositiveSmallIntegerField(
        _("the secretary of the approving body is told after (days overdue)"), default=28
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("cap_months"), FieldPanel("high_risk_months"), FieldPanel("first_months")],
            heading=_("How often"),
        ),
        MultiFieldPanel(
            [FieldPanel("extensions_most"), FieldPanel("extension_months")], heading=_("More time")
        ),
        MultiFieldPanel(
            [FieldPanel("sponsor_after_days"), FieldPanel("body_after_days")],
            heading=_("Who hears when late"),
        ),
    ]

    class Meta:
        verbose_name = _("rules of review")
        default_permissions = ("change",)
