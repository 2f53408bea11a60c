"""Of the small faults put into the code that others lean on, how many the tests find (bar 45).

mutmut changes one thing of a module at a time, in a copy of the house, and runs the tests that
belong to it: a fault that no test sees survives. `./qinghe mutants MODULE` does one module and shows
what survived in it; with `--write` it keeps its figures beside those of the others. Each test is run
some hundred times, so `bench all` leaves this out.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import __main__ as benching
from bench._limits import at_least
from qinghe.config.proof import measured

ROOT = Path(__file__).parents[1]
BESIDE = Path(sys.prefix) / "mutants"  # where ./qinghe installs mutmut
BY_ITSELF = True  # `bench all` leaves it out
ENOUGH = 0.80
BAR = f"of the mutants of each module at least {ENOUGH:.0%} die"
COPIED = ("src", "tests", "bench", "docs", "deploy", "requirements", ".ci")
FILES = (
    "conftest.py",
    "manage.py",
    "pyproject.toml",
    "package.json",
    "package-lock.json",
    "qinghe",
)
# What a test run that a mutant was in ended with, as mutmut keeps it. Dead is what a test found and
# nothing else: what ran out of time may only have met a busy machine, and counts as living.
DEAD, SKIPPED = {1, 3}, {34}


@dataclass(frozen=True)
class Module:
    """Files of the house with the tests that answer for them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


_VOLUNTEERING = "src/qinghe/systems/volunteering"
MODULES = {
    "crypto": Module(("src/qinghe/lib/ciphers.py",), ("tests/lib/test_ciphers.py",)),
    "hours": Module(
        (f"{_VOLUNTEERING}/rules/hours.py", f"{_VOLUNTEERING}/rules/stays.py"),
        (f"{_VOLUNTEERING}/tests/test_rules.py", f"{_VOLUNTEERING}/tests/test_hours_rules.py"),
    ),
    "permission": Module(
        ("src/qinghe/kernel/access/actors.py", "src/qinghe/kernel/access/rules.py"),
        ("tests/kernel/test_access_rules.py", "tests/kernel/test_access.py"),
    ),
    "import": Module(
        ("src/qinghe/edges/sheets/cells.py", "src/qinghe/edges/sheets/guard.py"),
        ("tests/sheets/test_cells.py", "tests/sheets/test_guard.py"),
    ),
}
MISSING = "" if BESIDE.is_dir() else "mutmut is not here: ./qinghe mutants"
LIMITS = tuple(at_least(f"{name}: share that dies", ENOUGH) for name in MODULES)


def run() -> dict[str, object]:
    """Measure all modules, one after the other."""
    if MISSING:
        return {"bar": BAR, "left out": MISSING}
    found: dict[str, object] = {}
    for name in MODULES:
        sys.stderr.write(f"  {name}\n")
        found |= measure(name, show=False)
    return _told(found)


def _told(found: Mapping[str, object]) -> dict[str, object]:
    met = all(figure.holds for limit in LIMITS if (figure := limit(found)) is not None)
    return {"bar": BAR, **found, "bar met": met}


def measure(name: str, *, show: bool) -> dict[str, object]:
    """Return how many mutants of a module there are, and the share that dies; show the others."""
    with TemporaryDirectory(prefix="qinghe-mutants-") as made:
        folder = Path(made)
        _lay(MODULES[name], folder)
        _mutmut("run", "--max-children", "1", folder=folder)
        ended = dict(_ended(folder))
        if not ended:
            raise AssertionError(f"{name}: mutmut made no mutant")
        if show:
            for mutant in sorted(each for each, code in ended.items() if _lives(code)):
                sys.stdout.write(_mutmut("show", mutant, folder=folder).stdout + "\n")
    count = Counter(map(_lives, ended.values()))
    return {
        f"{name}: mutants": len(ended),
        f"{name}: that live": count[True],
        f"{name}: share that dies": count[False] / len(ended),
    }


def _lives(code: int) -> bool:
    return code not in DEAD


def _lay(module: Module, folder: Path) -> None:
    """Copy the house and write down what mutmut is to do with it."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "generated")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    asked = {
        "source_paths": ["src"],
        "only_mutate": list(module.files),
        "also_copy": [*COPIED, *FILES],
        # Without deadlines: what runs at nice 19 would die of them, and nobody would have seen a fault.
        "pytest_add_cli_args": ["-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile=ci"],
        "pytest_add_cli_args_test_selection": list(module.tests),
        "timeout_constant": 20.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("\n[tool.mutmut]\n")
        project.writelines(f"{key} = {json.dumps(value)}\n" for key, value in asked.items())


def _mutmut(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    own = {"PYTHONPATH": str(BESIDE), "QINGHE_DATA": str(folder / "data")}
    environment = {**os.environ, **own, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "examples")}
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"mutmut {words[0]}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done


def _ended(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield each mutant with what the tests ended with; those that were left out are none."""
    for path in sorted((folder / "mutants").rglob("*.meta")):
        for mutant, code in json.loads(path.read_text())["exit_code_by_key"].items():
            if code not in SKIPPED:
                yield mutant, code


def main() -> None:
    """Do one module, or all, show the mutants that live, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(prog="./qinghe mutants")
    parser.add_argument(
        "module", nargs="?", choices=[*MODULES], help="all of them if none is named"
    )
    parser.add_argument(
        "--write", action="store_true", help="keep it in bench/figures.json as well"
    )
    asked = parser.parse_args()
    if MISSING:
        sys.exit(MISSING)
    for name in [asked.module] if asked.module else MODULES:
        found = measure(name, show=True)
        for what, value in found.items():
            print(f"  {what:<40} {f'{value:.3f}' if isinstance(value, float) else value}")
        if asked.write:
            keep(found)


def keep(found: Mapping[str, object]) -> None:
    """Put one module's figures in the place of its last, beside those of the others."""
    before = measured.read(benching.FIGURES).get("mutants")
    values = _told({**(before.values if before else {}), **found})
    benching.keep({"mutants": benching.run_of("mutants", values, sys.modules[__name__])})


if __name__ == "__main__":
    main()
