"""What must be insured before it is published (V-02, V-39)."""

from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Refused


@dataclass(frozen=True)
class Cover:
    """What an insurance covers, as rules read it."""

    starts_on: date
    ends_on: date
    ended_on: date | None
    held_above: bool


def check_insured(*, risk: str, cover: Cover | None, first: date, last: date) -> None:
    """Refuse a risky session without an insurance of its host in force on all its days (V-02).

    Raises Refused: policy_needed, policy_of_others, policy_not_in_force.
    """
    if risk == "high" and cover is None:
        raise Refused(
            "policy_needed",
            "风险较高的活动须先为志愿者投保人身意外伤害保险，没有发布；请登记保单后选择保单再发布。",
        )
    if cover is None:
        return
    if not cover.held_above:
        raise Refused("policy_of_others", "这份保单不属于主办组织或其上级，没有发布，请另选保单。")
    ends_on = min(cover.ends_on, cover.ended_on) if cover.ended_on else cover.ends_on
    if first < cover.starts_on or last > ends_on:
        raise Refused(
            "policy_not_in_force",
            f"保单保障期为{cover.starts_on.isoformat()}至{ends_on.isoformat()}，"
            f"未覆盖活动日期{first.isoformat()}至{last.isoformat()}，没有发布；"
            "请续保或另选保单。",
        )
