"""What a set of scans comes to, in whatever order they arrive (demand 14, V-32, V-36)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from qinghe.lib import sentences
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from .stays import Frame, Served, Span, check_another, check_apart, check_doors, closed

IN, OUT = "in", "out"
MOST_SKEW = timedelta(minutes=10)  # bar 16: a device whose clock differs more is not believed
LONGEST_KEPT = timedelta(days=30)  # bar 12: so long may a scan wait on a device
LONGEST_STAY = timedelta(hours=16)  # bar 16: nobody serves longer at one go
MOST_AT_ONCE = 500  # scans of one call
DOOR_CODES, MOST_WRONG = "door_code", 10  # bar 15: bad codes of one account in a minute
STANDING = ("card", "number")  # of `Scan.How`: what is on a card stands still and may be a picture
RECORDED, ALREADY, WAITING, HELD, REFUSED = "recorded", "already", "waiting", "held", "refused"
WORDS = {
    RECORDED: "已登记。",
    ALREADY: "此前已登记，没有重复登记。",
    WAITING: "已收下签退；还没有收到对应的签到，收到后自动配对。",
    "clock_differs": "设备时间与服务器相差超过10分钟，已收下，待负责人核实后登记。",
    "sent_before_scanned": "设备的发送时间早于扫码时间，已收下，待负责人核实后登记。",
    "too_old": "扫码已超过30天，已收下，待负责人核实后登记。",
    "too_early": "扫码时还没到签到时间，没有登记。",
    "session_over": "扫码时活动已经结束，没有登记；漏签请由主办组织更正。",
    "overlapping": "与本人另一段服务时间重叠，没有登记，请核对时间。",
    "too_many_pairs": "一人一场一天最多签到3次，没有再记。",
    "too_long_inside": "签到到签退超过16小时，没有登记；请由主办组织更正。",
    "guardian_signs": "未满14周岁由监护人用自己的手机扫码时一并签到，没有登记；也可在现场名册中登记。",
    "not_registered": "志愿者尚未注册或已退出，没有登记，请先办理注册。",
    "unknown_volunteer": "没有这个志愿者编号，没有登记，请核对卡上的编号。",
    "bad_card": "这张卡上的二维码不是本平台的志愿者卡，没有登记；请改输卡上的编号。",
    "other_scan": "这个随机号已用于另一次扫码，没有登记；请重新扫一次。",
    "cancelled": "活动已经取消，没有登记。",
    "wrong_state": "这条服务记录已经作废或未通过审核，没有登记。",
    "corrected": "本人这场的签到已由人工更正，已收下，待负责人核实后登记。",
    "set_aside": "主办组织核实后没有计入；有疑问请联系主办组织。",
}
SET_ASIDE = "set_aside"
WHY_HELD = {
    "clock_differs": "设备时间相差超过10分钟",
    "sent_before_scanned": "发送时间早于扫码时间",
    "too_old": "扫码超过30天才上传",
    "corrected": "签到已由人工更正",
}


# Refusals that another scan may lift, so these scans are asked again whenever one comes in.
BY_TIME = frozenset(
    {"", "too_early", "session_over", "overlapping", "too_many_pairs", "too_long_inside"}
)


@dataclass(frozen=True)
class Mark:
    """One scan as a point on the day: someone came, or left."""

    nonce: str
    kind: str
    at: datetime


@dataclass(frozen=True)
class Finding:
    """What became of one scan, with the code and the sentence that say why."""

    verdict: str
    code: str = ""
    reason: str = ""


@dataclass
class Paired:
    """The stays that a set of scans makes, and what became of each scan."""

    spans: list[Span] = field(default_factory=list)
    found: dict[str, Finding] = field(default_factory=dict)


def moment_of(*, device_at: datetime, sent_at: datetime, at: datetime) -> datetime:
    """Return when a scan was made, by our clock: the device's, put right by whole minutes.

    Whole minutes, so that the time a message takes does not change the answer.
    """
    skew = round((at - sent_at) / timedelta(minutes=1))
    return device_at + timedelta(minutes=skew)


def doubt_about(*, device_at: datetime, sent_at: datetime, at: datetime) -> str:
    """Return why a device's times have to be looked at by a person; empty where they need not."""
    if abs(at - sent_at) > MOST_SKEW:
        return "clock_differs"
    if sent_at < device_at:
        return "sent_before_scanned"
    return "too_old" if sent_at - device_at > LONGEST_KEPT else ""


def is_to_look_at(*, how: str, verdict: str) -> bool:
    """Test if a scan came in by a code that stands still, and somebody has to look at it (bar 14)."""
    return how in STANDING and verdict in (RECORDED, WAITING)


def check_looker(*, looker_id: int, kept_by: Iterable[int | None], whose: Iterable[int]) -> None:
    """Refuse to look at what one scanned oneself, or at one's own card.

    Raises Refused: own_scans, own_hours.
    """
    if looker_id in whose:
        raise Refused("own_hours", "其中有您本人的签到，没有改动；请由另一位负责人核对。")
    if looker_id in kept_by:
        raise Refused("own_scans", "其中有您登记的扫码，没有改动；请由另一位负责人或上级核对。")


def check_counts(*, counts_at: datetime, received_at: datetime) -> None:
    """Refuse to count a scan at a moment when it was not made yet. Raises Refused: in_future."""
    if counts_at > received_at:
        raise Refused(
            "in_future",
            "这次扫码的计入时间晚于收到时间，不可信，没有登记，仍在待核实；"
            "请选“不计入”，确有服务的另行更正或补录。",
        )


def not_counted(reason: str) -> str:
    """Say that a held scan was looked at, and that it cannot count as it is."""
    return f"{sentences.inside(reason)}。这次扫码仍在待核实，可以选“不计入”。"


def pair(marks: Iterable[Mark], *, frame: Frame, elsewhere: Sequence[Served]) -> Paired:
    """Make stays of scans: by their times alone, so in any order of arrival the same.

    Coming twice is coming once; leaving closes what is open, or waits for its coming. Who forgot
    to leave on an earlier day earned nothing for it until it is corrected (V-36), and may come anew.
    """
    walk = _Walk(frame=frame, elsewhere=elsewhere)
    for mark in sorted(marks, key=lambda one: (one.at, one.kind == OUT, one.nonce)):
        try:
            walk.come(mark) if mark.kind == IN else walk.leave(mark)
        except Refused as refusal:
            walk.told.found[mark.nonce] = Finding(REFUSED, refusal.code, refusal.reason)
    return walk.ended()


class _Walk:
    """One volunteer's scans at one session, oldest first."""

    def __init__(self, *, frame: Frame, elsewhere: Sequence[Served]) -> None:
        self.frame, self.elsewhere, self.told = frame, elsewhere, Paired()
        self.inside: Mark | None = None
        self.days: Counter[date] = Counter()

    def come(self, mark: Mark) -> None:
        if self.inside and local_day(self.inside.at) == local_day(mark.at):
            self._say(mark, ALREADY)
            return
        check_doors(frame=self.frame, at=mark.at)
        check_apart(span=Span(mark.at, mark.at + timedelta(microseconds=1)), others=self.elsewhere)
        check_another(before=self.days[local_day(mark.at)])
        if self.inside:
            self.told.spans.append(Span(self.inside.at, self.inside.at))
        self.inside = mark
        self.days[local_day(mark.at)] += 1
        self._say(mark, RECORDED)

    def leave(self, mark: Mark) -> None:
        if self.inside is None:
            today = [one for one in self.told.spans if local_day(one.came) == local_day(mark.at)]
            self._say(mark, ALREADY if today else WAITING)
            return
        span = closed(frame=self.frame, came=self.inside.at, at=mark.at)
        check_not_too_long(span)
        check_apart(span=span, others=self.elsewhere)
        self.inside = None
        self.told.spans.append(span)
        self._say(mark, RECORDED)

    def ended(self) -> Paired:
        if self.inside:
            self.told.spans.append(Span(self.inside.at, None))
        return self.told

    def _say(self, mark: Mark, verdict: str) -> None:
        self.told.found[mark.nonce] = Finding(verdict, "", WORDS[verdict])


def check_not_too_long(span: Span) -> None:
    """Refuse to leave so long after coming that nobody was there all the while.

    Raises Refused: too_long_inside.
    """
    if span.left and span.left - span.came > LONGEST_STAY:
        raise Refused(
            "too_long_inside",
            "签到到现在已超过16小时，没有签退；请由主办组织更正签到签退时间。",
        )


@dataclass(frozen=True)
class Kept:
    """A stay on the books that stands."""

    pk: int
    span: Span


def marks_of(kept: Iterable[Kept]) -> list[Mark]:
    """Return stays that other doors wrote as the scans that would have made them."""
    marks = []
    for stay in kept:
        marks.append(Mark(f"stay {stay.pk} in", IN, stay.span.came))
        if stay.span.left:
            marks.append(Mark(f"stay {stay.pk} out", OUT, stay.span.left))
    return marks


def keeps(after: Iterable[Span], *, before: Iterable[Span]) -> bool:
    """Test if stays that a person may have corrected stand as they are, or are only closed."""
    there = set(after)
    came = {span.came for span in there}
    return all(span in there or (span.left is None and span.came in came) for span in before)


@dataclass
class Change:
    """What has to be written so that the stays on the books are those of the scans."""

    close: list[tuple[int, datetime]] = field(default_factory=list)
    strike: list[int] = field(default_factory=list)
    add: list[tuple[Span, int | None]] = field(default_factory=list)  # and which it takes over


def change_between(kept: Sequence[Kept], wanted: Sequence[Span]) -> Change:
    """Return what turns these stays into those; times that were closed are never changed (V-36)."""
    change = Change()
    missing = [span for span in wanted if span not in {stay.span for stay in kept}]
    for stay in kept:
        if stay.span in wanted:
            continue
        closing = next((span for span in missing if span.came == stay.span.came), None)
        if stay.span.left is None and closing and closing.left:
            change.close.append((stay.pk, closing.left))
            missing.remove(closing)
        else:
            change.strike.append(stay.pk)
    taken = [*change.strike[: len(missing)], *[None] * (len(missing) - len(change.strike))]
    change.add = list(zip(missing, taken, strict=True))
    return change
