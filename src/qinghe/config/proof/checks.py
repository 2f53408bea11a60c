"""Who checks a bar: the tests and benches whose docstrings name it. Read as text, never imported."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMED = re.compile(r"\bbars?\s+(\d+(?:(?:,\s*|\s+and\s+|,\s+and\s+)\d+)*)\b", re.IGNORECASE)
SKIPPED = {"__pycache__", "migrations", "templates", "static"}


@dataclass(frozen=True, order=True)
class Check:
    """A test by its node, or a bench by its name, and the bars that it names."""

    node: str
    bars: tuple[int, ...]
    is_bench: bool = False

    @property
    def path(self) -> str:
        """Return the file it stands in."""
        return self.node.partition("::")[0]


def named_in(text: str) -> tuple[int, ...]:
    """Return the numbers of the bars that a docstring names."""
    numbers = {int(number) for found in NAMED.findall(text) for number in re.findall(r"\d+", found)}
    return tuple(sorted(numbers))


def find(root: Path) -> list[Check]:
    """Return every check of the house, in order."""
    tests = (path for place in ("src", "tests") for path in _tests_in(root / place))
    found = [check for path in tests for check in _of_test(path, root=root)]
    return sorted([*found, *_benches(root)])


def benches(folder: Path) -> dict[str, str]:
    """Return the benches there are, each with its docstring."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    return {
        name: ast.get_docstring(ast.parse(text)) or ""
        for name, text in texts.items()
        if name != "__main__" and "\ndef run(" in text
    }


def _tests_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("test_*.py")):
        if not SKIPPED & set(path.parts):
            yield path


def _of_test(path: Path, *, root: Path) -> Iterator[Check]:
    text = path.read_text(encoding="utf-8")
    if not NAMED.search(text):
        return
    tree, name = ast.parse(text), path.relative_to(root).as_posix()
    if whole := named_in(ast.get_docstring(tree) or ""):
        yield Check(name, whole)
    for each in tree.body:
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"):
            own = set(named_in(ast.get_docstring(each) or "")) - set(whole)
            if own:
                yield Check(f"{name}::{each.name}", tuple(sorted(own)))


def _benches(root: Path) -> Iterator[Check]:
    for name, told in benches(root / "bench").items():
        if numbers := named_in(told):
            yield Check(f"bench/{name}.py", numbers, is_bench=True)
