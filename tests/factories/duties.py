"""Blocks that hold duties, for ``make_policy(body=...)``."""

from tests.factories import policies as make


def duty(words, *job_roles, **values):
    """A clause for these job roles."""
    return make.clause(words, roles=[str(role.pk) for role in job_roles], **values)


def table(*rows, heading="Who does what"):
    """(role, responsibilities, tasks): each a list of points."""
    cells = [(role, _points(does), _points(tasks)) for role, does, tasks in rows]
    keys = ("role", "responsibilities", "tasks")
    return (
        "roles_table",
        {"heading": heading, "rows": [dict(zip(keys, cell, strict=True)) for cell in cells]},
    )


def _points(words) -> str:
    return "<ul>" + "".join(f"<li>{one}</li>" for one in words) + "</ul>" if words else ""


def issued(*blocks, today=make.TODAY, **values):
    """With a clause that binds nobody, which every text needs."""
    body = [make.clause("What this is for."), *blocks]
    return make.issue(make.make_policy(body=body, **values), today=today)
