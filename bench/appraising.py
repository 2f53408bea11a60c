"""A year's review of 100,000 members: all rolls made by the job, made again, then every branch registered.

It is measured in a process with a data folder of its own, through the job and the services that people use.
"""

import json
import os
import sys
import time

from bench import _apart
from bench._limits import at_most

MEMBERS, BRANCHES, SECONDS = 100_000, 3_000, 60.0
BAR = (
    f"rolls of {MEMBERS:,} members made in < {SECONDS:g} s; made again, nothing is doubled; "
    f"all branches registered by one job in < {SECONDS:g} s"
)
LIMITS = (
    at_most("rolls made, seconds", SECONDS),
    at_most("all branches registered, seconds", SECONDS),
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("appraising")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from bench import _appraised_district as district  # noqa: PLC0415

    members = int(os.environ.get("QINGHE_BENCH_MEMBERS", MEMBERS))
    branches = min(BRANCHES, members)
    officer, campaign = district.make(members=members, branches=branches)
    listing, again = (_list(campaign, officer=officer) for _ in range(2))
    lines = campaign.lines.count()
    district.approve_all(campaign, officer=officer)
    registering = _register(campaign, officer=officer)
    registered = campaign.lines.filter(registered_on__isnull=False).count()
    answer = {
        "bar": BAR,
        "members": members,
        "branches": branches,
        "rolls made, seconds": listing,
        "made again, seconds": again,
        "lines": lines,
        "all branches registered, seconds": registering,
        "registered": registered,
        "bar met": listing < SECONDS and registering < SECONDS and lines == members == registered,
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _list(campaign: "Campaign", *, officer: "Actor") -> float:  # noqa: F821
    from django.utils import timezone  # noqa: PLC0415

    from qinghe.edges.jobs import services as jobs  # noqa: PLC0415
    from qinghe.edges.jobs import worker  # noqa: PLC0415
    from qinghe.systems.appraisals import tasks  # noqa: PLC0415

    started = time.perf_counter()
    jobs.start(
        kind=tasks.LIST,
        title="生成评议名单",
        arguments={"campaign": campaign.pk},
        at=timezone.now(),
        by=officer,
    )
    worker.work_off()
    return time.perf_counter() - started


def _register(campaign: "Campaign", *, officer: "Actor") -> float:  # noqa: F821
    from django.utils import timezone  # noqa: PLC0415

    from qinghe.edges.jobs import services as jobs  # noqa: PLC0415
    from qinghe.edges.jobs import worker  # noqa: PLC0415
    from qinghe.systems.appraisals import tasks  # noqa: PLC0415

    started = time.perf_counter()
    jobs.start(
        kind=tasks.REGISTER,
        title="成批年度团籍注册",
        arguments={"campaign": campaign.pk, "org": campaign.org_id},
        at=timezone.now(),
        by=officer,
    )
    worker.work_off()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
