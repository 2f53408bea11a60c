"""Who may say what of a session and of whom, and until when (V-03: 评价情况)."""

from datetime import datetime, timedelta

from qinghe.lib.verdicts import Moves, Refused

RATED_WITHIN, OBJECTED_WITHIN = timedelta(days=30), timedelta(days=15)
TRAITS = {
    "punctual": "准时到岗",
    "diligent": "认真负责",
    "warm": "热情耐心",
    "skilled": "技能熟练",
    "team": "善于协作",
    "late": "迟到早退",
    "absent": "擅自离岗",
    "careless": "需要改进",
}
EVALUATION_MOVES: Moves = {
    "given": frozenset({"objected"}),
    "objected": frozenset({"confirmed", "withdrawn"}),
}


def check_served_through(*, state: str, ends_at: datetime, at: datetime) -> None:
    """Refuse to speak of a service that is not over, or never was. Raises Refused: not_served."""
    if at < ends_at or state not in ("effective", "pending"):
        raise Refused("not_served", "活动结束、签退登记后才能评价，没有提交。")


def check_soon_enough(*, since: datetime, within: timedelta, at: datetime) -> None:
    """Refuse what comes too late. Raises Refused: too_late."""
    if at > since + within:
        raise Refused("too_late", f"已超过{within.days}天，没有提交；确有问题的请联系主办组织。")


def check_not_oneself(*, speaker_id: int, subject_id: int) -> None:
    """Refuse to evaluate oneself. Raises Refused: own_service."""
    if speaker_id == subject_id:
        raise Refused("own_service", "不能评价本人的服务，没有提交，请由同单位的他人评价。")


def check_traits(codes: tuple[str, ...]) -> str:
    """Return the words of an evaluation as they are kept. Raises Refused: no_trait."""
    if not codes or any(code not in TRAITS for code in codes):
        raise Refused("no_trait", "请至少选一项评语，没有提交。")
    return ",".join(code for code in TRAITS if code in codes)


def traits_written(kept: str) -> str:
    """Write the words of an evaluation."""
    return "、".join(TRAITS[code] for code in kept.split(",") if code in TRAITS)
