"""Who may take which courtesy, and when its code works (rules.md 2.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.lib.verdicts import Moves, Refused

from .certificates import tenths_of_hours, tenths_still_lacking

SPONSOR_MOVES: Moves = {
    "applied": frozenset({"active", "refused"}),
    "active": frozenset({"ended"}),
}
COURTESY_MOVES: Moves = {
    "applied": frozenset({"open", "refused"}),
    "open": frozenset({"withdrawn"}),
}
CODE_DIGITS = 8
SAME_CLERK = timedelta(minutes=1)
MANY_A_DAY = 3  # redeemed by one person on one day: looked at
BURST = 20  # redeemed at one sponsor within one hour: looked at
WEEKDAYS = "一二三四五六日"
MONEY = ("现金", "红包", "代金", "购物卡", "储值", "转账", "提现")


@dataclass(frozen=True)
class Offer:
    """What an item asks and still has, as rules read it. None is without a limit."""

    opens_on: date
    closes_on: date
    area: str
    star: int
    minutes: int
    months: int
    yearly: int
    left: int | None
    left_this_month: int | None
    fen: int


@dataclass(frozen=True)
class Claimant:
    """What a volunteer brings, and took this year already."""

    inside: bool
    star: int
    minutes: int
    of_this: int
    claims: int
    fen: int


@dataclass(frozen=True)
class Caps:
    """How much one person may take a year."""

    claims: int
    fen: int


def against(offer: Offer, claimant: Claimant, *, caps: Caps, today: date) -> tuple[str, ...]:
    """Return everything that stands against a claim, each a sentence with its numbers."""
    return (
        *_not_for(offer, claimant),
        *_not_today(offer, today=today),
        *_taken_enough(offer, claimant, caps=caps),
    )


def check_may_claim(reasons: tuple[str, ...]) -> None:
    """Refuse a claim that something stands against. Raises Refused: not_eligible."""
    if reasons:
        raise Refused("not_eligible", f"没有领取：{'；'.join(reasons)}。")


def valid_until(*, today: date, days: int, closes_on: date, agreed_to: date) -> date:
    """Return the last day of a code: never beyond the item's or the agreement's."""
    return min(today + timedelta(days=days), closes_on, agreed_to)


def check_code_works(
    *, state: str, redeemed: str, valid_until: date, weekdays: str, today: date
) -> None:
    """Refuse a code that is used, cancelled, too old, or shown on a day that is not open.

    `redeemed` is when and where it was used first. Raises Refused: already_redeemed, wrong_state,
    expired, closed_today.
    """
    if state == "redeemed":
        raise Refused("already_redeemed", f"这个码已使用过，首次使用：{redeemed}。没有再次核销。")
    if state == "cancelled":
        raise Refused("wrong_state", "这份礼遇已取消，没有核销；请志愿者重新领取。")
    if state == "expired" or today > valid_until:
        raise Refused(
            "expired", f"这个码已过期，有效期至{valid_until.isoformat()}，没有核销；请重新领取。"
        )
    if str(today.isoweekday()) not in weekdays:
        raise Refused(
            "closed_today", f"今天不是使用日（{weekdays_written(weekdays)}可用），没有核销。"
        )


def same_clerk_again(*, redeemed_at: datetime | None, same_key: bool, at: datetime) -> bool:
    """Test if a clerk only sent a code once more, as a slow line or a double tap does."""
    return same_key and redeemed_at is not None and at - redeemed_at <= SAME_CLERK


def check_no_money(*texts: str) -> None:
    """Refuse an item that is money under another name (rules.md 2.7). Raises Refused: is_money."""
    found = next((word for word in MONEY for text in texts if word in text), "")
    if found:
        raise Refused(
            "is_money", f"礼遇不能是现金或可当现金用的（“{found}”），没有提交；请改为服务或优惠。"
        )


def check_not_own_entry(*, decider_id: int, enterer_id: int) -> None:
    """Refuse who would review what they entered. Raises Refused: own_entry."""
    if decider_id == enterer_id:
        raise Refused("own_entry", "不能审核自己登记的内容，没有改动，请由他人审核。")


def check_sponsor_stands(*, state: str, agreed_to: date, today: date) -> None:
    """Refuse what hangs on a sponsor that is not in agreement. Raises Refused: sponsor_not_active."""
    if state != "active" or today > agreed_to:
        raise Refused(
            "sponsor_not_active", "这家商家不在合作期内，没有办理；请先审核商家或核对协议日期。"
        )


def weekdays_written(weekdays: str) -> str:
    """Write the days on which something may be used."""
    if len(weekdays) == len(WEEKDAYS):
        return "每天"
    return "周" + "、".join(WEEKDAYS[int(day) - 1] for day in sorted(weekdays))


def yuan(fen: int) -> str:
    """Write an amount, without decimals where there are none."""
    whole, cents = divmod(fen, 100)
    return f"{whole:,}元" if not cents else f"{whole:,}.{cents:02d}元"


def _not_for(offer: Offer, claimant: Claimant) -> Iterator[str]:
    if not claimant.inside:
        yield f"限主组织在{offer.area}的志愿者"
    if claimant.star < offer.star:
        held = f"您现为{claimant.star}星" if claimant.star else "您还没有星级"
        yield f"需要{offer.star}星及以上，{held}"
    if claimant.minutes < offer.minutes:
        yield (
            f"近{offer.months}个月需服务满{tenths_of_hours(offer.minutes)}小时，"
            f"您有{tenths_of_hours(claimant.minutes)}小时，"
            f"还差{tenths_still_lacking(offer.minutes - claimant.minutes)}小时"
        )


def _not_today(offer: Offer, *, today: date) -> Iterator[str]:
    if today < offer.opens_on:
        yield f"{offer.opens_on.isoformat()}起可以领取"
    elif today > offer.closes_on:
        yield f"已于{offer.closes_on.isoformat()}截止"
    if offer.left is not None and offer.left <= 0:
        yield "已领完"
    elif offer.left_this_month is not None and offer.left_this_month <= 0:
        yield "本月已领完，下月1日起可以再领"


def _taken_enough(offer: Offer, claimant: Claimant, *, caps: Caps) -> Iterator[str]:
    if claimant.of_this >= offer.yearly:
        yield f"每人每年{offer.yearly}份，您今年已领{claimant.of_this}份"
    if claimant.claims >= caps.claims:
        yield f"您今年已领{claimant.claims}次，已到每人每年{caps.claims}次的上限"
    if claimant.fen + offer.fen > caps.fen and offer.fen:
        yield (
            f"这项价值{yuan(offer.fen)}，您今年已领{yuan(claimant.fen)}，"
            f"将超过每人每年{yuan(caps.fen)}的上限"
        )
