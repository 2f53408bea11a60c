"""A project from its proposal to its closing (S086)."""

from datetime import date

from qinghe.lib.verdicts import Refused


def check_days(*, starts_on: date, ends_on: date) -> None:
    """Refuse an end before the beginning. Raises Refused: wrong_order."""
    if ends_on < starts_on:
        raise Refused("wrong_order", "结束日期不能早于开始日期，没有保存，请改正。")


def check_extended(*, ends_on: date, before: date) -> None:
    """Refuse a new end that is no later. Raises Refused: wrong_order."""
    if ends_on <= before:
        raise Refused(
            "wrong_order", f"延期后的结束日期须在{before.isoformat()}之后，没有保存，请改正。"
        )


def check_to_start(*, parts: int) -> None:
    """Refuse to begin a project in which nobody takes part. Raises Refused: no_parts."""
    if not parts:
        raise Refused("no_parts", "还没有分工，没有立项；请先给街道、社区安排分工。")


def check_running(*, is_running: bool) -> None:
    """Refuse to change what has not begun or is over. Raises Refused: not_running."""
    if not is_running:
        raise Refused("not_running", "项目还没有立项，或者已经结项、终止，没有改动。")


def check_ended(*, is_ended: bool) -> None:
    """Refuse to change what is over. Raises Refused: over."""
    if is_ended:
        raise Refused("over", "项目已经结项或终止，没有改动。")


def check_summary(*, summary: str, open_parts: int) -> None:
    """Refuse to close what is not done or not told of. Raises Refused: open_parts, summary_needed."""
    if open_parts:
        raise Refused(
            "open_parts", f"还有{open_parts}项分工没有验收，没有结项；不再做的请先取消并写明原因。"
        )
    if not summary.strip():
        raise Refused("summary_needed", "请写结项总结，没有结项。")
