"""Dues as a record (rules §1.6): terms, what each pays, who paid which months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import models, queries, rules
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.models import DuesPayment, DuesRate, DuesTerms

Category = models.DuesRate.Category
State = models.DuesRate.State


@dataclass(frozen=True)
class NewDuesTerms:
    """Terms to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Months:
    """Some months in a row that were paid on one day."""

    first: date
    number: int
    paid_on: date

    def each(self) -> list[date]:
        """Return the first days of the months."""
        return [rules.months_on(rules.month_of(self.first), place) for place in range(self.number)]


@transaction.atomic
def set_dues_terms(*, new: NewDuesTerms, at: datetime, by: Actor) -> DuesTerms:
    """Enter terms that hold from a coming day on; what was set before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    rules.check_reason(new.reason)
    rules.check_reason(new.source)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的标准不改动。")
    if DuesTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有标准开始施行，没有保存；请改用另一天。")
    made = DuesTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="rolls.set_dues_terms", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def set_dues_rate(
    *,
    member: Membership,
    category: str,
    pay: int | None,
    month: date,
    at: datetime,
    by: Actor,
) -> DuesRate:
    """Set what a member pays from a month on. The pay is used to reckon and is not kept.

    Raises Refused: not_allowed, not_on_the_roll, pay_needed, pay_unasked, rate_stands.
    """
    kept = _on_the_roll(member, act=Act.DUES, by=by)
    rules.check_pay(category=category, pay=pay)
    first = rules.month_of(month)
    terms = queries.dues_terms_on(by, first)
    made = DuesRate(
        person=kept.person,
        org=kept.org,
        category=category,
        fen=rules.dues_of(scale=queries.scale_of(by, terms), pay=pay),
        starts_on=first,
        entered_by_id=by.person_id,
        entered_at=at,
    )
    _check_later(made)
    made.save()
    detail = {"starts_on": first.isoformat()}  # the amount is read by its level, not in the trail
    audit.record(by=by, verb="rolls.set_dues_rate", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def propose_reduction(
    *, member: Membership, fen: int, reason: str, at: datetime, by: Actor
) -> DuesRate:
    """Send a branch's resolution to reduce a member's dues up to the committee above.

    Raises Refused: not_allowed, not_on_the_roll, reason_needed, no_rate, not_less,
    already_proposed.
    """
    kept = _on_the_roll(member, act=Act.DUES, by=by)
    rules.check_reason(reason)
    held = queries.rate_on(by, kept.person, rules.month_of(local_day(at)))
    rules.check_reduced(fen=fen, now=held.fen if held else None)
    if DuesRate.objects.filter(person=kept.person, state=State.PROPOSED).exists():
        raise Refused("already_proposed", "这位团员已有待审批的减免，没有重复提请。")
    made = DuesRate.objects.create(
        person=kept.person,
        org=kept.org,
        category=Category.REDUCED,
        fen=fen,
        reason=reason.strip(),
        entered_by_id=by.person_id,
        entered_at=at,
        state=State.PROPOSED,
    )
    audit.record(by=by, verb="rolls.propose_reduction", subject=made, at=at)
    return made


@transaction.atomic
def approve_reduction(*, rate: DuesRate, at: datetime, by: Actor) -> DuesRate:
    """Grant a reduction, from this month on.

    Raises Refused: not_allowed, wrong_state, same_eyes, rate_stands.
    """
    kept = _decided(rate, to=State.HOLDING, by=by)
    kept.starts_on = rules.month_of(local_day(at))
    _check_later(kept)
    kept.save(update_fields=["state", "starts_on", "decided_by"])
    audit.record(by=by, verb="rolls.approve_reduction", subject=kept, at=at)
    _tell(kept, "团费减免已经批准", at=at)
    return kept


@transaction.atomic
def refuse_reduction(*, rate: DuesRate, reason: str, at: datetime, by: Actor) -> DuesRate:
    """Turn a reduction down. Raises Refused: not_allowed, wrong_state, same_eyes, reason_needed."""
    rules.check_reason(reason)
    kept = _decided(rate, to=State.REFUSED, by=by)
    kept.answer = reason.strip()
    kept.save(update_fields=["state", "answer", "decided_by"])
    detail = {"reason": kept.answer}
    audit.record(by=by, verb="rolls.refuse_reduction", subject=kept, at=at, detail=detail)
    _tell(kept, "团费减免没有批准", at=at)
    return kept


@transaction.atomic
def record_dues(*, members: Sequence[Membership], months: Months, at: datetime, by: Actor) -> int:
    """Write down who paid some months, each what was set for the month; safe to repeat.

    Returns how many months were written; those written before stay as they are. Raises Refused:
    not_allowed, in_future, no_rate, too_far.
    """
    check_not_future(day=months.paid_on, today=local_day(at), what="交纳")
    places = {member.org_id: member.org for member in members}
    for org in places.values():
        actors.require(by, Act.DUES, at=org)
    each = months.each()
    most = rules.months_on(rules.month_of(local_day(at)), max(rules.SPANS))
    people = [member.person_id for member in members]
    list(Membership.objects.select_for_update().filter(pk__in=[one.pk for one in members]))
    rates = queries.rates_by_person(by, people)
    paid = DuesPayment.objects.filter(person__in=people, month__in=each, voided_at__isnull=True)
    known = set(paid.values_list("person_id", "month"))
    new = []
    for member in members:
        held = rates.get(member.person_id, [])
        since = held[0].starts_on if held else None
        rules.check_months(first=each[0], since=since, last=each[-1], most=most)
        new += [
            _payment(member, month, held=held, paid_on=months.paid_on, by=by)
            for month in each
            if (member.person_id, month) not in known
        ]
    made = DuesPayment.objects.bulk_create(new)
    audit.record_many(
        by=by,
        verb="rolls.record_dues",
        model=DuesPayment,
        ids=[one.pk for one in made],
        at=at,
        detail={"month": each[0].isoformat(), "months": months.number},
    )
    return len(made)


@transaction.atomic
def void_dues(*, payment: DuesPayment, reason: str, at: datetime, by: Actor) -> DuesPayment:
    """Take back a month that was written down by mistake; the record stays.

    Raises Refused: not_allowed, reason_needed, already_voided.
    """
    rules.check_reason(reason)
    rows = DuesPayment.objects.select_for_update(of=("self",)).select_related("org")
    kept = rows.get(pk=payment.pk)
    actors.require(by, Act.DUES, at=kept.org)
    if kept.voided_at:
        raise Refused("already_voided", "这笔登记已经作废，没有改动。")
    kept.voided_at, kept.reason = at, reason.strip()
    kept.save(update_fields=["voided_at", "reason"])
    audit.record(by=by, verb="rolls.void_dues", subject=kept, at=at, detail={"reason": kept.reason})
    return kept


@transaction.atomic
def give_way_dues(*, pk: int, by_the: int, reason: str, at: datetime, by: Actor) -> DuesPayment:
    """Void one of two entries of a month that turn out to be one member's.

    Raises Refused: not_allowed, reason_needed, already_voided.
    """
    return void_dues(payment=DuesPayment(pk=pk), reason=reason, at=at, by=by)


def _payment(
    member: Membership, month: date, *, held: Sequence[DuesRate], paid_on: date, by: Actor
) -> DuesPayment:
    return DuesPayment(
        person_id=member.person_id,
        org_id=member.org_id,
        month=month,
        fen=[rate.fen for rate in held if rate.starts_on and rate.starts_on <= month][-1],
        paid_on=paid_on,
        recorded_by_id=by.person_id,
    )


def _on_the_roll(member: Membership, *, act: Act, by: Actor) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "org")
    kept = rows.get(pk=member.pk)
    actors.require(by, act, at=kept.org)
    if kept.ends_on is not None:
        raise Refused("not_on_the_roll", "这位团员已经不在本组织名册上，没有保存。")
    return kept


def _check_later(rate: DuesRate) -> None:
    """Refuse a rate that would change months for which another was set already."""
    later = DuesRate.objects.filter(
        person=rate.person, state=State.HOLDING, starts_on__gte=rate.starts_on
    )
    if later.exclude(pk=rate.pk).exists():
        raise Refused("rate_stands", "这个月或以后已经核定了金额，没有保存；请从更晚的月份起调整。")


def _decided(rate: DuesRate, *, to: DuesRate.State, by: Actor) -> DuesRate:
    rows = DuesRate.objects.select_for_update(of=("self",)).select_related("person", "org__parent")
    kept = rows.get(pk=rate.pk)
    actors.require(by, Act.DECIDE, at=kept.org.parent or kept.org)
    if kept.state != State.PROPOSED:
        raise Refused("wrong_state", "这件减免已经办结，没有改动，请刷新后再看。")
    rules.check_other_eyes(proposed_by=kept.entered_by_id, decided_by=by.person_id)
    kept.state, kept.decided_by_id = to, by.person_id
    return kept


def _tell(rate: DuesRate, title: str, *, at: datetime) -> None:
    notices.notify(
        person_ids=[rate.person_id],
        kind=Kind.RESULT,
        title=title,
        text=f"{rate.org.name}：{rate.get_state_display()}。{rate.answer}",
        url="/rolls/mine/",
        at=at,
    )
