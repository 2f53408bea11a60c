"""When somebody may leave the League, and who has to look (T-66, 团章 Art. 7-8)."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

LEAVING_MOVES: Moves = {"proposed": frozenset({"approved", "refused", "withdrawn"})}
MONTHS = 6  # without fees, without the organisation's life, without assigned work


def check_move(moves: Moves, *, now: str, to: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in moves.get(now, frozenset()):
        raise Refused("wrong_state", "这件事已经办结，没有改动，请刷新后再看。")


def check_reason(reason: str) -> None:
    """Refuse a step without its reason. Raises Refused: reason_needed."""
    if len(reason.strip()) < 4:
        raise Refused("reason_needed", "请写明原因（4个字以上），方便对方和日后查对。")


def check_without_post(*, posts: int) -> None:
    """Refuse to let go for their age who still holds a post. Raises Refused: holds_post."""
    if posts:
        raise Refused("holds_post", "仍担任团内职务，不办理超龄离团；离任后再办。")


def check_resolved(*, resolved_on: date, today: date) -> None:
    """Refuse a resolution that has not been taken. Raises Refused: in_future."""
    if resolved_on > today:
        raise Refused("in_future", "支部大会决议日期不能晚于今天，请改正。")


def check_resigned(*, asked_on: date | None, resolved_on: date) -> None:
    """Refuse a resolution on no written wish. Raises Refused: request_needed, wrong_order."""
    if asked_on is None:
        raise Refused("request_needed", "退团须有本人书面申请，请填写申请日期。")
    if resolved_on < asked_on:
        raise Refused("wrong_order", "支部大会决议日期不能早于本人书面申请日期，请改正。")


def check_dropped(*, ground: str, since: date | None, resolved_on: date) -> None:
    """Refuse to strike off before six months are over. Raises: ground_needed, too_early."""
    if not ground or since is None:
        raise Refused("ground_needed", "自行脱团须写明情形和开始日期，请补充。")
    if resolved_on < _months_after(since, MONTHS):
        raise Refused(
            "too_early", f"自{since.isoformat()}起还不满{MONTHS}个月，支部大会不能按自行脱团除名。"
        )


def check_other_eyes(*, proposed_by: int, decided_by: int) -> None:
    """Refuse to decide what one has proposed oneself. Raises Refused: same_eyes."""
    if proposed_by == decided_by:
        raise Refused("same_eyes", "提请人不能审批自己提请的事项，请由上级团组织的其他人办理。")


def check_evidence(*, files: int) -> None:
    """Refuse to decide without the paper of the resolution. Raises Refused: evidence_needed."""
    if not files:
        raise Refused(
            "evidence_needed", "还没有上传支部大会决议等佐证材料，没有批准；请提请人先上传。"
        )


def _months_after(day: date, months: int) -> date:
    """Return the same day some months on, or the first of the next month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)
