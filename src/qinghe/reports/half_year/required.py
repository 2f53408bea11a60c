"""The figures that the half-year report prints: the rows of `required.csv`, in their order.

`figure` is the row of the reference list, `code` the indicator that feeds it once its owner
declares it, `phrase` how the outline says it. A row whose code no installed system declares is
shown as 待接入. `zero` is "none" where 0 is no number but says that there is nothing of the kind: no
target set, no list drawn up; no sentence can be made of it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from qinghe.edges import system

SOURCE = Path(__file__).with_name("required.csv")


@dataclass(frozen=True)
class Wanted:
    """One printed figure: what it is, who will feed it, and how it is said."""

    figure: str
    code: str
    label: str
    unit: str
    kind: str  # count | sum | distinct | ratio | target
    owner: str
    meaning: str
    phrase: str
    zero: str = ""  # none, or empty where 0 is a number like others


def _read() -> tuple[Wanted, ...]:
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        return tuple(Wanted(**row) for row in csv.DictReader(lines))


WANTED: tuple[Wanted, ...] = _read()


def feeders() -> dict[str, str]:
    """Return which installed system answers for each code: that of its highest version."""
    found = [
        (each.version, each.code, installed.label)
        for installed in system.INSTALLED
        for each in installed.indicators
    ]
    return {code: label for _, code, label in sorted(found)}
