"""What may stand in a cell, and the questions that numbers raise."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from qinghe.lib import sentences
from qinghe.lib.verdicts import Refused

LARGEST = Decimal(10) ** 13
LONGEST_TEXT, LONGEST_NOTE, LONGEST_ANSWER = 400, 200, 300
SIGNS = {"<": "小于", "<=": "不大于", "=": "等于", ">=": "不小于", ">": "大于"}


@dataclass(frozen=True)
class Worth:
    """What stands in a cell: a number in hundredths, 不适用, words, or nothing (未报)."""

    hundredths: int | None = None
    not_applicable: bool = False
    text: str = ""
    note: str = ""

    @property
    def reported(self) -> bool:
        """Test if anything was said; a note alone says nothing."""
        return self.hundredths is not None or self.not_applicable or self.text != ""

    @property
    def amount(self) -> Decimal | None:
        """Return the number."""
        return None if self.hundredths is None else Decimal(self.hundredths) / 100


NOTHING = Worth()


@dataclass(frozen=True)
class Entered:
    """What somebody typed into a cell, before it is known to be good."""

    amount: Decimal | None = None
    not_applicable: bool = False
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class CellSpec:
    """A cell as the rules read it."""

    code: str
    label: str
    kind: str = "whole"
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    jump_percent: int | None = None
    evidence: bool = False


@dataclass(frozen=True)
class Between:
    """What should hold between two cells of a form."""

    left: str
    operator: str
    right: str
    words: str = ""

    @property
    def key(self) -> str:
        """Return the name of the question that it raises."""
        return f"rule:{self.left}{self.operator}{self.right}"

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Test if two numbers stand as they should."""
        return {
            "<": left < right,
            "<=": left <= right,
            "=": left == right,
            ">=": left >= right,
            ">": left > right,
        }[self.operator]


@dataclass(frozen=True)
class Question:
    """Something the numbers raise, to be answered in words before sending. No wall."""

    key: str
    code: str
    words: str


def worth_of(cell: CellSpec, entered: Entered) -> Worth:
    """Return what was typed as it is kept.

    Raises Refused: two_answers, why_not_applicable, not_a_number, not_whole, too_precise,
    too_large, yes_or_no, not_a_text, too_long.
    """
    text, note = entered.text.strip(), entered.note.strip()
    if len(text) > LONGEST_TEXT or len(note) > LONGEST_NOTE:
        raise Refused(
            "too_long",
            f"“{cell.label}”的文字最多{LONGEST_TEXT}字、说明最多{LONGEST_NOTE}字，没有保存，请删减。",
        )
    if entered.not_applicable:
        return _not_applicable(cell, entered, note=note)
    if cell.kind == "text":
        if entered.amount is not None:
            raise Refused("not_a_text", f"“{cell.label}”填文字，没有保存，请改正。")
        return Worth(text=text, note=note)
    if text:
        raise Refused("not_a_number", f"“{cell.label}”只填数字，没有保存；补充的话请写在说明里。")
    if entered.amount is None:
        return Worth(note=note)
    return Worth(hundredths=_hundredths(cell, entered.amount), note=note)


def said(worth: Worth, *, kind: str) -> str:
    """Return what stands in a cell in the words of a page; nothing for 未报."""
    if worth.not_applicable:
        words = "不适用"
    elif worth.amount is not None and kind == "yes_no":
        words = "是" if worth.hundredths else "否"
    elif worth.amount is not None:
        words = printed(worth.amount)
    else:
        words = worth.text
    return f"{words}（{worth.note}）" if worth.note else words


def printed(amount: Decimal) -> str:
    """Return a number without zeros that say nothing."""
    return f"{amount:f}" if amount != amount.to_integral_value() else f"{int(amount)}"


def questions_about(
    *,
    cells: Sequence[CellSpec],
    between: Sequence[Between],
    worths: Mapping[str, Worth],
    shown: Mapping[str, Decimal | None],
    last: Mapping[str, Decimal],
) -> list[Question]:
    """Return what the numbers raise, in the order of the cells.

    `shown` are derived figures, which nobody answers for but which others are compared with;
    `last` are the numbers accepted for the period before.
    """
    found: list[Question] = []
    numbers: dict[str, Decimal] = {code: one for code, one in shown.items() if one is not None}
    for cell in cells:
        if cell.code in shown:
            continue
        worth = worths.get(cell.code, NOTHING)
        if not worth.reported:
            words = f"“{cell.label}”没有填。确实报不出的，请说明原因；为零请填0，不适用请选不适用。"
            found.append(Question(f"blank:{cell.code}", cell.code, words))
        elif worth.amount is not None and cell.kind != "yes_no":
            numbers[cell.code] = worth.amount
            found += _about_one(cell, worth.amount, last.get(cell.code))
    labels = {cell.code: cell.label for cell in cells}
    return found + _about_two(between, numbers=numbers, labels=labels)


def check_answered(questions: Sequence[Question], answers: Mapping[str, str]) -> None:
    """Refuse to send while a question has no answer. Raises Refused: questions_open, too_long."""
    left = [one for one in questions if not answers.get(one.key, "").strip()]
    if left:
        raise Refused(
            "questions_open",
            f"还有{len(left)}处需要说明，填写的数字已保留。{left[0].words}",
        )
    if any(len(text) > LONGEST_ANSWER for text in answers.values()):
        raise Refused("too_long", f"每处说明最多{LONGEST_ANSWER}字，没有报送，请删减。")


def check_something_said(worths: Collection[Worth], *, derived: int) -> None:
    """Refuse to send an empty form. Raises Refused: nothing_filled."""
    if not derived and not any(worth.reported for worth in worths):
        raise Refused("nothing_filled", "还没有填写任何内容，没有报送；为零请填0。")


def check_evidence(
    *, cells: Sequence[CellSpec], worths: Mapping[str, Worth], attached: Collection[str]
) -> None:
    """Refuse to send a number without the papers that it needs; zero has nothing to show.

    Raises Refused: evidence_needed.
    """
    for cell in cells:
        worth = worths.get(cell.code, NOTHING)
        if cell.evidence and (worth.hundredths or worth.text) and cell.code not in attached:
            raise Refused(
                "evidence_needed",
                f"“{cell.label}”须附佐证材料，没有报送，填写的内容已保留；请上传后再报送。",
            )


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent with two decimals; of nothing there is none."""
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _not_applicable(cell: CellSpec, entered: Entered, *, note: str) -> Worth:
    if entered.amount is not None or entered.text.strip():
        raise Refused(
            "two_answers", f"“{cell.label}”选了不适用，就不能再填内容，没有保存；请二者取一。"
        )
    if not note:
        raise Refused("why_not_applicable", f"“{cell.label}”选了不适用，请在说明里写明原因。")
    return Worth(not_applicable=True, note=note)


def _hundredths(cell: CellSpec, amount: Decimal) -> int:
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise Refused("too_large", f"“{cell.label}”的数字过大，没有保存，请核对。")
    if cell.kind == "yes_no" and amount not in (0, 1):
        raise Refused("yes_or_no", f"“{cell.label}”只能填是或否，没有保存。")
    if cell.kind != "hundredths" and amount != amount.to_integral_value():
        raise Refused("not_whole", f"“{cell.label}”须填整数，没有保存，请改正。")
    if amount * 100 != (amount * 100).to_integral_value():
        raise Refused("too_precise", f"“{cell.label}”最多两位小数，没有保存，请改正。")
    return int(amount * 100)


def _about_one(cell: CellSpec, amount: Decimal, last: Decimal | None) -> list[Question]:
    now = f"“{cell.label}”填了{printed(amount)}{cell.unit}"
    found = []
    if cell.least is not None and amount < cell.least:
        words = f"{now}，低于通常的下限{printed(cell.least)}，请核对或说明。"
        found.append(Question(f"least:{cell.code}", cell.code, words))
    if cell.most is not None and amount > cell.most:
        words = f"{now}，高于通常的上限{printed(cell.most)}，请核对或说明。"
        found.append(Question(f"most:{cell.code}", cell.code, words))
    if cell.jump_percent is not None and last is not None and _jumps(cell, amount, last):
        words = f"{now}，上期为{printed(last)}，变动超过{cell.jump_percent}%，请核对或说明。"
        found.append(Question(f"jump:{cell.code}", cell.code, words))
    return found


def _jumps(cell: CellSpec, amount: Decimal, last: Decimal) -> bool:
    return abs(amount - last) * 100 > abs(last) * (cell.jump_percent or 0)


def _about_two(
    between: Sequence[Between], *, numbers: Mapping[str, Decimal], labels: Mapping[str, str]
) -> list[Question]:
    found = []
    for rule in between:
        left, right = numbers.get(rule.left), numbers.get(rule.right)
        if left is None or right is None or rule.holds(left, right):
            continue
        words = rule.words or (
            f"“{labels.get(rule.left, rule.left)}”应{SIGNS[rule.operator]}"
            f"“{labels.get(rule.right, rule.right)}”"
        )
        words = (
            f"{sentences.inside(words)}（现为{printed(left)}和{printed(right)}），请核对或说明。"
        )
        found.append(Question(rule.key, rule.left, words))
    return found
