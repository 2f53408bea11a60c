"""Many districts (ADR 0079): seconds on DuckDB and on Spark of two cores, up to a country's tree.

Districts of 11 streets, 111 communities and 47,200 services each, one, ten and a hundred; then the
tree of a country (2,844 districts, 41,352 streets, 620,573 communities, invented) with one service a
community. Each engine counts the same five indicators for every organisation; what differs must be
nothing. Spark's start is measured apart.

`python -m bench.districts 1 10` measures these numbers of districts, `country` the country.
"""

import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from bench._limits import at_most

STREETS, COMMUNITIES, SERVICES = 11, 111, 47_200  # a district's
COUNTRY = (2_844, 41_352, 620_573, 620_573)
SIZES = ("1", "10", "100", "country")
MASTER = "local[2]"
BAR = "DuckDB and Spark give the same figures, from one district to a country"
LIMITS = (at_most("figures that differ", 0),)


def run(*sizes: str) -> dict[str, object]:
    """Measure each size on both engines, and say from which on Spark is the faster one."""
    from bench import _country  # noqa: PLC0415  once Django is set up

    measured: dict[str, object] = {"bar": BAR}
    faster = differing = 0
    for size in sizes or SIZES:
        many = _country.Size(*COUNTRY) if size == "country" else _of(int(size))
        with TemporaryDirectory(prefix="qinghe-bench-") as folder:
            _country.write(Path(folder), many)
            here, seconds, _ = _counted(Path(folder), "duckdb")
            there, sparks, start = _counted(Path(folder), "spark")
        differing += sum(here.get(key) != there.get(key) for key in here.keys() | there.keys())
        faster = faster or (size if sparks < seconds else 0)
        measured |= {
            f"{size}: figures": len(here),
            f"{size}: seconds, DuckDB": seconds,
            f"{size}: seconds, Spark": sparks,
            f"{size}: seconds until Spark stands": start,
        }
    return measured | {
        "Spark passes DuckDB at": faster or "no size",
        "figures that differ": differing,
        "bar met": not differing,
    }


def brief() -> dict[str, object]:
    """Measure one district and ten."""
    return run("1", "10")


def _of(districts: int) -> object:
    from bench import _country  # noqa: PLC0415

    each = (STREETS, COMMUNITIES, SERVICES)
    return _country.Size(districts, *(districts * number for number in each))


def _counted(folder: Path, name: str) -> tuple[dict[tuple[str, int], object], float, float]:
    """Return all figures, the seconds from files to figures, and those that the engine took to start."""
    from bench import _country  # noqa: PLC0415
    from qinghe.analytics import reckoning, shared  # noqa: PLC0415
    from qinghe.analytics.shared import engines  # noqa: PLC0415
    from qinghe.lib import periods  # noqa: PLC0415

    began = time.perf_counter()
    with engines.started(name, master=MASTER if name == "spark" else "") as engine:
        stands = time.perf_counter()
        store = shared.Gathered(shared.opened(folder), engine, facts=[_country.SERVICE])
        found = reckoning.figures(store, _country.INDICATORS, periods.half_year(2022, 1))
        seconds = time.perf_counter() - stands
        values = {(code, key): v for code in found for key, v in found.column(code).items()}
    return values, seconds, stands - began


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(run(*sys.argv[1:]), ensure_ascii=False, indent=1) + "\n")
