"""`./qinghe bench [NAME|all] [--json] [--write]`: run bench/NAME.py, or all of them.

A bench is a file here with a function `run() -> dict`, which returns what it measured under names
that say the unit, and LIMITS, which say what some of these are held against; a file without `run`
is shared by benches. One that takes many minutes may have a function `brief` as well, which measures
a slice against the same limits: `all` runs that, and what a slice measured is not kept. One that says
BY_ITSELF takes an hour or so, and is run when it is named. A bench that fails does not keep the others
from running.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import django
import pysqlite3

from bench import _limits
from qinghe.config.proof import checks, measured
from qinghe.config.proof.measured import Run

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.json"
ALL = "all"


def names() -> list[str]:
    """Return the benches there are."""
    return sorted(checks.benches(FOLDER))


def main() -> None:
    """Run what the command line names, print what was measured, and keep it when asked to."""
    parser = argparse.ArgumentParser(prog="./qinghe bench", description="Measure against the bars.")
    known = [ALL, *names()]
    parser.add_argument(
        "name", nargs="?", default=ALL, choices=known, metavar="NAME", help=", ".join(known)
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--write",
        action="store_true",
        help="keep it in bench/figures.json as well, except what was measured on a slice",
    )
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    runs, brief = {}, asked.name == ALL
    for name in in_all() if brief else [asked.name]:
        print(f"▸ {name}", file=sys.stderr)
        runs[name] = measure(name, brief=brief)
        if not asked.json:
            show(runs[name])
    if asked.json:
        print(
            json.dumps(
                {name: as_json(run) for name, run in runs.items()}, ensure_ascii=False, indent=2
            )
        )
    if asked.write:
        keep(runs)
    sys.exit(any(run.fault or run.met is False for run in runs.values()))


def in_all() -> list[str]:
    """Return the benches that `all` stands for. Read as text: some change Python when imported."""
    told = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in names()}
    return [name for name, text in told.items() if "\nBY_ITSELF = True" not in text]


def measure(name: str, *, brief: bool = False) -> Run:
    """Run one bench, or its slice if it has one; a fault of it is told and is no fault of the others."""
    module = importlib.import_module(f"bench.{name}")
    sliced = brief and hasattr(module, "brief")
    began = time.perf_counter()
    try:
        with redirect_stdout(sys.stderr):  # what Django says is none of the figures
            values = module.brief() if sliced else module.run()
    except (Exception, SystemExit) as fault:  # noqa: BLE001  whatever it is, the next one runs
        traceback.print_exc()
        values = {"left out": f"{type(fault).__name__}: {fault}", "fault": True}
    run = run_of(name, values, module)
    return replace(run, took=round(time.perf_counter() - began), is_slice=sliced)


def run_of(name: str, values: Mapping[str, object], module: ModuleType) -> Run:
    """Return what a bench measured with its limits, and where and when that was."""
    told = {key: value for key, value in values.items() if key not in ("bar", "bar met", "fault")}
    left_out = str(told.get("left out", ""))
    met = values.get("bar met")
    return Run(
        bench=name,
        bar=str(values.get("bar") or getattr(module, "BAR", "")),
        met=None if left_out else bool(met),
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        commit=commit(),
        figures=_limits.figures(module.LIMITS, values),
        values={key: _plain(value) for key, value in told.items()},
        fault=left_out,
    )


def keep(runs: Mapping[str, Run]) -> None:
    """Put what was measured in the place of what was before, and write the pages that show it.

    A bench that could not measure here leaves what another machine measured, a slice what was whole.
    """
    whole = {name: run for name, run in runs.items() if not run.fault and not run.is_slice}
    measured.write(FIGURES, measured.read(FIGURES) | whole)
    command = [sys.executable, str(FOLDER.parent / "manage.py"), "docs"]
    subprocess.run(command, check=True, stdout=sys.stderr)


def machine() -> str:
    """Say what it was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {pysqlite3.sqlite_version}"


def commit() -> str:
    """Return the commit that was measured, with a + where files differ from it; else a dash."""
    try:
        name = _git("rev-parse", "--short", "HEAD")
        return f"{name}{'+' if _git('status', '--porcelain', '--untracked-files=no') else ''}"
    except (OSError, subprocess.CalledProcessError):
        return "—"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=FOLDER, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def as_json(run: Run) -> dict[str, object]:
    """Return one run as the JSON object shows it."""
    limits: Sequence[dict[str, object]] = [
        {
            "what": each.what,
            "value": each.value,
            "limit": f"{each.sense} {each.limit}",
            "ratio": each.ratio,
        }
        for each in run.figures
    ]
    told = {"bar": run.bar, "met": run.met, "limits": limits, "values": dict(run.values)}
    where = {"machine": run.machine, "day": run.day, "commit": run.commit}
    return told | where | {"took": run.took, "slice": run.is_slice, "fault": run.fault}


def _plain(value: object) -> measured.Value:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def show(run: Run) -> None:
    """Print one bench's values as a list, and its limits."""
    print(f"{run.bench} ({run.took} s{', a slice' if run.is_slice else ''})")
    for key, value in run.values.items():
        print(f"  {key:<40} {f'{value:,.3f}' if isinstance(value, float) else value}")
    for each in run.figures:
        print(
            f"  {'✓' if each.holds else '✗'} {each.what} {each.sense} {each.limit:g}: {each.ratio:.3f} of it"
        )
    print(f"  bar met: {run.met}")


if __name__ == "__main__":
    main()
