"""``docs/roles.md`` is written from the table, so that the two cannot differ."""

from pathlib import Path

from kernel.organisation.grants import (
    AGENCY,
    BODY,
    EVERYONE,
    GRANT,
    GROUP,
    MEMBERSHIP,
    OWN,
    PAGE,
    POST,
    SITE,
    TEAM,
)
from portal.roles import ROLES, Role

HOW = {
    EVERYONE: "by everybody who signs in",
    GROUP: "by the group “{group}”",
    MEMBERSHIP: "by a seat in a body",
    POST: "by managing somebody's post",
    PAGE: "by being named on a text",
    GRANT: "given with dates",
}
SCOPE = {
    SITE: "the whole site",
    BODY: "the body",
    AGENCY: "the agency",
    TEAM: "a team and all below it, or an agency",
    OWN: "their own",
}
DOCS = Path(__file__).resolve().parents[2] / "docs/roles.md"


def section(role: Role) -> str:
    doors = [word for word, on in (("opens the admin", role.admin), ("decides", role.deciding)) if on]
    factor = f" Second factor demanded: {' and '.join(doors)}." if doors else ""
    return (
        f"## {role.label} (`{role.slug}`)\n\n"
        f"Held {HOW[role.how].format(group=role.group)}; covers {SCOPE[role.scope]}.{factor}\n\n"
        f"- Sees: {role.sees}\n- May: {role.may}\n- May not: {role.may_not}\n"
    )


def document() -> str:
    """The whole of ``docs/roles.md``."""
    head = (
        "# Roles\n\n"
        "Written by `python manage.py sync_roles --docs` from the table in `site/portal/roles.py`:\n"
        "change the table, not this page.\n"
        "Nobody gives a role above their own, and nobody gives one to themselves.\n"
    )
    return "\n".join([head, *(section(role) for role in ROLES)])
