"""Make the scratch database and fill it; count queries at 1, 3, 200 and 2,000 policies; time the issue of a
version.

Runs in a process of its own, before the server starts, and writes what it found to var/bench/found.json.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402  models need set-up apps
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import changes, finding, growth, importing, issuing, seed, weight  # noqa: E402
from policy_pages.enums import Audience  # noqa: E402

HOST = "127.0.0.1"
# What a browser sends with every request after its first page.
COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
SHOW = "--show-queries" in sys.argv


def database() -> None:
    call_command("migrate", verbosity=0)


def client_of(user=None) -> Client:
    client = Client(SERVER_NAME=HOST)
    if user:
        client.force_login(user)
    return client


def queries(client: Client, path: str) -> int:
    """Queries of the third request for ``path``: the first ones fill what a running process keeps."""
    for _warm in range(2):
        client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    if SHOW:
        print(f"--- {path}: {len(captured)}")
        for query in captured.captured_queries:
            print("   ", query["time"], query["sql"][:250])
    return len(captured)


def main() -> None:
    database()
    seed.labels()
    user = seed.reader()
    public = seed.first(Audience.PUBLIC)
    signed_in, visitor = client_of(user), client_of()
    others = {"public": visitor, "register": client_of(public.policy.policy_owner.user)}
    staff = None
    found: dict = {"queries": {}, "growth": {}}
    for size in (1, 3, 200, 2000):
        if size > 1:
            staff = staff or seed.first()
            seed.policies_up_to(size, staff)
        paths = addresses(public, staff)
        found["queries"][size] = {
            label: queries(others.get(label, signed_in), path) for label, path in paths.items()
        }
        if size >= 200:
            seed.stock_pages(size)
            found["growth"][size] = growth.measure(signed_in)
    plain = {"plain": "/bench/plain/stock/plain-7/", "plain list": "/bench/plain/stock/"}
    found["queries"][2000] |= {label: queries(visitor, path) for label, path in plain.items()}
    found["weight"] = weight.of(signed_in, paths["policy"])
    found["issue"] = issuing.measure()
    found["changes"] = changes.measure()
    found["import"] = importing.measure(settings.VAR)
    finding.fill()
    found["finding"] = finding.measure(user)
    found["paths"] = {**paths, **plain, "constant": "/bench/constant/"}
    found["cookie"], found["owner's cookie"] = cookie_of(signed_in), cookie_of(others["register"])
    (settings.VAR / "found.json").write_text(json.dumps(found, indent=1))


def cookie_of(client: Client) -> str:
    return "; ".join(f"{name}={client.cookies[name].value}" for name in COOKIES)


def addresses(public, staff) -> dict[str, str]:
    read = staff or public
    return {
        "policy": f"/policies/{read.policy.slug}/",
        "public": f"/policies/{public.policy.slug}/",
        "library": "/policies/",
        "desk": "/desk/",
        "search": "/search/?q=worried",
        "register": "/policy-register/",
    }


if __name__ == "__main__":
    main()
