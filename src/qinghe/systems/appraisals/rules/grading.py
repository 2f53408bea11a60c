"""Who may be graded what: quorum, votes, the share of 优秀 (T-41, T-42)."""

from dataclasses import astuple, dataclass

from qinghe.lib.verdicts import Refused

TOP, GOOD, BASIC, FAILED = "top", "good", "basic", "failed"
PASSING = frozenset({TOP, GOOD, BASIC})  # T-43


@dataclass(frozen=True)
class Votes:
    """What a meeting said of one member."""

    top: int = 0
    good: int = 0
    basic: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """Return how many were cast."""
        return self.top + self.good + self.basic + self.failed


def check_quorum(*, entitled: int, present: int, part: int, whole: int) -> None:
    """Refuse a meeting that no more than the share of the entitled came to (T-41: more than ⅔)."""
    if present > entitled:
        raise Refused("too_many_present", "实到会人数不能多于应到会人数，没有保存，请核对。")
    if present * whole <= entitled * part:
        least = entitled * part // whole + 1
        raise Refused(
            "no_quorum",
            f"应到会{entitled}人，实到会须超过{part}/{whole}，至少{least}人，现为{present}人；"
            "会议无效，没有保存，请重新召开。",
        )


def check_votes(votes: Votes, *, present: int, who: str) -> None:
    """Refuse votes on one member that are more than those present could cast."""
    if min(astuple(votes)) < 0 or votes.total > present:
        raise Refused(
            "too_many_votes", f"{who}的测评票共{votes.total}张，多于实到会{present}人，没有保存。"
        )


def most_top(*, took_part: int, percent: int) -> int:
    """Return how many may be 优秀, rounded down (T-42: 10 → 3, 9 → 2)."""
    return took_part * percent // 100


def check_cap(*, top: int, took_part: int, percent: int) -> None:
    """Refuse more 优秀 than their share of those who took part."""
    most = most_top(took_part=took_part, percent=percent)
    if top > most:
        raise Refused(
            "over_the_cap",
            f"参加评议{took_part}人，优秀不超过{percent}%，最多{most}人，现为{top}人；没有保存，"
            "请减少优秀人数。",
        )


def check_grade(*, grade: str, standing: str, who: str) -> None:
    """Refuse a grade for whoever is not under review."""
    if grade and standing != "in":
        raise Refused("not_under_review", f"{who}没有参加评议，不能定等次，没有保存。")


def check_correction(*, before: str, after: str) -> None:
    """Refuse a correction that corrects nothing."""
    if before == after:
        raise Refused("same_grade", "新等次和原等次相同，没有更正。")


def suggested(votes: Votes, *, own: str) -> str:
    """Return the grade that most votes say, 优秀 counted as 合格: who is 优秀 the committee decides.

    Without votes it is the grade that the member gave themself, no higher than 合格.
    """
    if not votes.total:
        return own if own in (BASIC, FAILED) else GOOD
    counted = {GOOD: votes.top + votes.good, BASIC: votes.basic, FAILED: votes.failed}
    return max(counted, key=lambda grade: counted[grade])
