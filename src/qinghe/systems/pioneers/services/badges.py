"""The catalogue, the shares and the rounds, as the district keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import models, rules
from qinghe.systems.pioneers.access import Act


@dataclass(frozen=True)
class NewBadge:
    """A badge for the catalogue."""

    title: str
    family: str
    level: str
    source: str
    branch: str = ""
    star: int = 0
    grade: int = 0
    is_collective: bool = False


@dataclass(frozen=True)
class NewRound:
    """A round to be opened."""

    title: str
    level: str
    term: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class NewStarTerms:
    """Shares to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@transaction.atomic
def add_badge(*, new: NewBadge, at: datetime, by: Actor) -> models.Badge:
    """Add a badge to the catalogue.

    Raises Refused: not_allowed, star_unclear, branch_unclear, wrong_level, title_taken.
    """
    _require_keeper(by)
    rules.check_badge(family=new.family, branch=new.branch, star=new.star, level=new.level)
    same = models.Badge.objects.filter(
        title=new.title, level=new.level, is_collective=new.is_collective, closed_on__isnull=True
    )
    if same.exists():
        raise Refused("title_taken", f"章目里已有“{new.title}”，没有重复保存；请核对名称。")
    made = models.Badge.objects.create(**vars(new), opened_on=local_day(at))
    audit.record(by=by, verb="pioneers.add_badge", subject=made, at=at)
    return made


@transaction.atomic
def close_badge(*, badge: models.Badge, reason: str, at: datetime, by: Actor) -> models.Badge:
    """Give a badge no more from today on; what was put up or given stays.

    Raises Refused: reason_needed, not_allowed, wrong_state.
    """
    rules.check_reason(reason)
    _require_keeper(by)
    kept = models.Badge.objects.select_for_update().get(pk=badge.pk)
    if kept.closed_on is not None:
        raise Refused("wrong_state", "这一章目已经停用，没有改动。")
    kept.closed_on = local_day(at)
    kept.save(update_fields=["closed_on"])
    audit.record(by=by, verb="pioneers.close_badge", subject=kept, at=at, detail={"reason": reason})
    return kept


@transaction.atomic
def open_round(*, new: NewRound, at: datetime, by: Actor) -> models.Round:
    """Open a round of one level. Raises: not_allowed, wrong_order, day_is_over, title_taken."""
    _require_keeper(by)
    rules.check_round(opens_on=new.opens_on, closes_on=new.closes_on, today=local_day(at))
    same = models.Round.objects.filter(level=new.level, term=new.term, title=new.title)
    if same.exists():
        raise Refused("title_taken", f"本学期已有“{new.title}”，没有重复保存；请核对名称。")
    made = models.Round.objects.create(**vars(new))
    audit.record(by=by, verb="pioneers.open_round", subject=made, at=at)
    return made


@transaction.atomic
def set_star_terms(*, new: NewStarTerms, at: datetime, by: Actor) -> models.StarTerms:
    """Enter shares that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken.
    """
    _require_keeper(by)
    rules.check_reason(new.reason)
    rules.check_reason(new.source)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的比例不改动。")
    if models.StarTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有比例开始施行，没有保存；请改用另一天。")
    made = models.StarTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="pioneers.set_star_terms", subject=made, at=at, detail=detail)
    return made


def _require_keeper(by: Actor) -> None:
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.KEEP_BADGES, at=root)
