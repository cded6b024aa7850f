"""Reads Word documents (.docx) as a person sees them in Word."""

from policy_pages.importing.word.reading import read

__all__ = ["read"]
