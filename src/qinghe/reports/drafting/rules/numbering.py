"""The marks before headings: 一、 then （一） then 一是 (G-16)."""

from collections.abc import Sequence

from qinghe.lib.wording import chinese_number

from .writing import ITEM, PART, RUN_IN


def marks(kinds: Sequence[str]) -> list[str]:
    """Return what stands before each passage; a lower level starts anew under each higher one."""
    parts = items = run_ins = 0
    found = []
    for kind in kinds:
        if kind == PART:
            parts, items = parts + 1, 0
        elif kind == ITEM:
            items += 1
        run_ins = run_ins + 1 if kind == RUN_IN else 0
        found.append(_mark(kind, part=parts, item=items, run_in=run_ins))
    return found


def _mark(kind: str, *, part: int, item: int, run_in: int) -> str:
    if kind == PART:
        return f"{ordinal(part)}、"
    if kind == ITEM:
        return f"（{ordinal(item)}）"
    return f"{ordinal(run_in)}是" if kind == RUN_IN else ""


def ordinal(number: int) -> str:
    """Write a place in Chinese; beyond 99, which no report has, in digits."""
    return chinese_number(number) if 1 <= number <= 99 else str(number)
