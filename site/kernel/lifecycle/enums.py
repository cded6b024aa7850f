from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """The nations of the United Kingdom; their bank holidays differ. Values as python-holidays names them."""

    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


class JobOutcome(models.TextChoices):
    """How a daily job ended. Empty: it runs, or its process was stopped."""

    DONE = "done", _("done")
    FAILED = "failed", _("failed")
