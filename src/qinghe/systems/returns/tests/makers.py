"""Plain makers; they call services where a state matters."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.lib.periods import TZ
from qinghe.systems.returns import models, services
from qinghe.systems.returns.services import Entry, NewCell, NewForm, NewRule

H1 = periods.half_year(2022, 1)
H2_2021 = periods.half_year(2021, 2)


def at(month: int, day: int, hour: int = 9) -> datetime:
    """Return a moment of 2022 by the local clock."""
    return datetime(2022, month, day, hour, tzinfo=TZ)


DESIGNED = at(6, 1)
OPENED = at(7, 1)
FILLED = at(7, 5)
SENT = at(7, 6)
DECIDED = at(7, 7)
TOO_LATE = at(7, 11)


def cell(code: str = "LOC-01", **said) -> NewCell:
    return NewCell(code=code, **{"label": f"指标{code}", "unit": "个", "meaning": "期内。", **said})


def make_codes(by, count: int = 2) -> None:
    """Define LOC-01, LOC-02 and so on."""
    for number in range(count):
        new = services.NewDefinition(label=f"自定义{number + 1}", unit="个", meaning="期内发生数。")
        services.define(new=new, at=DESIGNED, by=by)


def make_form(by, *cells, slug: str = "basics", **said) -> models.ReportForm:
    """Publish a half-yearly form for communities, of one cell unless told otherwise."""
    if not models.Definition.objects.exists():
        make_codes(by)
    new = NewForm(
        **{
            "slug": slug,
            "title": "团建情况",
            "period_kind": "half_year",
            "levels": ["community"],
            "cells": cells or (cell(),),
            **said,
        }
    )
    form = services.make_form(new=new, at=DESIGNED, by=by)
    return services.publish_form(form=form, at=DESIGNED, by=by)


def open_round(form, by, *, period=H1, at=OPENED, **said) -> models.Round:
    return services.open_round(form=form, period=period, at=at, by=by, **said)


def filing_of(round, org) -> models.Filing:
    return models.Filing.objects.select_related("round__form", "org").get(round=round, org=org)


def keep(filing, by, *, at=FILLED, reason="", **amounts) -> list[str]:
    """Keep whole numbers: keep(filing, by, LOC_01=3)."""
    entries = [
        Entry(code.replace("_", "-"), None if amount is None else Decimal(amount))
        for code, amount in amounts.items()
    ]
    return services.keep_values(filing=filing, entries=entries, reason=reason, at=at, by=by)


def send(filing, by, *, at=SENT, **said) -> models.Filing:
    return services.submit(filing=filing, at=at, by=by, **said)


def accept(filing, by, *, at=DECIDED) -> models.Filing:
    return services.accept(filing=filing, at=at, by=by)


def rule(left="LOC-01", operator="<=", right="LOC-02", words="") -> NewRule:
    return NewRule(left, operator, right, words)


def build_facts() -> store.Store:
    """Rebuild all facts and open them."""
    building.build(
        facts=catalogue.FACTS.values(),
        lineage=orgs.lineage(),
        at=timezone.now(),
        folder=store.folder(),
    )
    return store.current()
