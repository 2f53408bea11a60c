"""What the benches measured last: bench/figures.json, one entry for each bench."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Figure:
    """One measured value against its limit or peer. Up to 1, `ratio` is within the limit."""

    what: str
    value: float
    sense: str  # "≤" or "≥"
    limit: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Test if the limit was kept."""
        return self.ratio <= 1


@dataclass(frozen=True)
class Run:
    """One bench, as it was run on a day, on a machine, at a commit."""

    bench: str
    bar: str
    met: bool | None  # None: it said itself that it could not measure here
    day: str
    machine: str
    commit: str
    figures: tuple[Figure, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    fault: str = ""
    took: int = 0  # seconds, with all that had to be entered first
    is_slice: bool = False


def read(path: Path) -> dict[str, Run]:
    """Return the last run of each bench, by its name."""
    if not path.exists():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Run(
            **{**run, "figures": tuple(Figure(**each) for each in run["figures"])}, bench=name
        )
        for name, run in told.items()
    }


def write(path: Path, runs: Mapping[str, Run]) -> None:
    """Keep the last run of each bench; a slice is never kept."""
    told = {}
    for name in sorted(runs):
        told[name] = asdict(runs[name])
        del told[name]["bench"], told[name]["is_slice"]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
