"""What an activity must say, when it repeats, and whom its posts may take."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from qinghe.lib.identifiers import age_on
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import is_holiday

from .sign_ups import check_capacity
from .volunteers import OF_AGE, YOUNGEST

MOST_SESSIONS = 60  # of one publishing: weekly for a year
LONGEST_REPEAT = timedelta(days=366)  # V-32
OLDEST = 120
ACTIVITY_MOVES = {"published": frozenset({"cancelled"})}
Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Terms:
    """Whom a post may take, and what it asks of them."""

    min_age: int | None = None
    max_age: int | None = None
    minors: bool = False
    asks: str = ""
    children: bool = False  # below fourteen, at a guardian's side (V-21)


def check_told(*, about: str, risks: str, contact: str) -> None:
    """Refuse to recruit without saying what for, at what risk and whom to ask (V-01).

    Raises Refused: not_told.
    """
    said = (("活动内容", about), ("风险提示", risks), ("咨询联系方式", contact))
    missing = [label for label, words in said if not words.strip()]
    if missing:
        raise Refused("not_told", f"招募须如实、完整告知，请填写{'、'.join(missing)}。")


def check_terms(terms: Terms, *, dangerous: bool) -> None:
    """Refuse a post that takes minors where it may not. Raises Refused: minors_in_danger, no_range."""
    if (terms.minors or terms.children) and dangerous:  # V-21
        raise Refused("minors_in_danger", "有人身危险的活动不能接受未成年人，请改岗位要求。")
    lowest, highest = terms.min_age, terms.max_age
    if terms.children and lowest is not None:
        raise Refused("no_range", "设了最小年龄的岗位不能带儿童，请去掉一项。")
    if lowest is not None and highest is not None and lowest > highest:
        raise Refused("no_range", "最小年龄不能大于最大年龄，请改正。")
    if highest is not None and highest < (YOUNGEST if terms.minors else OF_AGE):
        raise Refused("no_range", "按这样的年龄要求没有人可以报名，请改正。")


def check_posts(posts: Sequence[tuple[str, int, Terms]], *, dangerous: bool) -> None:
    """Refuse posts, each a name with its capacity and terms, that cannot be.

    Raises Refused: no_post, post_twice, no_places, minors_in_danger, no_range.
    """
    if not posts:
        raise Refused("no_post", "请至少设一个岗位，写明招募人数。")
    if len({name for name, _, _ in posts}) < len(posts):
        raise Refused("post_twice", "同一场活动的岗位不能重名，请改名。")
    for _, capacity, terms in posts:
        check_capacity(capacity=capacity, taken=0)
        check_terms(terms, dangerous=dangerous)


def check_session_count(count: int) -> None:
    """Refuse to publish nothing, or a year and more. Raises Refused: no_session, too_many_sessions."""
    if not count:
        raise Refused("no_session", "按这样的重复规则没有一场活动，请核对起止日期和星期。")
    if count > MOST_SESSIONS:
        raise Refused("too_many_sessions", f"一次最多发布{MOST_SESSIONS}场，请缩短重复的期限。")


def check_apart_in_time(times: Sequence[Times]) -> None:
    """Refuse sittings of one activity that overlap (V-35). Raises Refused: sittings_overlap."""
    ordered = sorted(times)
    for (_, ends), (starts, _) in pairwise(ordered):
        if starts < ends:
            raise Refused("sittings_overlap", "同一活动的两场时间重叠，请改正时间。")


def check_partners(*, host: str, partners: Sequence[str]) -> None:
    """Refuse the host among those who join it. Raises Refused: host_joins_itself."""
    if host in partners:
        raise Refused("host_joins_itself", "主办组织不能同时是协办组织，请去掉。")


def repeats(
    first: Times, *, weekdays: Collection[int], until: date, without_holidays: bool
) -> list[Times]:
    """Return the times of a sitting and of those after it, on given weekdays up to a day.

    The first stands whatever its weekday; public holidays are left out where asked.
    Raises Refused: repeats_too_long.
    """
    starts, ends = first
    day = local_day(starts)
    if until - day > LONGEST_REPEAT:
        raise Refused("repeats_too_long", "重复最长一年，请提早截止日期。")
    found = [first]
    for ahead in range(1, (until - day).days + 1):
        on = day + timedelta(days=ahead)
        if on.weekday() in weekdays and not (without_holidays and is_holiday(on)):
            found.append((starts + timedelta(days=ahead), ends + timedelta(days=ahead)))
    return found


def check_fits(
    terms: Terms, *, birth_date: date | None, guardian_agreed_on: date | None, on: date
) -> None:
    """Refuse whom a post may not take on a day (V-01, V-20, V-21).

    Raises Refused: age_unknown, too_young, minors_not_taken, guardian_needed, age_outside.
    """
    bound = terms.min_age is not None or terms.max_age is not None or not terms.minors
    if birth_date is None:
        if bound:
            raise Refused("age_unknown", "没有登记出生日期，不能核对年龄，请先到社区补登。")
        return
    age = age_on(birth_date, on) if birth_date <= on else 0
    if age < YOUNGEST:
        raise Refused("too_young", f"未满{YOUNGEST}周岁不能单独报名，请由监护人带同参加。")
    if age < OF_AGE and not terms.minors:
        raise Refused("minors_not_taken", f"这个岗位只接受年满{OF_AGE}周岁的志愿者。")
    if age < OF_AGE and (guardian_agreed_on is None or guardian_agreed_on > on):
        raise Refused("guardian_needed", f"未满{OF_AGE}周岁须监护人同意，请先到社区登记同意日期。")
    if age < (terms.min_age or 0) or age > (terms.max_age or OLDEST):
        lowest, highest = terms.min_age or YOUNGEST, terms.max_age or OLDEST
        raise Refused("age_outside", f"这个岗位要求{lowest}至{highest}周岁，活动当日您{age}周岁。")


def check_trained(*, asks: str, trained: bool) -> None:
    """Refuse a post that asks for a training to who has no 学时 of it (V-01). Raises Refused: untrained."""
    if not trained:
        raise Refused(
            "untrained",
            f"这个岗位须先参加{asks}，还没有这项培训的学时，没有报名；请换岗位，或先参加培训。",
        )


def check_vouched(*, asks: str, vouched: bool) -> None:
    """Refuse a sign-up that leaves open whether what is asked for is there (V-01, Art. 16).

    Raises Refused: not_vouched.
    """
    if asks and not vouched:
        raise Refused("not_vouched", f"这个岗位要求：{asks}。请确认具备后再报名。")
