"""Things of the database chosen in a form. Django hands on a key that is too long for SQLite, which is an error."""

from django import forms

from kernel.content.whole import MOST_DIGITS


class OneOf(forms.ModelChoiceField):
    """One row; a key too long to be one is refused as any other that is not there."""

    def to_python(self, value):
        return super().to_python(_key(value))


class SomeOf(forms.ModelMultipleChoiceField):
    """Any number of rows; as ``OneOf``."""

    def clean(self, value):
        return super().clean([_key(one) for one in value] if isinstance(value, list | tuple) else value)


def _key(value):
    too_long = isinstance(value, str) and value.isdecimal() and len(value) > MOST_DIGITS
    return "?" if too_long else value
