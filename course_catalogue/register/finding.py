"""Finding somebody on the staff list by the whole name or address."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.organisation.models import StaffProfile


def person_called(text: str, today: date) -> StaffProfile:
    """The one person of an active agency who is called so. Raises ValidationError for nobody and for several."""
    text = " ".join(text.split())
    same = Q(name__iexact=text) | Q(email__iexact=text) | Q(user__email__iexact=text)
    found = list(StaffProfile.objects.here(today).filter(same).select_related("agency")[:2])
    if len(found) == 1:
        return found[0]
    words = {"text": text}
    if found:
        told = _("Several people are called %(text)s: enter the e-mail address.")
    else:
        told = _(
            "Nobody of an agency here is called %(text)s. Look at the spelling; a person who is not on the staff "
            "list is entered there first, by their agency's coordinator or a user manager."
        )
    raise ValidationError({"who": told % words}, code="nobody")
