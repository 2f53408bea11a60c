"""Brackets, widths, dates and stops (G-12, G-14, G-17, G-22, G-50)."""

import re
from collections.abc import Iterator

from qinghe.reports.drafting.rules.findings import Code, Spot
from qinghe.reports.drafting.rules.tokens import parse

_HAN = r"[\u4e00-\u9fff，。；：！？、“”‘’（）《》〔〕{}]"
_NUMBERED = re.compile(
    r"(?P<open>[\[［(（【〔])[ ]?(?P<year>\d{4})[ ]?[\]］)）】〕][ ]?(?P<ordinal>第)?[ ]?(?P<number>\d+)[ ]?号"
)
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．]+")
_HALF_WIDTH = re.compile(rf"[()\[\]]|(?:(?<={_HAN})[,;:?!\"'.])|(?:[,;:?!\"'](?={_HAN}))")
_LEADING_ZERO = re.compile(
    r"\d{4}年0\d月(?:\d{1,2}日)?|(?<!\d)\d{1,2}月0\d日|(?<!\d)0\d月\d{1,2}日"
)
_RANGE = re.compile(r"\d+(?:\.\d+)?[～~\-—至]\d+(?:\.\d+)?[%％]")
_STOP = re.compile(r"[。，；：、！？]$", re.M)
_PAIRS = {"（": "）", "“": "”", "‘": "’", "《": "》", "〔": "〕", "【": "】", "〈": "〉"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}


def of_text(text: str) -> Iterator[Spot]:
    """Yield what is wrong with the marks of a text."""
    yield from stray_braces(text)
    yield from numbered(text)
    yield from unpaired(text)
    for found in _FULL_WIDTH.finditer(text):
        yield Spot(Code.FULL_WIDTH_DIGITS, *found.span(), "数字和字母用半角。")
    yield from half_width(text)
    for found in _LEADING_ZERO.finditer(text):
        yield Spot(Code.LEADING_ZERO, *found.span(), "月、日不编虚位，如2022年7月4日（G-22）。")
    for found in _RANGE.finditer(text):
        yield Spot(Code.RANGE_PERCENT, *found.span(), "范围两端都写百分号，如63%～68%（G-50）。")


def numbered(text: str) -> Iterator[Spot]:
    """Yield each document number that is not written as 〔2022〕5号 (G-12)."""
    for found in _NUMBERED.finditer(text):
        good = f"〔{found['year']}〕{int(found['number'])}号"
        if found.group() != good:
            yield Spot(Code.BRACKETS, *found.span(), f"发文字号写作“{good}”（G-12）。")


def half_width(text: str) -> Iterator[Spot]:
    """Yield each half-width mark in Chinese text; those of a document number are numbered's."""
    sheltered = [found.span() for found in _NUMBERED.finditer(text)]
    sheltered += [(p.start, p.end) for p in parse(text) if p.token is not None]
    for found in _HALF_WIDTH.finditer(text):
        if not any(start <= found.start() < end for start, end in sheltered):
            yield Spot(Code.HALF_WIDTH_MARKS, *found.span(), "中文里的标点用全角。")


def unpaired(text: str) -> Iterator[Spot]:
    """Yield each bracket or quotation mark that has no partner."""
    waiting: list[tuple[str, int]] = []
    for place, each in enumerate(text):
        if each in _PAIRS:
            waiting.append((each, place))
        elif each in _CLOSING:
            if waiting and waiting[-1][0] == _CLOSING[each]:
                waiting.pop()
            else:
                yield Spot(Code.BRACKETS, place, place + 1, f"“{each}”没有配对。")
    for each, place in waiting:
        yield Spot(Code.BRACKETS, place, place + 1, f"“{each}”没有配对。")


def stray_braces(text: str) -> Iterator[Spot]:
    """Yield braces that hold no figure: a token that was mistyped."""
    for piece in parse(text):
        if piece.token is not None:
            continue
        for found in re.finditer(r"\{[^{}]*\}?|\}", piece.text):
            start = piece.start + found.start()
            yield Spot(
                Code.MALFORMED,
                start,
                start + len(found.group()),
                "这里不是完整的数字标记，请重新选择指标。",
            )


def stops_in_heading(text: str) -> Iterator[Spot]:
    """Yield the mark that a heading or a line of the title ends with (G-14, G-17)."""
    for found in _STOP.finditer(text):
        yield Spot(Code.HEADING_STOP, *found.span(), "标题末尾不用标点（G-17）。")
