"""Who may review whom, and when marks are settled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qinghe.lib.verdicts import Refused

from .scoring import check_marks, in_words, mean

MEAN, AGREED = "mean", "agreed"


@dataclass(frozen=True)
class Entered:
    """What an organisation has filled in of an item, for the check before it is handed in."""

    number: str
    marks: int | None
    full: int
    is_needed: bool
    reason: str
    evidence_needed: bool
    files: int


def check_another_org(*, holdings: Iterable[str], org_path: str, stands_there: bool) -> None:
    """Refuse a reviewer who is of the organisation under review (four eyes).

    Whoever holds a post at it or below it, or is on its roll, is of it; who answers for all above
    it is not. Raises Refused: own_org.
    """
    if stands_there or any(path.startswith(org_path) for path in holdings):
        raise Refused("own_org", "您是被考核单位的人，不能复核或答复本单位，没有改动。")


def check_another(*, decides: int, others: Collection[int | None], why: str) -> None:
    """Refuse whoever had a hand in it before. Raises Refused: own_work."""
    if decides in others:
        raise Refused("own_work", why)


def check_room(*, given: Collection[int], by: int, wanted: int) -> None:
    """Refuse one reviewer more than the scheme asks for. Raises Refused: enough_reviewers."""
    if by not in given and len(given) >= wanted:
        raise Refused("enough_reviewers", f"这一项已由{wanted}人复核，没有再记分。")


def settled(marks: Sequence[int], *, wanted: int, combine: str) -> int | None:
    """Return the marks that follow from the reviews, or None while they do not settle it."""
    if len(marks) < wanted:
        return None
    if combine == MEAN:
        return mean(marks)
    return marks[0] if len(set(marks)) == 1 else None


def check_complete(entered: Iterable[Entered]) -> None:
    """Refuse to hand in what is not filled in, naming what lacks.

    Raises Refused: not_complete, wrong_marks, evidence_needed.
    """
    rows = list(entered)
    lacking = [one.number for one in rows if one.is_needed and one.marks is None]
    if lacking:
        raise Refused(
            "not_complete", f"还有项目没有打分（{_listed(lacking)}），没有提交；已填的都已保存。"
        )
    told = [one for one in rows if one.marks]
    for one in told:
        check_marks(one.marks or 0, full=one.full)
    if silent := [one.number for one in told if not one.reason.strip()]:
        raise Refused(
            "not_complete",
            f"打了分的项目要写明理由（{_listed(silent)}），没有提交；已填的都已保存。",
        )
    if bare := [one.number for one in told if one.evidence_needed and not one.files]:
        raise Refused(
            "evidence_needed", f"这些项目要上传佐证（{_listed(bare)}），没有提交；已填的都已保存。"
        )


def check_reviewed(*, waiting: int, open_sheets: int, untaken: int) -> None:
    """Refuse to show results before every mark is settled. Raises Refused: not_reviewed."""
    if open_sheets:
        raise Refused(
            "not_reviewed",
            f"还有{open_sheets}个单位没有提交自评，没有公布；期限过后可在名单中登记为“未提交”。",
        )
    if untaken:
        raise Refused("not_reviewed", f"还有{untaken}个数据项没有取数，没有公布，请先取数。")
    if waiting:
        raise Refused("not_reviewed", f"还有{waiting}个得分没有复核完，没有公布，请先复核。")


def difference(before: int, after: int) -> str:
    """Say how marks changed."""
    return f"{in_words(before)} → {in_words(after)}"


def _listed(numbers: Sequence[str]) -> str:
    shown = "、".join(numbers[:6])
    return f"{shown}等{len(numbers)}项" if len(numbers) > 6 else shown
