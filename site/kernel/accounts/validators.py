from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import conf

DRESSING = "0123456789!?.,-_ #*"
LOOK_ALIKES = str.maketrans("01l3457@$!|", "oiieastasii")


class BannedWordsValidator:
    """Refuses what is mostly a word that everybody here would guess: the organisation, its town."""

    def validate(self, password, user=None):
        plain = _letters(password)
        for word in conf.banned_password_words():
            rest = plain.replace(_letters(word), "")
            if word and rest != plain and len(rest) < 8:
                raise ValidationError(
                    _("This password is built on a word that everybody here would guess: %(word)s."),
                    code="password_banned_word",
                    params={"word": word},
                )

    def get_help_text(self):
        return _("Your password cannot be the name of the organisation with a few signs added.")


class DressedCommonPasswordValidator(CommonPasswordValidator):
    """Also finds a common password with signs put round it, or written twice; the list is offline."""

    def validate(self, password, user=None):
        half = password[: len(password) // 2]
        parts = {password, password.strip(DRESSING), half if half * 2 == password else password}
        for part in sorted(parts):
            super().validate(part, user)


def _letters(text):
    return "".join(sign for sign in text.casefold().translate(LOOK_ALIKES) if sign.isalpha())
