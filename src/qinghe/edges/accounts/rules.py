"""How long somebody may stay, and what they have to show: values in, answers out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.kernel.access.actors import STAFF, Role

COUNSELLING = frozenset({Role.COUNSELLOR, Role.HOTLINE_AGENT, Role.SUPERVISOR})  # bar 36
# Below the street, but with other people's records on the screen of a shared office (ADR 0048).
AT_A_DESK = frozenset(
    {
        Role.COMMUNITY_SECRETARY,
        Role.SCHOOL_SECRETARY,
        Role.ENTERPRISE_SECRETARY,
        Role.BRANCH_SECRETARY,
        Role.JUDGE,
    }
)
IN_THE_FIELD = frozenset({Role.TEAM_LEADER, Role.EMPLOYER, Role.MENTOR})
# What a browser says of itself, told in words: the first that fits, so the narrower stand first.
SYSTEMS = (
    ("HarmonyOS", "鸿蒙设备"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "Firefox 浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)
HISTORY = 5  # S-30
LONGEST_AGE = timedelta(days=90)  # S-30
LEAST_CLASSES = 3  # S-30


@dataclass(frozen=True)
class Limits:
    """How long a session may rest, and how long it may last at all."""

    idle: timedelta
    absolute: timedelta


def is_staff(roles: Iterable[Role]) -> bool:
    """Test if any of these roles is of the street or above, or hears, or administers (S-33)."""
    return any(role in STAFF for role in roles)


def needs_factor(roles: Iterable[Role], *, on: date, below_street_from: date | None) -> bool:
    """Test if any of these roles needs a second factor on a day (S-33, bar 35).

    Below the street it does from a day on that the district names; of volunteers it is never asked.
    """
    held = set(roles)
    asked_of_all = below_street_from is not None and on >= below_street_from
    return is_staff(held) or (asked_of_all and keeps_records(held))


def keeps_records(roles: Iterable[Role]) -> bool:
    """Test if any of these roles looks after records of others below the street."""
    return any(role in AT_A_DESK | IN_THE_FIELD for role in roles)


def limits_for(roles: Iterable[Role], *, table: Mapping[str, tuple[int, int]]) -> Limits:
    """Return the limits of a session by the strictest role held; the table is in minutes (S-31)."""
    idle, absolute = table[_strictest(set(roles))]
    return Limits(idle=timedelta(minutes=idle), absolute=timedelta(minutes=absolute))


def why_over(
    *, began: datetime, seen: datetime, at: datetime, limits: Limits, may_rest: bool = False
) -> str:
    """Return why a session is over, as a sentence; empty while it is not."""
    if not may_rest and at - seen >= limits.idle:
        return (
            f"超过{_told(limits.idle)}没有操作，已为您退出登录；已提交的内容都已保存，请重新登录。"
        )
    if at - began >= limits.absolute:
        return f"登录已满{_told(limits.absolute)}，已为您退出；已提交的内容都已保存，请重新登录。"
    return ""


def is_too_old(*, set_at: datetime, at: datetime) -> bool:
    """Test if a password has to be changed by its age (S-30)."""
    return at - set_at >= LONGEST_AGE


def device_of(user_agent: str) -> str:
    """Return what a browser says of itself in words that its owner knows it by."""
    told = [
        next((words for mark, words in table if mark in user_agent), "")
        for table in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(words for words in told if words) or "未知设备"


def classes_of(password: str) -> int:
    """Count the kinds of characters: capitals, small letters, digits, others."""
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(kind(letter) for letter in password) for kind in kinds)


def _strictest(held: set[Role]) -> str:
    if held & COUNSELLING:
        return "counselling"
    if held & (STAFF | AT_A_DESK):
        return "staff"
    return "field" if held & IN_THE_FIELD else "others"


def _told(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)}天"
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
