"""The rotating code at the door: what it stands for, and how long it may be shown (bars 14, 15)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .verdicts import Refused

STEP = 30  # seconds that one code is on the screen
EITHER_SIDE = 1  # steps before and after that are taken too
MAC_LETTERS = 22  # 128 bits in base64url
DIGITS = 6
KINDS = {"in": "签到", "out": "签退"}
AHEAD = timedelta(hours=6)  # so far do codes that a device at the door carries reach
TO_TAP = timedelta(minutes=2)  # between the scan and the tap
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Code:
    """What a code is for: one session (of whatever is held), one kind, one step of thirty seconds."""

    session_id: int
    kind: str
    step: int

    @property
    def message(self) -> str:
        """Return what is signed."""
        return f"door {self.session_id} {self.kind} {self.step}"


def step_at(at: datetime) -> int:
    """Return which step of thirty seconds a moment lies in."""
    return int(at.timestamp()) // STEP


def starts_at(step: int) -> datetime:
    """Return when a step begins."""
    return datetime.fromtimestamp(step * STEP, UTC)


def written(code: Code, *, mac: str) -> str:
    """Return a code as its address says it."""
    return f"{_base36(code.session_id)}.{code.kind[0]}.{_base36(code.step)}.{mac}"


def read(text: str) -> tuple[Code, str]:
    """Return what an address claims, with the mark that has to prove it. Raises Refused: bad_code."""
    parts = text.split(".")
    if len(parts) != 4 or len(parts[3]) != MAC_LETTERS or len(text) > 60:
        raise bad_code()
    session, kind, step, mac = parts
    kinds = {name[0]: name for name in KINDS}
    if kind not in kinds or not _is_base36(session) or not _is_base36(step):
        raise bad_code()
    code = Code(int(session, 36), kinds[kind], int(step, 36))
    if written(code, mac=mac) != text:  # one way of writing each, or a copy could be told apart
        raise bad_code()
    return code, mac


def check_fresh(*, step: int, at: datetime) -> None:
    """Refuse a code that is not on the screen now. Raises Refused: old_code, early_code."""
    now = step_at(at)
    if step < now - EITHER_SIDE:
        raise Refused(
            "old_code",
            "这个动态码已经过期（每30秒更换一次），没有登记。请到现场对着屏幕上的码重新扫一次。",
        )
    if step > now + EITHER_SIDE:
        raise Refused(
            "early_code",
            "展示动态码的设备时间不准，没有登记。请让负责人联网刷新展示页，或扫您的志愿者卡。",
        )


def bad_code() -> Refused:
    """Return the refusal of what is no code of this house."""
    return Refused(
        "bad_code",
        "这不是有效的签到码，没有登记。数字每30秒更换，请照现场屏幕上现在的场次号和6位数字再输一次，"
        "或扫屏幕上的码。",
    )


def _base36(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = _SIGNS[rest] + letters
    return letters or "0"


def _is_base36(text: str) -> bool:
    return 0 < len(text) <= 12 and all(sign in _SIGNS for sign in text)
