"""`./qinghe bench [NAME] [--json]`: run bench/NAME.py, or all of them.

A bench is a file here with a function `run() -> dict`, which returns what it measured under names
that say the unit; a file without one is shared by benches.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

import django

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the benches there are."""
    found = (path for path in FOLDER.glob("*.py") if path.stem != "__main__")
    return sorted(path.stem for path in found if "\ndef run(" in path.read_text())


def main() -> None:
    """Run what the command line names and print what was measured."""
    parser = argparse.ArgumentParser(prog="./qinghe bench", description="Measure against the bars.")
    parser.add_argument("name", nargs="?", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    measured = {}
    for name in [asked.name] if asked.name else names():
        print(f"▸ {name}", file=sys.stderr)
        measured[name] = importlib.import_module(f"bench.{name}").run()
        if not asked.json:
            show(name, measured[name])
    if asked.json:
        print(json.dumps(measured, ensure_ascii=False, indent=2, default=str))


def show(name: str, values: dict[str, object]) -> None:
    """Print one bench's values as a list."""
    print(name)
    for key, value in values.items():
        print(f"  {key:<40} {value:,.3f}" if isinstance(value, float) else f"  {key:<40} {value}")


if __name__ == "__main__":
    main()
