"""What the four ledgers ask of their lines alike."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from qinghe.edges.sheets import Problem
from qinghe.lib.verdicts import Refused

Key = TypeVar("Key", bound=Hashable)


class Findings:
    """The problems of a file, gathered line by line."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._lines: set[int] = set()

    def add(self, line: int, column: str, reason: str) -> None:
        """Refuse one cell of a line, or the line when no column is named."""
        self.problems.append(Problem(line=line, column=column, reason=reason))
        self._lines.add(line)

    def spare(self, line: int) -> bool:
        """Test if nothing is wrong with a line so far."""
        return line not in self._lines

    def check(self, line: int, column: str, verdict: Callable[[], object]) -> None:
        """Ask a rule, and keep its refusal as a problem of the line."""
        try:
            verdict()
        except Refused as refusal:
            self.add(line, column, refusal.reason)


def repeated(keys: Iterable[Key]) -> set[Key]:
    """Return the keys that stand on more than one line."""
    return {key for key, times in Counter(keys).items() if times > 1}


def check_new_key(
    found: Findings,
    *,
    line: int,
    column: str,
    key: str,
    twice: Collection[str],
    taken: Collection[str],
) -> None:
    """Refuse a number that the file gives twice, or that is in use."""
    if key in twice:
        found.add(line, column, f"{column}{key}在本文件中重复，请只保留一行。")
    elif key in taken:
        found.add(line, column, f"{column}{key}已经登记过，请删去这一行。")


def check_org(
    found: Findings,
    *,
    line: int,
    column: str,
    code: str,
    mine: Mapping[str, int],
    known: Collection[str],
) -> None:
    """Refuse an organisation that is not there, closed, or beyond the actor's reach."""
    if code in mine:
        return
    if code in known:
        found.add(line, column, f"组织{code}已撤销，或者不在您可以导入的范围内。")
    else:
        found.add(line, column, f"没有代码为{code}的组织，请核对。")
