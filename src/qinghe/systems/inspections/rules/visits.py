"""How a visit is scored, and when it can be handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qinghe.lib.verdicts import Refused

from .checklists import Photo

DRAFT_DAYS = 3  # what was seen longer ago is looked at again


class Verdict(StrEnum):
    """What an inspector says of one item."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NOT_HERE = "not_here"


@dataclass(frozen=True)
class Marked:
    """One item of a visit with what was said of it; no verdict yet is an empty text."""

    text: str
    weight: int
    veto: bool
    photo: Photo
    verdict: str
    note: str
    photos: int


@dataclass(frozen=True)
class Score:
    """What a visit came to: points of those that could be had, and if the point passed."""

    scored: int
    full: int
    passed: bool


def score_of(marked: Sequence[Marked], *, pass_mark: int) -> Score:
    """Add the weights of what is there up; what does not apply here is in neither sum.

    A point passes with at least `pass_mark` per cent of the points, and no veto failed.
    """
    counted = [one for one in marked if one.verdict != Verdict.NOT_HERE]
    full = sum(one.weight for one in counted)
    scored = sum(one.weight for one in counted if one.verdict == Verdict.PASS)
    vetoed = any(one.veto and one.verdict == Verdict.FAIL for one in counted)
    return Score(scored, full, passed=not vetoed and scored * 100 >= pass_mark * full)


def check_answered(marked: Sequence[Marked]) -> None:
    """Refuse to hand in a visit that leaves something open; the first such item is named.

    Raises Refused: unanswered, note_needed, photo_needed, nothing_applies.
    """
    for one in marked:
        if not one.verdict:
            raise Refused(
                "unanswered", f"“{one.text}”还没有检查，没有提交；填写的内容都在，请选择后再提交。"
            )
        if one.verdict == Verdict.FAIL and not one.note.strip():
            raise Refused(
                "note_needed", f"“{one.text}”不达标，请写明问题；填写的内容都在，补充后再提交。"
            )
        if _needs_photo(one) and not one.photos:
            raise Refused(
                "photo_needed", f"“{one.text}”需要现场照片；填写的内容都在，拍照后再提交。"
            )
    if all(one.verdict == Verdict.NOT_HERE for one in marked):
        raise Refused("nothing_applies", "没有一条适用于这个点位，不能提交，请核对检查表。")


def _needs_photo(one: Marked) -> bool:
    if one.photo == Photo.ALWAYS:
        return one.verdict != Verdict.NOT_HERE
    return one.photo == Photo.IF_FAILED and one.verdict == Verdict.FAIL


def check_open(*, opened_on: date, closed_on: date | None, day: date) -> None:
    """Refuse to inspect a point on a day when there is none. Raises Refused: point_closed."""
    if day < opened_on or (closed_on is not None and day >= closed_on):
        raise Refused("point_closed", "这个点位当天没有启用或已经停用，不能巡查。")


def check_fresh(*, begun_on: date, today: date) -> None:
    """Refuse to hand in what was seen too long ago. Raises Refused: draft_too_old."""
    if (today - begun_on).days > DRAFT_DAYS:
        raise Refused(
            "draft_too_old",
            f"这次巡查始于{begun_on.isoformat()}，超过{DRAFT_DAYS}天没有提交；请放弃草稿，到现场重新巡查。",
        )
