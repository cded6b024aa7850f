from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


class BrandColour(models.TextChoices):
    BLUE = "blue", _("NHS blue")
    GREEN = "green", _("Green")
    PURPLE = "purple", _("Purple")
    GREY = "grey", _("Grey")


@register_setting(icon="tag")
class SiteLabels(BaseSiteSetting):
    """The names this site goes by; they also fill the placeholders of texts written for anybody."""

    organisation_name = models.CharField(_("organisation's name"), max_length=200, blank=True)
    organisation_short_name = models.CharField(_("organisation's short name"), max_length=40, blank=True)
    board_name = models.CharField(_("board's name"), max_length=200, blank=True)
    learning_department_name = models.CharField(_("learning department"), max_length=120, blank=True)
    policy_team_name = models.CharField(_("policy team"), max_length=120, blank=True)
    help_phone = models.CharField(_("help by telephone"), max_length=40, blank=True)
    help_hours = models.CharField(_("help hours"), max_length=120, blank=True)
    urgent_phone = models.CharField(_("urgent telephone"), max_length=40, blank=True)
    brand_colour = models.CharField(_("colour"), max_length=10, choices=BrandColour, default=BrandColour.BLUE)
    superseded_open_to_audience = models.BooleanField(
        _("superseded texts open to the text's audience"),
        default=False,
        help_text=_("Off: only staff of the host organisation read what is no longer in force."),
    )

    class Meta:
        verbose_name = _("names and labels")
