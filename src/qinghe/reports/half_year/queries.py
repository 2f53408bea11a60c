"""What the report and its figures show. Every function starts from an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qinghe.analytics import catalogue, figures, store
from qinghe.analytics.figures import Comparison, Figure, State, Trace
from qinghe.analytics.indicators import Indicator, Kind, Ratio
from qinghe.edges import system
from qinghe.edges.system import Line, RecordKind
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

from . import blocks, required
from .access import Act
from .required import WANTED, Wanted

PER_PAGE = 50
REPORTED = "由各单位填报的数相加，各下级与本级自报之和等于合计"
NOTES = {
    Kind.COUNT: "各下级与本级直属之和等于合计。",
    Kind.SUM: "各下级与本级直属之和等于合计。",
    Kind.DISTINCT: "一人在多处只计一次，各下级之和可以大于本级。",
    Kind.RATIO: "比率按本级的分子、分母计算，不由下级的比率相加或平均。",
}


ROW_KINDS = {
    "fed": "有数字",
    State.INCOMPLETE.value: State.INCOMPLETE.label,
    State.PARTIAL.value: State.PARTIAL.label,
    State.MISSING.value: State.MISSING.label,
    "waiting": "待接入",
}


@dataclass(frozen=True)
class Share:
    """A child's part of a figure; `width` is its bar, in hundredths of the longest."""

    org: Org
    figure: Figure
    width: int


@dataclass(frozen=True)
class Beside:
    """The same figure of another period; `reading` says so where it was counted in another way."""

    label: str
    comparison: Comparison
    reading: str

    @property
    def span(self) -> str:
        """Name the days that the earlier figure tells of."""
        then = self.comparison.then
        return catalogue.span_label(then.code, then.period) if then else ""


@dataclass(frozen=True)
class Reading:
    """One of several ways in which a figure is counted."""

    figure: Figure
    label: str
    absent: str  # what is said where there is no number
    meaning: str


@dataclass(frozen=True)
class Shown:
    """A figure with all that its page says of it."""

    org: Org
    figure: Figure
    indicator: Indicator | Ratio
    said: str
    note: str
    shares: Sequence[Share]
    own: Decimal  # what stands at the organisation itself, where parts add up
    absent: str  # what is said where there is no number
    readings: Sequence[Reading]  # all of them, where there is more than one
    beside: Sequence[Beside]

    @property
    def span(self) -> str:
        """Name the days that the figure tells of."""
        return catalogue.span_label(self.figure.code, self.figure.period)


@dataclass(frozen=True)
class Row:
    """One line of the list of figures that the report wants."""

    wanted: Wanted
    owner: str
    meaning: str  # what is counted by; what will be, while no system feeds it
    figure: Figure | None
    said: str
    beside: Sequence[Beside] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return under which headings of the list it stands."""
        if self.figure is None:
            return ("waiting",)
        has = ("fed",) if self.figure.value is not None else ()
        return (*has, self.figure.state.value)


@dataclass(frozen=True)
class Page:
    """One page of the records behind a figure."""

    lines: Sequence[Line]
    kind: RecordKind | None
    indicator: Indicator
    figure: Figure
    count: int
    number: int
    pages: int


@dataclass(frozen=True)
class Behind:
    """Which records are asked for: those of a half of a ratio, those of one reading."""

    part: str = "top"
    version: int | None = None  # None is the figure itself


def org_seen_by(actor: Actor, code: str) -> Org | None:
    """Return an organisation whose figures the actor may see."""
    return actors.orgs_where(actor, Act.SEE).filter(code=code).first()


def is_fed(actor: Actor, code: str) -> bool:
    """Test if an installed system feeds a figure that this actor could look at."""
    return actors.may_anywhere(actor, Act.SEE) and catalogue.knows(code)


def halves(actor: Actor, code: str, *, version: int | None = None) -> list[tuple[str, str]]:
    """Return the parts of a ratio with their labels; nothing for what is no ratio."""
    _, indicator = _reading(code, version=version)
    if not actors.may_anywhere(actor, Act.SEE) or not isinstance(indicator, Ratio):
        return []
    return [
        ("top", f"分子：{indicator.top.label}"),
        ("bottom", f"分母：{indicator.bottom.label}"),
    ]


def above_seen_by(actor: Actor, org: Org) -> list[Org]:
    """Return the organisations above one that the actor may see, highest first."""
    codes = codes_in(org.path)[:-1]
    return list(actors.orgs_where(actor, Act.SEE).filter(code__in=codes).order_by("path"))


def figure_seen_by(actor: Actor, *, code: str, period: Period, org: Org) -> Shown:
    """Return a figure with its parts. Raises Refused: unknown_indicator, no_facts."""
    actors.require(actor, Act.SEE, at=org)
    indicator = catalogue.indicator(code)
    known = figures.cached(period)
    own = known[code, org.pk]
    wanted = blocks.BY_CODE.get(code)
    shares = _shares(known, code=code, org=org, period=period)
    if indicator.is_reported and own.state is State.COMPLETE:
        shares = [each for each in shares if each.figure.state is not State.MISSING]  # not asked
    adds_up = indicator.kind in (Kind.COUNT, Kind.SUM)
    rest = _size(own) - sum(_size(share.figure) for share in shares) if adds_up else Decimal(0)
    return Shown(
        org=org,
        figure=own,
        indicator=indicator,
        said=(blocks.said(wanted, own) or "") if wanted else "",
        note=_note(indicator),
        shares=shares,
        own=rest if shares else Decimal(0),
        absent=_absent(own, indicator),
        readings=_readings(code, period=period, org=org),
        beside=_beside(code, period=period, org=org),
    )


def rows_seen_by(actor: Actor, *, org: Org, period: Period) -> list[Row]:
    """Return every figure that the report wants, fed or not, in the order of the report."""
    actors.require(actor, Act.SEE, at=org)
    known = figures.cached(period)
    labels = required.feeders()
    rows = []
    for wanted in WANTED:
        own = known[wanted.code, org.pk] if wanted.code in known else None
        label = labels.get(wanted.code, OWNERS.get(wanted.owner, wanted.owner))
        beside = _beside(wanted.code, period=period, org=org) if own else ()
        meaning = catalogue.indicator(wanted.code).meaning if own else wanted.meaning
        rows.append(Row(wanted, label, meaning, own, blocks.say(wanted, own), beside))
    return rows


def records_seen_by(
    actor: Actor, *, code: str, period: Period, org: Org, behind: Behind, number: int
) -> Page:
    """Return one page of the records behind a figure, as their own system shows them.

    Raises Refused: unknown_indicator, unknown_part, no_facts, org_not_in_period.
    """
    actors.require(actor, Act.SEE, at=org)
    place, indicator = _reading(code, version=behind.version)
    half = figures.half(indicator, behind.part)
    now = store.current()
    count = figures.count_of_ids(now, half, period, org.pk)
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(1, number), pages)
    ids = figures.page_of_ids(now, half, period, org.pk, (number - 1) * PER_PAGE, PER_PAGE)
    kind = system.record_kind(half.over.model)
    lines = kind.rows(actor, ids) if kind else []
    figure = figures.cached(period, reading=place)[code, org.pk]
    return Page(lines, kind, half, figure, count, number, pages)


def trace_seen_by(actor: Actor, *, code: str, period: Period, org: Org, behind: Behind) -> Trace:
    """Return the fingerprint of the records behind a figure."""
    actors.require(actor, Act.SEE, at=org)
    _, indicator = _reading(code, version=behind.version)
    return figures.trace(store.current(), indicator, period, org.pk, part=behind.part)


OWNERS = {
    "activities": "活动",
    "cases": "热线与个案",
    "content": "宣传",
    "emergency": "应急",
    "honours": "荣誉",
    "meetings": "会议",
    "opportunities": "实习与结对",
    "study": "学习",
    "targets": "督办",
}


def _reading(code: str, *, version: int | None) -> tuple[int, Indicator | Ratio]:
    """Return a reading of a code with its age: 0 is the figure itself.

    Raises Refused: unknown_indicator.
    """
    for place, reading in enumerate(catalogue.readings(code)):
        if version in (None, reading.version):
            return place, reading
    raise Refused("unknown_indicator", f"指标“{code}”没有第{version}版，请核对地址。")


def _readings(code: str, *, period: Period, org: Org) -> list[Reading]:
    declared = catalogue.readings(code)
    if len(declared) == 1:
        return []
    found = figures.readings(period, code, org.pk)
    return [
        Reading(
            figure,
            f"第{figure.version}版 · {'单位填报' if indicator.is_reported else '系统记录'}",
            _absent(figure, indicator),
            indicator.meaning,
        )
        for figure, indicator in zip(found, declared, strict=True)
    ]


def _beside(code: str, *, period: Period, org: Org) -> list[Beside]:
    """Return the figure of the period before and of the same period last year, if there is one.

    What holds a year has only the year before.
    """
    found = []
    bases = [("同比", period.same_last_year()), ("环比", period.previous())]
    for label, base in bases[:1] if catalogue.is_yearly(code) else bases:
        compared = figures.compared(code, period, base, org.pk)
        then = compared.then
        reading = f"第{then.version}版口径" if then and compared.reading_differs else ""
        found.append(Beside(label, compared, reading))
    return found


def _absent(figure: Figure, indicator: Indicator | Ratio) -> str:
    """Say why there is no number: nobody reported, it applies to nobody, or there is no bottom."""
    if figure.state is State.MISSING:
        return "无填报" if indicator.is_reported else "无数据"
    return "没有可比的分母" if isinstance(indicator, Ratio) else "不适用"


def _note(indicator: Indicator | Ratio) -> str:
    if isinstance(indicator, Ratio) or not indicator.is_reported:
        return NOTES[Kind(indicator.kind)]
    twice = indicator.counted == Kind.DISTINCT
    return f"{REPORTED}{'；跨单位重复的不能剔除' if twice else ''}。"


def _shares(known: figures.Figures, *, code: str, org: Org, period: Period) -> list[Share]:
    """Return the parts of a figure: areas, then others that have any; the largest first."""
    column = known.column(code)
    parts = [
        (child, known[code, child.pk])
        for child in scope.children_on(org, period.end)
        if child.pk in column and (child.kind in AREAS or column[child.pk])
    ]
    most = max((_size(figure) for _, figure in parts), default=Decimal(0))
    shares = [
        Share(child, figure, int(100 * _size(figure) / most) if most else 0)
        for child, figure in parts
    ]
    return sorted(shares, key=lambda share: (share.org.kind not in AREAS, -_size(share.figure)))


def _size(figure: Figure) -> Decimal:
    return figure.exact or Decimal(0)
