"""What may be published, and who may take part."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qinghe.lib.verdicts import Refused

LONGEST_SESSION = timedelta(days=366)  # V-32: no longer than a year
LATE_WORD = "补录"  # V-33
# V-34: what is no volunteer service. A title that ends so is refused; helping at one is not.
NOT_SERVICE = ("会议", "讲座", "值班", "聚餐", "团建", "彩排", "排练", "祈祷", "促销")


def check_session(
    *, title: str, starts_at: datetime, ends_at: datetime, refused: Iterable[str] = NOT_SERVICE
) -> None:
    """Refuse a session that could not be one at any time.

    Raises Refused: named_late_entry, not_service, ends_before_start, too_long.
    """
    if LATE_WORD in title:
        raise Refused("named_late_entry", f"活动名称不能含“{LATE_WORD}”二字，请改名。")  # V-33
    kind = next((word for word in refused if title.endswith(word)), "")
    if kind:
        raise Refused("not_service", f"{kind}不属于志愿服务，不能发布，请核对活动内容。")
    if ends_at <= starts_at:
        raise Refused("ends_before_start", "结束时间须晚于开始时间，请改正时间。")
    if ends_at - starts_at > LONGEST_SESSION:
        raise Refused("too_long", "一场活动最长一年，请分开发布。")


def check_future(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to publish what has begun (V-33). Raises Refused: already_begun."""
    if starts_at <= at:
        raise Refused("already_begun", "只能发布尚未开始的活动；已办的活动请申请补录。")


def check_no_attendance(*, count: int) -> None:
    """Refuse to cancel a session that somebody has come to. Raises Refused: has_attendance."""
    if count:
        raise Refused("has_attendance", f"已有{count}人签到，不能取消这场活动。")


def check_takes_part(*, cancelled: bool, registered: bool) -> None:
    """Refuse a check-in to what is off or of who is not on the roll.

    Raises Refused: session_cancelled, not_registered.
    """
    if cancelled:
        raise Refused("session_cancelled", "活动已经取消，不能签到。")
    if not registered:
        raise Refused("not_registered", "志愿者尚未注册或已退出，不能签到，请先办理注册。")
