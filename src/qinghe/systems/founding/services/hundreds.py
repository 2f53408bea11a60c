"""The year's aims of a hundred percent: named, told, dropped (S018; their content is the district's)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.analytics import catalogue
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.founding import models, queries, rules
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.models.hundreds import AS_THE_LOCAL_PAPER_SAYS

Hundred = models.Hundred


@dataclass(frozen=True)
class NewHundred:
    """An aim of a year; `code` names the figure that tells it, if one does."""

    year: int
    name: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class NewTold:
    """How far an organisation has come by a day, in hundredths of a percent."""

    hundred: Hundred
    org: Org
    day: date
    hundredths: int
    basis: str


@transaction.atomic
def set_hundred(*, new: NewHundred, at: datetime, by: Actor) -> Hundred:
    """Name an aim of a year. Raises Refused: not_allowed, name_taken, no_percent."""
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)
    if new.code and not _is_percent(new.code):
        raise Refused("no_percent", f"{new.code}不是平台中以百分比计的指标，没有保存，请另选。")
    name = new.name.strip()
    if Hundred.objects.filter(year=new.year, name=name, dropped_on__isnull=True).exists():
        raise Refused("name_taken", f"{new.year}年已有“{name}”，没有重复设立。")
    made = Hundred.objects.create(
        year=new.year,
        name=name,
        code=new.code,
        note=new.note.strip() or AS_THE_LOCAL_PAPER_SAYS,
        org=root,
        day=date(new.year, 1, 1),
    )
    audit.record(by=by, verb="founding.set_hundred", subject=made, at=at)
    return made


@transaction.atomic
def drop_hundred(*, hundred: Hundred, reason: str, at: datetime, by: Actor) -> Hundred:
    """Drop an aim; what was told of it stays. Raises Refused: not_allowed, reason_needed, wrong_state."""
    check_reason(reason)
    hundred = (
        Hundred.objects.select_for_update(of=("self",)).select_related("org").get(pk=hundred.pk)
    )
    actors.require(by, Act.SET, at=hundred.org)
    if hundred.dropped_on:
        raise Refused("wrong_state", "这一项已经取消，没有改动。")
    hundred.dropped_on, hundred.reason = local_day(at), reason.strip()
    hundred.save(update_fields=["dropped_on", "reason"])
    audit.record(
        by=by, verb="founding.drop_hundred", subject=hundred, at=at, detail={"reason": reason}
    )
    return hundred


@transaction.atomic
def tell_hundred(*, new: NewTold, at: datetime, by: Actor) -> models.HundredTold:
    """Tell how far an organisation has come with an aim that no figure tells.

    Raises Refused: not_allowed, wrong_state, told_by_figure, wrong_place, reason_needed, in_future,
    wrong_order.
    """
    actors.require(by, Act.SHARE, at=new.org)
    check_reason(new.basis)
    if new.hundred.dropped_on:
        raise Refused("wrong_state", "这一项已经取消，没有保存。")
    if new.hundred.code:
        raise Refused("told_by_figure", f"这一项由指标{new.hundred.code}计算，不用填报，没有保存。")
    if not queries.sharing(by, new.hundred.org).filter(pk=new.org.pk).exists():
        raise Refused("wrong_place", "只填报街道和行业团工委的进展，没有保存，请另选。")
    rules.check_day(day=new.day, first=new.hundred.day, today=local_day(at), what="截至日期")
    made = models.HundredTold.objects.create(
        hundred=new.hundred,
        org=new.org,
        day=new.day,
        hundredths=new.hundredths,
        basis=new.basis.strip(),
        entered_by_id=by.person_id,
    )
    audit.record(by=by, verb="founding.tell_hundred", subject=new.hundred, at=at)
    return made


def _is_percent(code: str) -> bool:
    known = catalogue.INDICATORS.get(code)
    return known is not None and known.unit == "%"
