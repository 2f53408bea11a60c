"""The road of a branch through one campaign (T-41): what follows what, on which days."""

from collections.abc import Mapping
from datetime import date

from qinghe.lib.verdicts import Refused

HIGHEST_CAP = 30  # T-42
SHORTEST, LONGEST = 4, 200
MOST_WORDS = 500

# T-41: 学习教育 → 自我评价、团员互评 → 测评投票 → 支委会拟等次 → 上级审批 → 注册 (T-43)
ROLL_MOVES: Mapping[str, frozenset[str]] = {
    "study": frozenset({"rating"}),
    "rating": frozenset({"grading"}),
    "grading": frozenset({"proposed"}),
    "proposed": frozenset({"approved", "grading"}),
    "approved": frozenset({"registered"}),
    "registered": frozenset(),
}
BEFORE_PROPOSING = frozenset({"study", "rating", "grading"})
STAYING_AWAY = frozenset({"absent", "excused"})
WORDS: Mapping[str, str] = {
    "study": "待登记学习教育",
    "rating": "正在自评互评",
    "grading": "待支委会拟定等次",
    "proposed": "已上报、待审批",
    "approved": "等次已批准、待注册",
    "registered": "已完成注册",
}


def check_move(before: str, *, after: str) -> None:
    """Refuse a step that does not follow from where the branch stands (T-41)."""
    if after not in ROLL_MOVES[before]:
        raise Refused(
            "wrong_step", f"本支部{WORDS[before]}，现在不能办理这一步，没有改动；请刷新页面。"
        )


def is_open(state: str) -> bool:
    """Test if the roll and its grades may still be changed by the branch."""
    return state in BEFORE_PROPOSING


def check_still_open(state: str) -> None:
    """Refuse to change a roll whose grades went up or are final."""
    if not is_open(state):
        raise Refused(
            "already_proposed",
            f"本支部{WORDS[state]}，名单和等次不能再改，没有改动；需要调整的，请上级退回或更正。",
        )


def check_day(day: date, *, today: date, not_before: date | None, what: str) -> None:
    """Refuse a day that is still to come, or that lies before what it follows."""
    if day > today:
        raise Refused("in_future", f"{what}日期不能晚于今天，没有保存，请改正。")
    if not_before and day < not_before:
        raise Refused("wrong_order", f"{what}日期不能早于{not_before}，没有保存，请改正。")


def check_campaign_days(*, year: int, reference_on: date, opens_on: date, closes_on: date) -> None:
    """Refuse a campaign whose days do not fit its year or each other."""
    if reference_on.year != year:
        raise Refused("wrong_year", f"在册基准日须在{year}年内，没有发起，请改正。")
    if closes_on < opens_on:
        raise Refused("wrong_order", "截止日期不能早于开始日期，没有发起，请改正。")
    if closes_on < reference_on:
        raise Refused("wrong_order", "截止日期不能早于在册基准日，没有发起，请改正。")


def check_terms(
    *, top_percent: int, quorum_part: int, quorum_whole: int, defer_least: int, defer_most: int
) -> None:
    """Refuse numbers that no campaign can follow (T-41 … T-43)."""
    if not 1 <= top_percent <= HIGHEST_CAP:
        raise Refused("cap_too_high", f"优秀比例上限须在1%至{HIGHEST_CAP}%之间，没有保存。")
    if not 1 <= quorum_part < quorum_whole:
        raise Refused("bad_quorum", "到会法定比例须小于1，如“超过三分之二”填2和3，没有保存。")
    if not 1 <= defer_least <= defer_most:
        raise Refused("bad_months", "暂缓注册的最短月数不能大于最长月数，没有保存。")


def check_cap_lower(percent: int, *, than: int) -> None:
    """Refuse a local cap that does not lower the district's (T-42)."""
    if not 0 <= percent < than:
        raise Refused("cap_not_lower", f"本级比例须低于统一上限{than}%，没有保存。")


def check_not_own(*, decider_id: int, proposer_id: int | None) -> None:
    """Refuse to let anybody approve what they sent up themselves."""
    if decider_id == proposer_id:
        raise Refused("own_proposal", "自己上报的等次须由上级另一人审批，没有改动。")


def check_reason(reason: str) -> str:
    """Return why, or refuse what tells nothing."""
    why = " ".join(reason.split())
    if not SHORTEST <= len(why) <= LONGEST:
        raise Refused("reason_needed", f"请写明原因（{SHORTEST}至{LONGEST}个字），没有保存。")
    return why


def check_own_words(words: str) -> str:
    """Return what somebody says of themself, or refuse what tells nothing."""
    said = words.strip()
    if not SHORTEST <= len(said) <= MOST_WORDS:
        raise Refused(
            "words_needed", f"自我评价请写{SHORTEST}至{MOST_WORDS}个字；没有提交，已填的内容还在。"
        )
    return said
