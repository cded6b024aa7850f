"""How screens of training take a service's answer: done, or refused with words at the form."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError


def attempt(request, form, done: str, act, **words) -> bool:
    """Run ``act`` with the form's values; a refusal goes back to the form and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data, **words)
    except ValidationError as refusal:
        show(form, refusal)
        return False
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True


def show(form, refusal: ValidationError) -> None:
    """Put each message at its field; what has no field stands above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
