"""Words whose numerals are part of a name, and finding the numbers that are not (G-51)."""

import re
from collections.abc import Iterable

from .reading import NO_QUANTITY, NUMBER

PROTECTED: tuple[str, ...] = (
    "五四",
    "六一",
    "二十大",
    "一百周年",
    "100周年",
    "三会两制一课",
    "两红两优",
    "三有",
    "一对一",
    "第三次全体会议",
    "第四卷",
    "四个始终成为",
    "四个突出",
    "三个百分百",
    "百分百",
    "六稳六保",
    "两新",
    "两制",
    "双试点",
    "两代表一委员",
    "24小时",
    "24热线",
    "五行工作法",
    "一芯两核多支点",
    "区街社三级",
    "一社区一志愿服务队伍",
    "最后一公里",
    "五个阶段15个步骤",
    "12355",
)


def unprotected_numbers(text: str, *, names: Iterable[str] = ()) -> list[tuple[int, int, str]]:
    """Return start, end and wording of each number that a text claims.

    Left out are the fixed words, further `names` of the writer's own (a project called 读懂2022),
    years, days, times, codes and the marks of a list.
    """
    return [
        (found.start(), found.end(), found.group()) for found in free_numbers(text, names=names)
    ]


def free_numbers(text: str, *, names: Iterable[str] = ()) -> list[re.Match[str]]:
    """Return the matches of NUMBER that no fixed word, name, date or list mark covers."""
    covered = sheltered(text, names=names)
    return [
        found
        for found in NUMBER.finditer(text)
        if not any(start < found.end() and found.start() < end for start, end in covered)
    ]


def sheltered(text: str, *, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return where fixed words, further names, dates and list marks stand."""
    words = sorted({*PROTECTED, *names}, key=len, reverse=True)
    fixed = re.compile("|".join(_pattern(word) for word in words if word))
    return [found.span() for shape in (fixed, NO_QUANTITY) for found in shape.finditer(text)]


def _pattern(word: str) -> str:
    """Match a word with the spaces and quotes that writers put inside, never a part of a number."""
    before = r"(?<![\d.])" if word[0].isdigit() else ""
    after = r"(?![\d.]|[ ]?[万亿%％])" if word[-1].isdigit() else ""
    return before + r"[ “”‘’]*".join(map(re.escape, word)) + after
