from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="calendar")
class TrainingSettings(BaseSiteSetting):
    """Who may read the offer, and when the sources of a course are old."""

    open_to_visitors = models.BooleanField(
        _("the shared offer is open to everybody"),
        default=False,
        help_text=_("On: who is not signed in reads courses and dates that are open to partners."),
    )
    source_age_months = models.PositiveSmallIntegerField(
        _("sources are old after, months"), default=36, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("training")
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_source_age", condition=models.Q(source_age_months__gte=1)
            )
        ]
