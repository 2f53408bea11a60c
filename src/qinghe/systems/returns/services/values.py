"""Filling in: every value with its history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, rules
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.rules import Worth


@dataclass(frozen=True)
class Entry:
    """What was typed into one cell; nothing at all takes a value back to 未报.

    `seen` is what the page showed before, in its own words. Given, a cell that was not touched is
    left alone, and one that somebody else changed meanwhile is refused instead of overwritten.
    """

    code: str
    amount: Decimal | None = None
    not_applicable: bool = False
    text: str = ""
    note: str = ""
    seen: str | None = None


@transaction.atomic
def keep_values(
    *,
    filing: models.Filing,
    entries: Sequence[Entry],
    reason: str = "",
    at: datetime,
    by: Actor,
) -> list[str]:
    """Keep what was typed, and return the codes of the cells that changed. Safe to repeat.

    Raises Refused: not_allowed, wrong_state, not_open_yet, locked, unknown_cell, derived_cell,
    changed_meanwhile, and what a cell may not hold.
    """
    found = models.Filing.objects.select_for_update(of=("self",)).select_related("round", "org")
    filing = found.get(pk=filing.pk)
    actors.require(by, Act.FILL, at=filing.org)
    rules.check_may_change(
        state=filing.state,
        opens_on=filing.round.opens_on,
        closes_on=filing.round.closes_on,
        day=local_day(at),
        reason=reason,
    )
    changed = _changed(filing, entries)
    if changed:
        _write(filing, changed, reason=reason.strip(), at=at, by=by)
        detail = {"cells": [change.cell.code for change in changed], "reason": reason.strip()}
        audit.record(by=by, verb="returns.keep_values", subject=filing, at=at, detail=detail)
    return [change.cell.code for change in changed]


@dataclass(frozen=True)
class _Change:
    cell: models.Cell
    value: models.Value
    old: Worth
    new: Worth


def _changed(filing: models.Filing, entries: Sequence[Entry]) -> list[_Change]:
    cells = {cell.code: cell for cell in models.Cell.objects.filter(form=filing.round.form_id)}
    derived = set(filing.round.derived.values_list("cell__code", flat=True))
    kept = {value.cell_id: value for value in filing.values.all()}
    found = []
    for entry in {entry.code: entry for entry in entries}.values():
        _check_cell(entry, known=cells, derived=derived)
        cell = cells[entry.code]
        value = kept.get(cell.pk) or models.Value(filing=filing, cell=cell)
        change = _Change(cell, value, value.worth, _typed(cell, entry))
        if change.new != change.old and _is_meant(change, seen=entry.seen):
            found.append(change)
    return found


def _check_cell(entry: Entry, *, known: Collection[str], derived: Collection[str]) -> None:
    if entry.code not in known:
        raise Refused("unknown_cell", f"这张报表没有{entry.code}这一格，没有保存，请核对。")
    if entry.code in derived:
        raise Refused(
            "derived_cell",
            f"{entry.code}由系统记录自动生成，不能填写，没有保存；数字不对请提出异议。",
        )


def _typed(cell: models.Cell, entry: Entry) -> Worth:
    entered = rules.Entered(entry.amount, entry.not_applicable, entry.text, entry.note)
    return rules.worth_of(cell.spec, entered)


def _is_meant(change: _Change, *, seen: str | None) -> bool:
    """Test if whoever typed means to change this cell.

    Raises Refused: changed_meanwhile.
    """
    if seen is None:
        return True
    kind = change.cell.kind
    if rules.said(change.new, kind=kind) == seen:
        return False
    now = rules.said(change.old, kind=kind)
    if now != seen:
        raise Refused(
            "changed_meanwhile",
            f"“{change.cell.label}”已被他人改为“{now or '未报'}”，没有保存；请核对后再填。",
        )
    return True


def _write(
    filing: models.Filing, changed: Sequence[_Change], *, reason: str, at: datetime, by: Actor
) -> None:
    for change in changed:
        change.value.hundredths = change.new.hundredths
        change.value.not_applicable = change.new.not_applicable
        change.value.text, change.value.note = change.new.text, change.new.note
    known = [change.value for change in changed if change.value.pk]
    fields = ["hundredths", "not_applicable", "text", "note"]
    models.Value.objects.bulk_update(known, fields)
    models.Value.objects.bulk_create(change.value for change in changed if not change.value.pk)
    models.ValueChange.objects.bulk_create(
        models.ValueChange(
            value=change.value,
            at=at,
            by=str(by),
            old=rules.said(change.old, kind=change.cell.kind),
            new=rules.said(change.new, kind=change.cell.kind),
            reason=reason,
        )
        for change in changed
    )
