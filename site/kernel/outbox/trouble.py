"""What may be kept of an error: its kind and its place, never its words, which may quote a person."""

import traceback


def kind_of(trouble: Exception) -> str:
    """The kind of trouble, with the number that a mail server gave."""
    codes = [code for code, _words in getattr(trouble, "recipients", {}).values()]
    code = codes[0] if codes else getattr(trouble, "smtp_code", "")
    return f"{type(trouble).__name__} {code}".strip()


def trace_of(trouble: Exception) -> str:
    """The lines of code that led to it, for the log."""
    return "".join(traceback.format_tb(trouble.__traceback__))
