"""Who has not reported, over 3,000 organisations and twelve forms; and 3,000 filings accepted at once.

It is measured in a process with a data folder of its own, through the pages and the job that people use.
"""

import json
import os
import statistics
import sys
import time

from bench import _apart
from bench._limits import at_most

ORGS, STREETS, COMMUNITIES, FORMS = 3_000, 11, 111, 12
QUERIES, SECONDS, ACCEPTING = 12, 0.150, 10.0
TIMES = 15
BAR = (
    f"who has not reported: ≤ {QUERIES} queries, < {SECONDS:g} s at the median;"
    f" {ORGS:,} accepted < {ACCEPTING:g} s"
)
LIMITS = (
    at_most("who has not reported, queries", QUERIES),
    at_most("who has not reported, seconds at the median", SECONDS),
    at_most("accepting, seconds", ACCEPTING),
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("returns")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.QINGHE_SECOND_FACTOR = False  # nobody signs in here
    from bench import _returns_district as district  # noqa: PLC0415

    officer, rounds = district.make(
        orgs=ORGS, streets=STREETS, communities=COMMUNITIES, forms=FORMS
    )
    client = district.client_of(officer)
    late = _page(client, "/returns/progress/late/")
    board = _page(client, "/returns/progress/")
    read = district.read_late(officer, rounds)
    sent = district.send_all(rounds[0])
    started = time.perf_counter()
    district.accept(officer, sent)
    accepting = time.perf_counter() - started
    accepted = district.accepted(rounds[0])
    answer = {
        "bar": BAR,
        "organisations": ORGS,
        "forms": FORMS,
        "filings": ORGS * FORMS,
        **{f"who has not reported, {name}": value for name, value in late.items()},
        "of these, queries of the frame and its guards": late["queries"] - read["queries"],
        "its own reading, queries": read["queries"],
        "its own reading, seconds": read["seconds"],
        **{f"board, {name}": value for name, value in board.items()},
        "filings accepted": accepted,
        "accepting, seconds": accepting,
        "bar met": late["queries"] <= QUERIES
        and late["seconds at the median"] < SECONDS
        and accepting < ACCEPTING
        and accepted == len(sent),
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _page(client: "Client", address: str) -> dict[str, float | int]:  # noqa: F821
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(address)
    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = client.get(address)
        seconds.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return {"queries": len(asked), "seconds at the median": statistics.median(seconds)}


if __name__ == "__main__":
    main()
