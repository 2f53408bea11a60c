"""How branches are graded: who takes part, what points give, who signs, how many stars there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Refused

from .meetings import MEASURED

LOW, LAX = 2, 0  # 后进 and 软弱涣散 (T-51)
GRADES = {5: "五星", 4: "四星", 3: "三星", LOW: "后进", LAX: "软弱涣散"}
QUOTED = (5, 4)  # the stars of which there may be only so many (T-53)


@dataclass(frozen=True)
class Bounds:
    """From which points on a branch has which star, and how old it must be for the high ones."""

    five: int = 90
    four: int = 80
    three: int = 70
    low: int = 60
    high_months: int = 12


def months_between(first: date, then: date) -> int:
    """Return how many whole months lie between two days."""
    months = (then.year - first.year) * 12 + then.month - first.month
    return max(0, months - (then.day < first.day))


def takes_part(*, kind: str, opened_on: date, reference_on: date, months: int) -> bool:
    """Test if a branch is graded: of a kind that is (T-07), and old enough (T-50)."""
    return kind in MEASURED and months_between(opened_on, reference_on) >= months


def star_for(*, points: int, vetoed: bool, months: int, bounds: Bounds) -> int:
    """Return the grade that points give; none above three stars to a branch too young (T-51)."""
    if vetoed or points < bounds.low:
        return LAX
    if points < bounds.three:
        return LOW
    if months < bounds.high_months or points < bounds.four:
        return 3
    return 5 if points >= bounds.five else 4


def quota_of(*, percent: int | None, branches: int) -> int | None:
    """Return how many of a committee's branches may have a star, rounded down; none is no limit."""
    return None if percent is None else branches * percent // 100


def check_quota(*, star: int, taken: int, quota: int | None) -> None:
    """Refuse a star that is no longer free (T-53). Raises Refused: quota_full."""
    if quota is not None and taken >= quota:
        raise Refused(
            "quota_full",
            f"本级{GRADES[star]}名额共{quota}个，已经用完，没有保存；"
            "请调整得分，或者先把已复核的另一个支部退回重评。",
        )


def check_points(
    points: Mapping[str, int], *, most: Mapping[str, int], labels: Mapping[str, str]
) -> None:
    """Refuse points that an item does not have. Raises Refused: points_needed, too_many_points."""
    for item, limit in most.items():
        given = points.get(item)
        if given is None or given < 0:
            raise Refused("points_needed", f"请填写{labels[item]}的得分，没有保存。")
        if given > limit:
            raise Refused(
                "too_many_points", f"{labels[item]}满分{limit}分，填了{given}分，没有保存，请改正。"
            )


def check_words(words: str) -> None:
    """Refuse a self-grading that says nothing. Raises Refused: words_needed."""
    if not words.strip():
        raise Refused("words_needed", "请写明自评的依据，没有保存。")


def check_report(*, points: int, report: str, bounds: Bounds, length: int) -> None:
    """Refuse five stars without a report of about 500 characters (T-52).

    Raises Refused: report_needed.
    """
    written = len("".join(report.split()))
    if points >= bounds.five and written < length:
        raise Refused(
            "report_needed",
            f"自评五星须附工作报告，不少于{length}字，现在{written}字，没有提交；请补写，其他内容已保留在页面上。",
        )


def check_witness(*, witness_id: int, secretary_id: int | None, is_member: bool) -> None:
    """Refuse a second signature of whoever signed first or is no member (T-52).

    Raises Refused: same_person, not_a_member.
    """
    if witness_id == secretary_id:
        raise Refused("same_person", "书记和团员代表须是两个人，没有签名；请本支部另一名团员签名。")
    if not is_member:
        raise Refused("not_a_member", "团员代表须是本支部在册团员，没有签名。")


def check_not_own(*, by_id: int, signed: tuple[int | None, ...]) -> None:
    """Refuse a review by whoever had a hand in it before. Raises Refused: own_branch."""
    if by_id in signed:
        raise Refused("own_branch", "您已经在这份评定上签过名，不能再复核或抽查，请其他人办理。")


def check_changed(*, changed: bool, words: str) -> None:
    """Refuse other points without a reason. Raises Refused: reason_needed."""
    if changed and not words.strip():
        raise Refused("reason_needed", "得分有改动或者有否决情形的，请写明原因，没有保存。")


def check_open_until(*, day: date, last: date, what: str) -> None:
    """Refuse what comes after its last day. Raises Refused: closed."""
    if day > last:
        raise Refused("closed", f"{what}已于{last.isoformat()}截止，没有保存；请联系团区委。")


def check_state(*, now: str, allowed: tuple[str, ...]) -> None:
    """Refuse a step that does not follow. Raises Refused: wrong_state."""
    if now not in allowed:
        raise Refused("wrong_state", "这份评定现在的状态不能这样办理，没有改动，请刷新后再看。")


def check_round_days(
    *, year: int, reference_on: date, self_closes_on: date, review_closes_on: date
) -> None:
    """Refuse days that do not follow one another. Raises Refused: wrong_order."""
    if not year <= reference_on.year <= year + 1:
        raise Refused("wrong_order", "基准日须在评定年度或次年，没有保存，请改正。")
    if not reference_on <= self_closes_on <= review_closes_on:
        raise Refused("wrong_order", "基准日、自评截止、复核截止须依次在后，没有保存，请改正。")


def check_coming(*, starts_on: date, today: date) -> None:
    """Refuse terms that begin in the past. Raises Refused: wrong_order."""
    if starts_on <= today:
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的办法不改动。")


def check_terms(*, bounds: Bounds, most: int) -> None:
    """Refuse points that do not fall, and items that do not make a hundred.

    Raises Refused: wrong_bounds, not_a_hundred.
    """
    if not 100 >= bounds.five > bounds.four > bounds.three > bounds.low:
        raise Refused("wrong_bounds", "五星、四星、三星、后进的最低分须依次递减，没有保存。")
    if most != 100:
        raise Refused("not_a_hundred", f"五项满分合计须为100分，现在{most}分，没有保存。")
