"""Walks the URL configuration: every address, with a path that really leads to it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.regex_helper import normalize

# A value per converter: low numbers, because they exist; a missing thing would hide a missing check.
DUMMIES = {"uuid": "00000000-0000-4000-8000-000000000001", "sha256": "1" * 64}
# Paths that no dummy makes, by name or route.
PATHS = {"wagtail_serve": "/nothing-here/", "admin/^.*/$": "/admin/nothing-here/"}
PATHS["policy_version"] = "/nothing-here/v/1.0/"
PATHS["policy_as_at"] = "/nothing-here/@2026-03-12/"
PATHS["policy_short_version"] = "/p/nothing-here/v/1.0/"
PATHS["policy_changes"] = "/nothing-here/changes/1.0/2.0/"
PATHS["policy_read"] = "/policy/1/read/1.0/"
PATHS["policy_short_changes"] = "/p/nothing-here/changes/1.0/2.0/"
PATHS["policy_short_as_at"] = "/p/nothing-here/@2026-03-12/"
PATHS["shadowed_admin_password_reset"] = "/admin/password_reset/"
PART = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    path: str

    def __str__(self) -> str:
        return f"{self.name or '(no name)'}  {self.route}"


def addresses(urlconf=None, fills=None, paths=None) -> list[Address]:
    """Every address that a request can reach; a pattern shadowed by an earlier one is not an address.

    ``fills`` gives values by the name of a part, ``paths`` whole paths by the name of the URL.
    """
    found, lost = [], []
    for name, route, path, callback in _patterns(get_resolver(urlconf), fills=fills or {}, paths=paths or {}):
        try:
            match = resolve(path, urlconf)
        except Resolver404:
            lost.append(f"{name} {route}: {path} leads nowhere; add a path to PATHS")
            continue
        if match.func == callback:
            found.append(Address(name, route, path))
    assert not lost, "\n".join(lost)
    return found


def _patterns(resolver: URLResolver, route="", path="/", spaces=(), *, fills, paths) -> Iterator[tuple]:
    for entry in resolver.url_patterns:
        whole = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            start = path + _sample(entry.pattern, fills)
            yield from _patterns(entry, whole, start, inner, fills=fills, paths=paths)
        else:
            name = ":".join([*spaces, entry.name]) if entry.name else ""
            known = paths.get(name) or PATHS.get(name) or PATHS.get(whole)
            yield name, whole, known or path + _sample(entry.pattern, fills), entry.callback


def _sample(pattern, fills) -> str:
    if isinstance(pattern, RoutePattern):
        return PART.sub(
            lambda part: fills.get(part["name"]) or DUMMIES.get(part["converter"], "1"), str(pattern)
        ).removeprefix("^")
    form, names = normalize(pattern.regex.pattern)[0]
    return form % {name: fills.get(name, "1") for name in names}


# What may change when somebody only looks: who is signed in, who tries, who has an editor open.
MOVING = {
    "kernel_accounts.UserSession",
    "wagtailadmin.EditingSession",
    "axes.AccessAttempt",
    "axes.AccessLog",
}
# Wagtail makes this row of preferences when somebody first opens their account page.
MOVING |= {"wagtailusers.UserProfile"}
MOVING |= {"axes.AccessFailureLog", "axes.AccessAttemptExpiration"}


def tables() -> dict[str, str]:
    """Label -> hash of all rows, without the sign-in's own traces."""
    return {
        model._meta.label: _hash(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in MOVING
    }


def _hash(model) -> str:
    fields = [field for field in model._meta.local_concrete_fields if field.name != "last_login"]
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    # As stored: a block of text prints its place in memory, which differs each time it is read.
    stored = [[field.get_prep_value(value) for field, value in zip(fields, row, strict=True)] for row in rows]
    return hashlib.sha256(repr(stored).encode()).hexdigest()


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(label for label in before if before[label] != after.get(label))
