"""What a list costs as the library grows: processor time and queries of one request, in this process.

``prepare`` asks at 200 and 2,000 policies; run as a module, after the pages were served, it grows to 10,000.
"""

import json
import statistics
import time

import django

django.setup()

from django.conf import settings  # noqa: E402  models need set-up apps
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import seed  # noqa: E402
from kernel.accounts.models import User  # noqa: E402
from policy_pages.models import PolicyVersion  # noqa: E402

LISTS = {
    "library": "/policies/",
    "library, last page": "/policies/?page=999999",
    "desk": "/desk/",
    "plain list signed in": "/bench/plain/stock/",
}
REPEATS = 15


def measure(client: Client) -> dict:
    """By list: milliseconds of processor time of every repeat, and queries."""
    return {label: _of(client, path) for label, path in LISTS.items()}


def _of(client, path: str) -> dict:
    for _warm in range(2):
        client.get(path)
    times = [_once(client, path) for _ in range(REPEATS)]
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return {"ms": statistics.median(times), "queries": len(captured)}


def _once(client, path: str) -> float:
    begin = time.process_time()
    answer = client.get(path)
    took = (time.process_time() - begin) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return took


def main() -> None:
    like = PolicyVersion.objects.filter(audience="staff").order_by("pk").first()
    seed.policies_up_to(10_000, like)
    seed.stock_pages(10_000)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(staff_profile__name=seed.READER))
    (settings.VAR / "grown.json").write_text(json.dumps({"10000": measure(client)}))


if __name__ == "__main__":
    main()
