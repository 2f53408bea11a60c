"""Numbers on their way down: received, handed down, taken back, returned (T-27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from qinghe.kernel import bulk
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.models import Batch, Number, Quota
from qinghe.systems.joining.rules import numbers as rules

from .pools import Kept, Pool

CHUNK = 2_000
State = Number.State


@dataclass(frozen=True)
class NewBatch:
    """A range of numbers as it came from above."""

    org: Org
    sector: str
    first: str
    last: str
    source: str
    received_on: date


@dataclass(frozen=True)
class Share:
    """How many numbers one organisation is given."""

    org: Org
    amount: int

    def __str__(self) -> str:
        return f"{self.org.name}{self.amount}个"


@transaction.atomic
def enter_batch(*, new: NewBatch, at: datetime, by: Actor) -> Batch:
    """Enter a range of numbers that the district received from above.

    Raises Refused: not_allowed, not_the_top, bad_range, wrong_year, too_many, in_future,
    numbers_known.
    """
    actors.require(by, NumberAct.ENTER, at=new.org)
    if new.org.parent_id is not None:
        raise Refused("not_the_top", "只有区级登记上级下发的号段，没有登记；请在区级办理。")
    today = local_day(at)
    year, size = rules.check_range(first=new.first, last=new.last, today=today)
    check_not_future(day=new.received_on, today=today, what="接收")
    pool = Pool.opened(org=new.org, giver=None, kept=Kept(year, new.sector), on=today)
    batch = Batch.objects.create(
        year=year,
        sector=new.sector,
        org=new.org,
        first=new.first,
        last=new.last,
        size=size,
        source=new.source,
        received_on=new.received_on,
    )
    _insert(batch)
    pool.quota.amount += size
    pool.quota.save(update_fields=["amount"])
    detail = {"first": new.first, "last": new.last, "amount": size}
    audit.record(by=by, verb="joining.enter_batch", subject=batch, at=at, detail=detail)
    return batch


@transaction.atomic
def hand_down(
    *, giver: Org, kept: Kept, shares: Sequence[Share], at: datetime, by: Actor
) -> list[Quota]:
    """Hand numbers down to one or several organisations below: to all of them or to none.

    Raises Refused: not_allowed, wrong_year, no_numbers, bad_amount, not_enough, not_below,
    wrong_sector, other_giver, org_closed.
    """
    actors.require(by, NumberAct.HAND, at=giver)
    today = local_day(at)
    rules.check_in_year(year=kept.year, today=today)
    total = sum(share.amount for share in shares)
    rules.check_amount(total)
    pool = Pool.locked(org=giver, kept=kept)
    pool.check_left(total)
    given = []
    for share in sorted(shares, key=lambda share: share.org.path):
        _check_share(share, giver=giver, kept=kept)
        to = Pool.opened(org=share.org, giver=giver, kept=kept, on=today)
        pool.hand(share.amount, to=to)
        given.append(to.quota)
    audit.record_many(
        by=by,
        verb="joining.hand_down_numbers",
        model=Quota,
        ids=[pool.quota.pk, *[quota.pk for quota in given]],
        at=at,
        detail={"given": "、".join(map(str, shares)), "amount": total},
    )
    return given


@transaction.atomic
def take_back(*, quota: Quota, amount: int, reason: str, at: datetime, by: Actor) -> Quota:
    """Take unused numbers back within their year; they can be handed to somebody else.

    Raises Refused: not_allowed, not_given, wrong_year, bad_amount, reason_needed, not_enough.
    """
    if quota.giver is None:
        raise Refused("not_given", "区级的编号来自上级号段，不能收回，没有改动。")
    actors.require(by, NumberAct.HAND, at=quota.giver)
    rules.check_in_year(year=quota.year, today=local_day(at))
    rules.check_amount(amount)
    rules.check_why(reason)
    kept = Kept(quota.year, quota.sector)
    above = Pool.locked(org=quota.giver, kept=kept)
    pool = Pool.locked(org=quota.org, kept=kept)
    pool.check_left(amount)
    above.take_back(amount, of=pool)
    detail = {"amount": amount, "reason": reason.strip()}
    audit.record(by=by, verb="joining.take_back_numbers", subject=pool.quota, at=at, detail=detail)
    return pool.quota


@transaction.atomic
def return_numbers(*, quota: Quota, at: datetime, by: Actor) -> Quota:
    """Return what nobody used once the year is over: to the giver, or from the top out of use.

    Raises Refused: not_allowed, too_early, not_enough.
    """
    actors.require(by, NumberAct.HAND, at=quota.org)
    today = local_day(at)
    rules.check_year_is_over(year=quota.year, today=today)
    kept = Kept(quota.year, quota.sector)
    if quota.giver is not None:
        Pool.locked(org=quota.giver, kept=kept)
    pool = Pool.locked(org=quota.org, kept=kept)
    pool.check_left(1)
    if quota.giver is None:
        gone = pool.free.update(state=State.VOID, voided_on=today, reason="年末退回上级")
    else:
        gone = pool.free.update(org=quota.giver)
    pool.quota.returned += gone
    pool.quota.save(update_fields=["returned"])
    detail = {"amount": gone}
    audit.record(by=by, verb="joining.return_numbers", subject=pool.quota, at=at, detail=detail)
    return pool.quota


@transaction.atomic
def void_number(*, number: Number, reason: str, at: datetime, by: Actor) -> Number:
    """Put a number that nobody has out of use for good.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    actors.require(by, NumberAct.HAND, at=number.org)
    rules.check_why(reason)
    Pool.locked(org=number.org, kept=Kept(number.year, number.sector))
    found = Number.objects.select_for_update(of=("self",)).select_related("org").get(pk=number.pk)
    if found.state != State.ISSUED or found.org_id != number.org_id:
        raise Refused("wrong_state", "只有未使用的编号可以作废，没有改动；已预留的请先释放。")
    found.state, found.voided_on, found.reason = State.VOID, local_day(at), reason.strip()
    found.save(update_fields=["state", "voided_on", "reason"])
    detail = {"reason": found.reason}
    audit.record(by=by, verb="joining.void_number", subject=found, at=at, detail=detail)
    return found


def _check_share(share: Share, *, giver: Org, kept: Kept) -> None:
    org = share.org
    rules.check_amount(share.amount)
    rules.check_below(giver_path=giver.path, path=org.path, name=org.name)
    rules.check_sector(own=org.sector, sector=kept.sector, name=org.name)
    orgs.check_takes_new(org=org)


def _insert(batch: Batch) -> None:
    """Write the numbers of a batch. Raises Refused: numbers_known."""
    same = {
        "year": batch.year,
        "sector": batch.sector,
        "batch_id": batch.pk,
        "org_id": batch.org_id,
        "state": State.ISSUED.value,
    }
    known = LeagueFile.objects.filter(number__range=(batch.first, batch.last))
    if known.exists():
        raise _known(batch)
    numbers = rules.numbers_between(first=batch.first, last=batch.last)
    try:
        with transaction.atomic():
            for start in range(0, len(numbers), CHUNK):
                rows = [(number,) for number in numbers[start : start + CHUNK]]
                bulk.insert_many(Number, fields=["number"], rows=rows, same=same)
    except IntegrityError:
        raise _known(batch) from None


def _known(batch: Batch) -> Refused:
    return Refused(
        "numbers_known",
        f"号段{batch.first}—{batch.last}里有编号已经登记或已有团员使用，没有登记；请核对起止编号。",
    )
