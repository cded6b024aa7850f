from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A login. Who the person is stands in ``kernel.organisation``."""

    email = models.EmailField(_("e-mail address"))

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="kernel_accounts_one_login_per_address",
                violation_error_message=_("Somebody already signs in with this e-mail address."),
            )
        ]
