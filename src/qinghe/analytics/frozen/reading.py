"""What was frozen, read back as figures."""

from collections import OrderedDict
from decimal import Decimal
from threading import Lock

from qinghe.analytics.figures import Figures, State
from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

REMEMBERED = 3  # freezings never change, so a process may keep what it has read
_guard = Lock()
_read: OrderedDict[tuple[int, str], Figures] = OrderedDict()


def newest(period: Period) -> Freezing | None:
    """Return the last freezing of a period, if there is any."""
    return Freezing.objects.filter(period=period.name).order_by("-number").first()


def is_frozen(period: Period) -> bool:
    """Test if a period's figures are closed."""
    return Freezing.objects.filter(period=period.name).exists()


def newest_figures(period: Period) -> Figures:
    """Return a period's figures as they were last frozen. Raises Refused: not_frozen."""
    freezing = newest(period)
    if freezing is None:
        raise Refused("not_frozen", f"{period.label}的数字还没有封存，请先封存。")
    return figures_of(freezing)


def figures_of(freezing: Freezing) -> Figures:
    """Return all figures of a freezing as they were printed."""
    key = (freezing.pk, freezing.sha256)  # the hash, since a try-out may begin its numbers anew
    with _guard:
        if key in _read:
            _read.move_to_end(key)
            return _read[key]
    found = _figures(freezing)
    with _guard:
        _read[key] = found
        while len(_read) > REMEMBERED:
            _read.popitem(last=False)
    return found


def told_of(freezing: Freezing) -> dict[str, FrozenIndicator]:
    """Return what each indicator said of itself when it was frozen, by code."""
    return {each.code: each for each in FrozenIndicator.objects.filter(freezing=freezing)}


def _figures(freezing: Freezing) -> Figures:
    columns: dict[str, dict[int, Decimal | None]] = {}
    states: dict[str, dict[int, State]] = {}
    rows = FrozenFigure.objects.filter(gathering=freezing.gathering_id).values_list(
        "code", "org_id", "exact", "state"
    )
    for code, org_id, exact, state in rows.iterator(chunk_size=10_000):
        columns.setdefault(code, {})[org_id] = Decimal(exact) if exact else None
        states.setdefault(code, {})[org_id] = State(state)
    return Figures(
        period=periods.parse(freezing.period),
        as_of=freezing.as_of,
        described=told_of(freezing),
        columns=columns,
        states=states,
    )
