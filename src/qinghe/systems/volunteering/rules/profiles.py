"""What a profile says, and how often its holder may be called (V-04)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused

PARTS = ("上午", "下午", "晚上")
DAYS = "一二三四五六日"
SLOTS = tuple(f"周{day}{part}" for day in DAYS for part in PARTS)
NOON, EVENING = 12, 18
LANGUAGES = {
    "mandarin": "普通话",
    "cantonese": "粤语",
    "hakka": "客家话",
    "teochew": "潮汕话",
    "english": "英语",
    "japanese": "日语",
    "korean": "韩语",
    "sign": "手语",
}
MOST_PLACES = 3
MOST_CALLS, CALLS_WITHIN = 3, timedelta(days=7)


def week_of(slots: Iterable[int]) -> int:
    """Return free times as one number: a bit for each part of each day."""
    return sum(1 << slot for slot in set(slots))


def check_slots(slots: Iterable[int]) -> list[int]:
    """Return parts of the week as they are. Raises Refused: bad_slot."""
    kept = list(slots)
    if any(not 0 <= slot < len(SLOTS) for slot in kept):
        raise Refused("bad_slot", f"空闲时间用0至{len(SLOTS) - 1}表示，没有保存。")
    return kept


def languages_of(codes: Iterable[str]) -> str:
    """Return languages as they are kept. Raises Refused: bad_language."""
    kept = list(dict.fromkeys(codes))
    if unknown := [code for code in kept if code not in LANGUAGES]:
        raise Refused("bad_language", f"没有“{unknown[0]}”这种语言，没有保存。")
    return ",".join(code for code in LANGUAGES if code in kept)


def slots_of(week: int) -> tuple[int, ...]:
    """Return the parts of the week that a number of free times holds."""
    return tuple(slot for slot in range(len(SLOTS)) if week >> slot & 1)


def slot_of(moment: datetime) -> int:
    """Return the part of the week in which a moment falls, by the local clock."""
    local = moment.astimezone(TZ)
    part = 0 if local.hour < NOON else 1 if local.hour < EVENING else 2
    return local.weekday() * len(PARTS) + part


def week_written(week: int) -> str:
    """Write free times."""
    return "、".join(SLOTS[slot] for slot in slots_of(week))


def languages_written(codes: str) -> str:
    """Write languages, kept as codes between commas."""
    return "、".join(LANGUAGES[code] for code in codes.split(",") if code in LANGUAGES)


def check_callable(*, findable: bool, came: bool, lately: int) -> None:
    """Refuse a call to who did not agree, was called, or was called often lately.

    Raises Refused: not_findable, called_before, called_often.
    """
    if not findable:
        raise Refused("not_findable", "这位志愿者没有同意被找到，没有发出邀请。")
    if came:
        raise Refused("called_before", "这场活动已经邀请过这位志愿者，没有重复发出。")
    if lately >= MOST_CALLS:
        raise Refused(
            "called_often", f"这位志愿者7天内已收到{MOST_CALLS}次邀请，没有发出，请过几天再邀请。"
        )


def check_to_come(*, published: bool, starts_at: datetime, at: datetime) -> None:
    """Refuse to call to what is over or called off. Raises Refused: session_over."""
    if not published or starts_at <= at:
        raise Refused("session_over", "活动已取消或已经开始，没有发出邀请。")
