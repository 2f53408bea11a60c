"""When words may be declared fixed (G-51)."""

import re

from qinghe.lib import wording
from qinghe.lib.verdicts import Refused

_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
LONGEST = 60


def check_words(words: str, *, reason: str) -> None:
    """Refuse what is no name: a bare number, or a number with its unit.

    Raises Refused: not_fixed, reason_needed.
    """
    if not reason.strip():
        raise Refused("reason_needed", "请写明为什么这是固定表述；没有登记。")
    if len(words) > LONGEST:
        raise Refused("not_fixed", f"固定表述不超过{LONGEST}字；没有登记。")
    rest = words
    for start, end, _ in reversed(wording.unprotected_numbers(words)):
        rest = rest[:start] + rest[end:]
    if len(_LETTERS.findall(rest)) < 2 or rest in wording.UNITS:
        raise Refused(
            "not_fixed",
            "固定表述是名称的一部分，请连同名称一起填写，如“读懂2022”；"
            "光有数字和单位的，请改用指标。没有登记。",
        )
