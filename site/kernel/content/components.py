"""The macros of the NHS design system, called from Python.

Two traps of the macros are closed here: labels and legends print their text unescaped, and every ``html`` key
is trusted. So each string is escaped before it goes in, unless Django already holds it as safe.
"""

from functools import cache

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(folder: str, name: str):
    template = _environment().get_template(f"nhsuk/components/{folder}/macro.jinja")
    return getattr(template.module, name)


def inert(value):
    """The same structure with every string escaped once; safe strings stay as they are."""
    if isinstance(value, dict):
        return {key: inert(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [inert(item) for item in value]
    if isinstance(value, str | Promise) or hasattr(value, "__html__"):
        return Markup(conditional_escape(value))
    return value


def component(folder: str, name: str, /, **params) -> Markup:
    """Render one macro; keys whose value is None are left out."""
    return _macro(folder, name)(inert({key: item for key, item in params.items() if item is not None}))
