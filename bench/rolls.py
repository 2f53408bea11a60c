"""The roll of a street in a district of 100,000 members, and a roll of 50,000 lines coming in.

The pages are asked as a browser asks, by the secretary of the street and by the district; the list comes
in through the house's own door, a third of its people known by number already, and then their League
files, each matched to the roll by number and name. It is measured in a process with a data folder of its
own. QINGHE_BENCH_MEMBERS makes it small: the list is half as long as there are members.
"""

import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

from bench import _apart
from bench._limits import at_most

MEMBERS = int(os.environ.get("QINGHE_BENCH_MEMBERS", "100000"))
LINES = MEMBERS // 2
STREETS, BRANCHES = 11, 3_000
QUERIES, SECONDS, LIMIT = 12, 0.150, 60
TIMES = 15
BAR = (
    f"roll of a street: ≤ {QUERIES} queries, < {SECONDS:g} s at the median; "
    f"a roll of 50,000 lines in, its files matched, each in < {LIMIT} s"
)
OWN, FAR = "street's own roll", "street's roll, page 40"
BARE, ABOVE = "street's roll, without a file", "street's roll, asked by the district"
LIMITS = (
    *(at_most(f"{page}, queries", QUERIES) for page in (OWN, FAR, BARE, ABOVE)),
    *(at_most(f"{page}, seconds", SECONDS) for page in (OWN, FAR, BARE, ABOVE)),
    at_most("the roll in, checked and matched, seconds", LIMIT),
    at_most("its files in, matched to the roll, seconds", LIMIT),
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("rolls")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.QINGHE_SECOND_FACTOR = False  # nobody signs in here
    from bench import _rolled_district as district  # noqa: PLC0415

    ground = district.make(
        streets=STREETS, branches=min(BRANCHES, max(STREETS, MEMBERS // 30)), members=MEMBERS
    )
    street, desk = district.client("street"), district.client("district")
    pages = {
        OWN: _page(street, "/rolls/roll/"),
        FAR: _page(street, "/rolls/roll/?page=40"),
        BARE: _page(street, "/rolls/roll/?gap=file"),
        ABOVE: _page(desk, f"/rolls/roll/?org={ground.street}"),
    }
    folder = Path(os.environ["QINGHE_DATA"])
    roll = _timed(lambda: district.take_in(ground, folder, lines=LINES, first=MEMBERS))
    files = _timed(lambda: district.take_in_files(ground, folder, lines=LINES, first=MEMBERS))
    answer = {
        "bar": BAR,
        "members": MEMBERS,
        "lines of the list": LINES,
        **{
            f"{name}, {what}": value for name, page in pages.items() for what, value in page.items()
        },
        "the roll in, checked and matched, seconds": roll,
        "its files in, matched to the roll, seconds": files,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bar met": roll < LIMIT
        and files < LIMIT
        and all(one["queries"] <= QUERIES and one["seconds"] < SECONDS for one in pages.values()),
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _timed(work: object) -> float:
    started = time.perf_counter()
    written = work()
    if written != LINES:
        raise AssertionError(f"{written} lines instead of {LINES}")
    return time.perf_counter() - started


def _page(client: object, address: str) -> dict[str, float]:
    """Return the queries of a page and its middle time, once it is warm."""
    from bench import _rolled_district as district  # noqa: PLC0415

    client.get(address)
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = client.get(address)
        taken.append(time.perf_counter() - started)
        if answer.status_code not in (200, 404):
            raise AssertionError(f"{address} answers {answer.status_code}")
    return {"queries": district.queries_of(client, address), "seconds": statistics.median(taken)}


if __name__ == "__main__":
    main()
