"""`./qinghe bench [NAME] [--json]`: run bench/NAME.py, or all of them.

A bench is a file here with a function `run() -> dict`, which returns what it measured under names
that say the unit; a file without one is shared by benches.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path

import django
import pysqlite3

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "docs" / "performance.md"


def names() -> list[str]:
    """Return the benches there are."""
    found = (path for path in FOLDER.glob("*.py") if path.stem != "__main__")
    return sorted(path.stem for path in found if "\ndef run(" in path.read_text())


def main() -> None:
    """Run what the command line names and print what was measured."""
    parser = argparse.ArgumentParser(prog="./qinghe bench", description="Measure against the bars.")
    parser.add_argument("name", nargs="?", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md as well")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    measured = {}
    for name in [asked.name] if asked.name else names():
        print(f"▸ {name}", file=sys.stderr)
        measured[name] = importlib.import_module(f"bench.{name}").run()
        if not asked.json:
            show(name, measured[name])
    if asked.write:
        known = sections(PAGE.read_text(encoding="utf-8")) if asked.name else {}
        PAGE.write_text(page(known | tables(measured)), encoding="utf-8")
    if asked.json:
        print(json.dumps(measured, ensure_ascii=False, indent=2, default=str))


def page(written: dict[str, str]) -> str:
    """Return what was measured as a page of tables; a bench run by itself takes its own place."""
    head = [
        "# Performance",
        "",
        "Ratios against a named peer or limit of the same run; seconds say little beyond the machine",
        "they were taken on. This page is written by `./qinghe bench --write`, one section of it by",
        f"`./qinghe bench NAME --write`; last on {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, SQLite {pysqlite3.sqlite_version}.",
    ]
    return "\n".join([*head, *(text for _, text in sorted(written.items()))]) + "\n"


def tables(measured: dict[str, dict[str, object]]) -> dict[str, str]:
    """Return what was measured as sections of the page, by the names of the benches."""
    written = {}
    for name, values in measured.items():
        lines = ["", f"## {name}", "", "| what | measured |", "|---|---|"]
        written[name] = "\n".join(
            [*lines, *(f"| {key} | {_shown(value)} |" for key, value in values.items())]
        )
    return written


def sections(text: str) -> dict[str, str]:
    """Return the sections that a page has, by name."""
    _, *parts = text.rstrip("\n").split("\n\n## ")
    return {part.partition("\n")[0]: f"\n## {part}" for part in parts}


def _shown(value: object) -> str:
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


def show(name: str, values: dict[str, object]) -> None:
    """Print one bench's values as a list."""
    print(name)
    for key, value in values.items():
        print(f"  {key:<40} {_shown(value)}")


if __name__ == "__main__":
    main()
