"""docs/assurance.md and docs/performance.md, from the bars, their checks and the last figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from qinghe.config.markdown import WRITTEN_BY, table, text

from . import bars, checks, measured
from .bars import Bar
from .checks import Check
from .measured import Figure, Run

HELD, IN_PART, MISSED, UNCHECKED = "held", "held in part", "missed", "not yet checked"
STATES = (HELD, IN_PART, MISSED, UNCHECKED)


@dataclass(frozen=True)
class Standing:
    """A bar with everything that is known of it."""

    bar: Bar
    checks: tuple[Check, ...]
    runs: tuple[Run, ...]
    unmeasured: tuple[str, ...]

    @property
    def state(self) -> str:
        """Return one of the four states; nothing is held that nobody checks."""
        if self.bar.missed or any(run.met is False for run in self.runs):
            return MISSED
        if not self.checks:
            return UNCHECKED
        return IN_PART if self.bar.open or self.unmeasured else HELD

    @property
    def reasons(self) -> list[str]:
        """Return why it is not simply held."""
        fallen = [
            f"`{run.bench}`: {_told(figure)}"
            for run in self.runs
            for figure in run.figures
            if run.met is False and not figure.holds
        ]
        waiting = [f"bench `{name}` has not been measured" for name in self.unmeasured]
        return [each for each in (self.bar.missed, *fallen, self.bar.open, *waiting) if each]


def all_pages(root: Path) -> dict[str, str]:
    """Return both pages by their file names. Raises ValueError where a check names no bar of ours."""
    known = bars.read(root / "docs" / "bars.toml")
    found = checks.find(root)
    runs = measured.read(root / "bench" / "figures.json")
    numbers = {bar.number for bar in known}
    if strays := [check.node for check in found if set(check.bars) - numbers]:
        raise ValueError(
            f"bars that docs/bars.toml does not have are named by: {', '.join(strays)}"
        )
    return {
        "assurance.md": assurance(standings(known, found, runs)),
        "performance.md": performance(checks.benches(root / "bench"), runs),
    }


def standings(
    known: Sequence[Bar], found: Sequence[Check], runs: Mapping[str, Run]
) -> list[Standing]:
    """Return each bar with its checks and their last runs."""
    result = []
    for bar in known:
        own = tuple(check for check in found if bar.number in check.bars)
        names = [Path(check.path).stem for check in own if check.is_bench]
        has_run = [runs[name] for name in names if name in runs and runs[name].met is not None]
        unmeasured = sorted(set(names) - {run.bench for run in has_run})
        result.append(Standing(bar, own, tuple(has_run), tuple(unmeasured)))
    return result


def assurance(all_of_them: Sequence[Standing]) -> str:
    """Return the page of the bars: what must hold, how it is checked, how it stands."""
    counted = Counter(each.state for each in all_of_them)
    lines = [
        "# Assurance",
        "",
        WRITTEN_BY,
        "",
        "What must hold under load, faults and attack ([the bars](bars.toml)), who checks it, and how it",
        "stands. A test or a bench names its bar in its docstring; `./qinghe test --bar 12` runs the tests",
        "of one, `./qinghe bench NAME` a bench, and the figures are those of [performance](performance.md).",
        "**held**: checked whole. **held in part**: what is checked holds, and the row says what is not.",
        "**missed**: with its figure and reason. **not yet checked**: nobody looks.",
        "",
        "In all: " + ", ".join(f"{counted[state]} {state}" for state in STATES) + ".",
    ]
    heading = ["bar", "what must hold", "how it is checked", "command", "last figure", "state"]
    for area, rows in groupby(all_of_them, key=lambda each: each.bar.area):
        lines += ["", f"## {area}", "", *table(heading, [_row(each) for each in rows])]
    return text(lines)


def _row(each: Standing) -> Sequence[str]:
    nodes = [_linked(check) for check in each.checks]
    figures = [_told(figure) for run in each.runs for figure in run.figures]
    why = " ".join(f"{reason.rstrip('.')}." for reason in each.reasons)
    return (
        str(each.bar.number),
        f"**{each.bar.title}.** {each.bar.holds}",
        "<br>".join(nodes) or "—",
        "<br>".join(_commands(each)) or "—",
        "<br>".join(figures) or "—",
        f"**{each.state}**{': ' if why else ''}{why}",
    )


def _linked(check: Check) -> str:
    file, _, name = check.node.partition("::")
    shown = name or f"{Path(file).parent.name}/{Path(file).name}"
    return f"[{shown}](../{file})"


def _commands(each: Standing) -> list[str]:
    tests = [f"`./qinghe test --bar {each.bar.number}`"]
    benches = [
        f"`./qinghe bench {Path(check.path).stem}`" for check in each.checks if check.is_bench
    ]
    return (tests if len(benches) < len(each.checks) else []) + benches


def performance(benches: Mapping[str, str], runs: Mapping[str, Run]) -> str:
    """Return the page of the benches: limit or peer, ratio, and all that was measured."""
    lines = [
        "# Performance",
        "",
        WRITTEN_BY,
        "",
        "Each bench against its limit or peer. A ratio is the share of the limit that was used: 1 is the",
        "limit, below it is better, whichever way the limit points. Seconds say little beyond the machine",
        "they were taken on. `./qinghe bench NAME` repeats one, `./qinghe bench all --json` all but those",
        "that run for too long, of those that take many minutes a slice against the same limits; `--write`",
        "keeps what was measured whole in `bench/figures.json`, from which this page is made.",
        "",
        *table(
            ["bench", "limit or peer", "what", "measured", "limit", "ratio", "met"],
            [row for name, told in sorted(benches.items()) for row in _summary(name, told, runs)],
        ),
    ]
    for name, run in sorted(runs.items()):
        if name in benches:
            lines += _section(run, told=benches[name])
    return text(lines)


def _summary(name: str, told: str, runs: Mapping[str, Run]) -> list[Sequence[str]]:
    run = runs.get(name)
    if run is None:
        return [(f"`{name}`", told.partition("\n")[0], "", "not yet measured", "", "", "—")]
    met = {True: "yes", False: "**no**", None: "could not be measured"}[run.met]
    figures: list[Figure | None] = [*run.figures]
    return [
        (
            f"`{name}`" if place == 0 else "",
            run.bar if place == 0 else "",
            *(_cells(figure) if figure else (run.fault, "—", "", "")),
            met if place == 0 else "",
        )
        for place, figure in enumerate(figures or [None])
    ]


def _cells(figure: Figure) -> Sequence[str]:
    limit = f"{figure.sense} {_number(figure.limit)}"
    return figure.what, _number(figure.value), limit, f"{figure.ratio:.3f}"


def _section(run: Run, *, told: str) -> list[str]:
    rows = [(key, _number(value)) for key, value in run.values.items()]
    return [
        "",
        f"## {run.bench}",
        "",
        told.partition("\n")[0],
        "",
        f"{run.day} · {run.machine} · at {run.commit} · `./qinghe bench {run.bench}`"
        f"{f' · {run.took:,} s' if run.took else ''}",
        "",
        *table(["what", "measured"], rows),
    ]


def _told(figure: Figure) -> str:
    said = f"{_number(figure.value)} ({figure.sense} {_number(figure.limit)})"
    return f"{figure.what}: {said}"


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
