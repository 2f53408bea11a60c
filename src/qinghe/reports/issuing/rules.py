"""What signing and issuing allow: values in, verdict out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Refused

CHECK, COUNTERSIGN, SIGN = "check", "countersign", "sign"
GOING, SIGNED = "going", "signed"
LONGEST_WORD = 20


@dataclass(frozen=True)
class Named:
    """The persons whom the drafter names, by their keys."""

    checker_id: int
    countersigner_ids: tuple[int, ...]
    signer_id: int

    @property
    def in_order(self) -> tuple[tuple[str, int, int], ...]:
        """Return step, place and person of each; all who countersign share a place."""
        return (
            (CHECK, 1, self.checker_id),
            *((COUNTERSIGN, 2, person_id) for person_id in self.countersigner_ids),
            (SIGN, 3, self.signer_id),
        )


def check_named(
    named: Named, *, drafter_id: int, allowed: Collection[int], at_the_district: bool
) -> None:
    """Refuse persons who may not sign, and a drafter who signs at the district.

    Raises Refused: not_a_signer, own_signature, named_twice.
    """
    everyone = [person_id for _, _, person_id in named.in_order]
    if not set(everyone) <= set(allowed):
        raise Refused("not_a_signer", "所选人员中有人不能审签这份工作总结，没有送出；请重新选择。")
    if at_the_district and named.signer_id == drafter_id:
        raise Refused("own_signature", "区级工作总结的签发人不能是拟稿人本人，没有送出；请改选。")
    if len(set(named.countersigner_ids)) < len(named.countersigner_ids):
        raise Refused("named_twice", "会签人员重复，没有送出；请重新选择。")


def check_findings(blocking: int) -> None:
    """Refuse a text with anything in it that blocks issuing. Raises Refused: blocked."""
    if blocking:
        raise Refused(
            "blocked", f"正文还有{blocking}处必须改正的问题，没有送出；请回到起草页逐处处理。"
        )


def check_owned(lacking: Sequence[str], *, reason: str) -> None:
    """Refuse figures that are not fully reported, unless somebody owns up to them.

    Raises Refused: not_all_reported.
    """
    if lacking and not reason.strip():
        raise Refused(
            "not_all_reported",
            f"正文中有{len(lacking)}个数字还没有报送齐（{'、'.join(lacking)}），没有送出；"
            "请先催报，或写明仍然采用的理由。",
        )


def check_turn(*, is_own: bool, is_asked: bool, is_done: bool, state: str) -> None:
    """Refuse a word from whom it is not asked now. Raises Refused: not_yours, not_your_turn."""
    if not is_own:
        raise Refused("not_yours", "这一环节由别人签署，没有任何改动。")
    if state != GOING or is_done or not is_asked:
        raise Refused("not_your_turn", "这一环节已经办结或还没有轮到，没有任何改动；请刷新页面。")


def check_words(words: str) -> None:
    """Refuse to send back without saying why. Raises Refused: words_needed."""
    if not words.strip():
        raise Refused("words_needed", "退回须写明修改意见，没有任何改动。")


def check_signed(state: str) -> None:
    """Refuse to issue what was not signed. Raises Refused: not_signed."""
    if state != SIGNED:
        raise Refused(
            "not_signed", "这份工作总结还没有签发，或已经印发，没有任何改动；请刷新页面。"
        )


def check_day(day: date, *, today: date) -> None:
    """Refuse a day of issue that lies ahead. Raises Refused: day_ahead."""
    if day > today:
        raise Refused("day_ahead", "成文日期不能晚于今天，没有印发；请改正日期（G-22）。")


def check_word(word: str) -> str:
    """Return an agency word as it is printed; the number and its brackets are ours to add (G-12).

    Raises Refused: not_a_word.
    """
    tidy = word.strip()
    if not tidy or len(tidy) > LONGEST_WORD or any(each in tidy for each in "〔〕[]()（）第号0123456789"):  # fmt: skip
        raise Refused(
            "not_a_word", "机关代字只写汉字，如“龙团”，不带年份、括号和序号；没有印发，请改正。"
        )
    return tidy


def check_start(*, used: int | None, is_new: bool) -> int:
    """Return where the numbers of a word and year begin, told once. Raises Refused: already_counted."""
    if used and not is_new:
        raise Refused(
            "already_counted", "这个机关代字本年已经在平台编号，会自动接续；请把“已用到”留空。"
        )
    return used or 0
