"""How long somebody may stay, and what they have to show: values in, answers out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from qinghe.kernel.access.actors import STAFF, Role

COUNSELLING = frozenset({Role.COUNSELLOR, Role.HOTLINE_AGENT, Role.SUPERVISOR})  # bar 36
HISTORY = 5  # S-30
LONGEST_AGE = timedelta(days=90)  # S-30
LEAST_CLASSES = 3  # S-30


@dataclass(frozen=True)
class Limits:
    """How long a session may rest, and how long it may last at all."""

    idle: timedelta
    absolute: timedelta


def is_staff(roles: Iterable[Role]) -> bool:
    """Test if any of these roles needs a second factor (S-33)."""
    return any(role in STAFF for role in roles)


def limits_for(roles: Iterable[Role], *, table: Mapping[str, tuple[int, int]]) -> Limits:
    """Return the limits of a session by the strictest role held; the table is in minutes (S-31)."""
    held = set(roles)
    kind = "counselling" if held & COUNSELLING else "staff" if is_staff(held) else "others"
    idle, absolute = table[kind]
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


def classes_of(password: str) -> int:
    """Count the kinds of characters: capitals, small letters, digits, others."""
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(kind(letter) for letter in password) for kind in kinds)


def _told(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)}天"
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
