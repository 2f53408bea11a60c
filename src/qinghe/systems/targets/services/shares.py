"""Numbers shared out by rule or by hand; what changes later is an adjustment (adjusting.py)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets import models, queries, rules
from qinghe.systems.targets.access import Act

from .charging import enter_and_look
from .lists import State, _locked

Item = models.Item
Rule = models.Share.Rule
Share = models.Share


@transaction.atomic
def begin_split(*, item: Item, at: datetime, by: Actor) -> Share:
    """Make the number of an item the whole that is shared out below its keeper.

    Raises Refused: not_allowed, closed, dropped, not_whole, is_split.
    """
    task_list = _locked(item.task_list)
    actors.require(by, Act.SPLIT, at=task_list.org)
    _check_open(task_list.state)
    item = Item.objects.get(pk=item.pk)
    rules.check_standing(dropped_on=item.dropped_on)
    if item.shares.exists():
        raise Refused("is_split", "这一项已经在分解，没有重复建立。")
    number = rules.whole_of(item.target)
    made = Share.objects.create(
        item=item,
        org=task_list.org,
        number=number,
        handed_on=local_day(at),
    )
    _step(made, before=0, reason="清单目标值", at=at, by=by)
    audit.record(by=by, verb="targets.begin_split", subject=made, at=at, detail={"number": number})
    return made


@transaction.atomic
def split_equally(*, share: Share, reason: str, at: datetime, by: Actor) -> Share:
    """Give a number on evenly to all right below.

    Raises Refused: not_allowed, closed, dropped, is_split, nobody_below, reason_needed.
    """
    share = _held(share, by=by)
    below = _all_below(share, by=by)
    numbers = sharing.equally(share.number, among=len(below))
    share.rule, share.base_code, share.base_period = Rule.EQUAL, "", ""
    return _give(share, _given(below, numbers), reason=reason, at=at, by=by)


@transaction.atomic
def split_by_base(
    *, share: Share, code: str, period: str, reason: str, at: datetime, by: Actor
) -> Share:
    """Give a number on in proportion to a figure of those right below, as it was counted.

    Raises Refused: not_allowed, closed, dropped, is_split, nobody_below, no_base, reason_needed,
    unknown_indicator, unknown_period, no_facts, facts_outdated.
    """
    share = _held(share, by=by)
    below = _all_below(share, by=by)
    figures = queries.figures_of(by, code=code, period=period, orgs=below)
    rules.check_based(figures=figures)
    numbers = rules.by_figures(share.number, figures=figures)
    share.rule, share.base_code, share.base_period = Rule.BASE, code, period
    bases = dict(zip((org.pk for org in below), figures, strict=True))
    return _give(share, _given(below, numbers), bases=bases, reason=reason, at=at, by=by)


@transaction.atomic
def split_by_hand(
    *,
    share: Share,
    numbers: Mapping[Org, int],
    gap_org: Org | None = None,
    reason: str,
    at: datetime,
    by: Actor,
) -> Share:
    """Give a number on as was agreed, to those below who have no share yet.

    The shares need not add up: `gap_org` is who owns what lacks, else who gave them out. Raises
    Refused: not_allowed, closed, dropped, wrong_number, nobody_below, wrong_place, reason_needed.
    """
    share = _held(share, by=by)
    if not share.children.exists():
        share.rule, share.base_code, share.base_period = Rule.HAND, "", ""
    share.gap_org = gap_org or share.gap_org
    return _give(share, numbers, reason=reason, at=at, by=by)


@transaction.atomic
def own_gap(*, share: Share, org: Org, at: datetime, by: Actor) -> Share:
    """Name who owns what is not given on of a number.

    Raises Refused: not_allowed, closed, dropped, no_gap, wrong_org.
    """
    share = _held(share, by=by)
    if not queries.balance_of(by, share).gap:
        raise Refused("no_gap", "这个数没有差额，不用指定，没有改动。")
    if not org.path.startswith(share.org.path):
        raise Refused("wrong_org", f"{org.name}不在{share.org.name}下面，没有改动。")
    share.gap_org = org
    share.save(update_fields=["gap_org"])
    audit.record(by=by, verb="targets.own_gap", subject=share, at=at, detail={"org": org.name})
    return share


def _settle(share: Share) -> None:
    """Let every gap have an owner, and nobody own a gap that is none."""
    below = list(share.children.values_list("number", flat=True))
    gap = share.number - sum(below) if below else 0
    owner = share.gap_org_id or share.org_id
    if share.gap_org_id != (owner if gap else None):
        share.gap_org_id = owner if gap else None
        share.save(update_fields=["gap_org"])


def _held(share: Share, *, by: Actor) -> Share:
    """Return a share as it stands, its list held: two splits of a number never cross."""
    found = Share.objects.select_related("item__task_list").get(pk=share.pk)
    task_list = _locked(found.item.task_list)
    found = Share.objects.select_related("item", "org").get(pk=share.pk)
    actors.require(by, Act.SPLIT, at=found.org)
    _check_open(task_list.state)
    rules.check_standing(dropped_on=found.item.dropped_on)
    return found


def _check_open(state: str) -> None:
    if state == State.CLOSED:
        raise Refused("closed", "清单已经办结，没有改动。")


def _all_below(share: Share, *, by: Actor) -> list[Org]:
    if share.children.exists():
        raise Refused("is_split", "这个数已经分解下去，没有重新分解；要改请逐个提出调整。")
    return list(queries.sharing(by, share))


def _given(below: Sequence[Org], numbers: Sequence[int]) -> dict[Org, int]:
    return dict(zip(below, numbers, strict=True))


def _give(
    share: Share,
    numbers: Mapping[Org, int],
    *,
    bases: Mapping[int, Decimal | None] | None = None,
    reason: str,
    at: datetime,
    by: Actor,
) -> Share:
    """Write the shares below, each with the first step of its history."""
    check_reason(reason)
    for number in numbers.values():
        rules.check_number(number)
    allowed = queries.sharing(by, share).values_list("pk", flat=True)
    rules.check_below(given=[org.pk for org in numbers], allowed=allowed)
    share.save(update_fields=["rule", "base_code", "base_period", "gap_org"])
    for org, number in numbers.items():
        made = Share.objects.create(
            item=share.item,
            org=org,
            parent=share,
            number=number,
            handed_on=local_day(at),
            base=bases.get(org.pk) if bases else None,
        )
        _step(made, before=0, reason=reason, at=at, by=by)
    _settle(share)
    enter_and_look(task_list=share.item.task_list, items=[share.item_id], at=at, by=by)
    audit.record(by=by, verb="targets.split", subject=share, at=at, detail={"reason": reason})
    return share


def _step(share: Share, *, before: int, reason: str, at: datetime, by: Actor) -> None:
    models.ShareStep.objects.create(
        share=share,
        at=at,
        before=before,
        after=share.number,
        reason=reason.strip(),
        entered_by_id=by.person_id,
    )
