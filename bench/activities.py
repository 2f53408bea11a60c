"""The desk's list of activities over 27,000 sessions, and what a volunteer's phone finds among 2,000 open ones.

It is measured in a process with a data folder of its own, through the pages that people use.
"""

import json
import os
import statistics
import sys
import time

from bench import _apart
from bench._limits import at_most

ORGS, STREETS, COMMUNITIES = 3_000, 11, 111
SESSIONS, OPEN, EACH = 27_000, 2_000, 2  # sessions in all, of these to come, of each activity
QUERIES, SECONDS = 12, 0.150
TIMES = 15
BAR = f"list of activities: ≤ {QUERIES} queries, < {SECONDS:g} s at the median"
LIMITS = (
    at_most("list of activities, queries", QUERIES),
    at_most("list of activities, seconds", SECONDS),
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("activities")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.QINGHE_SECOND_FACTOR = False  # nobody signs in here
    from bench import _activities as activities  # noqa: PLC0415
    from bench import _returns_district as district  # noqa: PLC0415

    officer, _ = district.make(orgs=ORGS, streets=STREETS, communities=COMMUNITIES, forms=0)
    activities.make(sessions=SESSIONS, ahead=OPEN, each=EACH)
    desk, phone = district.client_of(officer), activities.phone()
    pages = {
        "list of activities": _page(desk, "/volunteering/activities/"),
        "list of activities, by kind": _page(desk, "/volunteering/activities/?kind=care"),
        "list of sessions": _page(desk, "/volunteering/sessions/"),
        "find, by time": _page(phone, "/volunteering/mine/find/"),
        "find, by distance": _page(
            phone, "/volunteering/mine/find/?latitude=22.700&longitude=114.200"
        ),
    }
    listed = pages["list of activities"]
    answer = {
        "bar": BAR,
        "sessions": SESSIONS,
        "of these to come": OPEN,
        **{
            f"{name}, {what}": value for name, page in pages.items() for what, value in page.items()
        },
        "bar met": listed["queries"] <= QUERIES and listed["seconds"] < SECONDS,
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _page(client: object, address: str) -> dict[str, float]:
    """Return the queries of a page and its middle time, once it is warm."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(address)
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = client.get(address)
        taken.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return {"queries": len(asked), "seconds": statistics.median(taken)}


if __name__ == "__main__":
    main()
