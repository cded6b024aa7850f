from django.db import models
from django.utils.translation import gettext_lazy as _


class Placeholder(models.Model):
    """What the organisation puts in the place of a mark such as [insert organisation name], once for all texts."""

    key = models.CharField(_("mark"), max_length=120, unique=True)
    value = models.CharField(_("value"), max_length=300)

    class Meta:
        verbose_name = _("placeholder")
        ordering = ["key"]

    def __str__(self):
        return self.key
