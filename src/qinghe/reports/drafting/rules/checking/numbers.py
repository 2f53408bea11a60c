"""Numbers that nobody can trace, and numbers that say what is not so (G-51 to G-54)."""

import re
from collections.abc import Iterator

from qinghe.lib import wording
from qinghe.lib.wording import Claim, Hedge
from qinghe.reports.drafting.rules.findings import Code, Spot

from .spoken import BLANK, Placed, Spoken

UNTRACED = "这个数字是手工写的，没有来源；请选择对应的指标，确属固定表述的由本人登记理由。"
_UNITS = "|".join(sorted((u for u in wording.UNITS if "%" not in u), key=len, reverse=True))
# Digits behind Latin letters are a name: U2. Any others are a number, however it is written.
_NAMED = re.compile(r"[A-Za-z]\d+(?:[.,-]\d+)*")
_DIGITS = re.compile(r"\d+")
# 二十三家, 数十名: Chinese numerals do not hide a figure. 三四个, 一个, 两项 are ways of speaking.
_IN_CHINESE = re.compile(
    r"(?<![第一二两三四五六七八九十百千万亿零])"
    r"(?:(?=[一二两三四五六七八九零]*[十百千万亿])[一二两三四五六七八九十百千万亿零]{2,}|十)"
    rf"余?(?={_UNITS})"
)

_STARTS = re.compile(r"超过?|逾|近|约")
_ENDS = re.compile(r"[余多]$")
_ENDS_BEFORE = re.compile(r"(?:超过?|逾|(?<![最附])近|(?<![预签节契条公合违履邀])约)$")
_STARTS_AFTER = re.compile(r"[余多](?!媒)")


def untraced(spoken: Spoken) -> Iterator[Spot]:
    """Yield each number that was typed and is no fixed word, date or mark of a list."""
    covered = wording.sheltered(spoken.typed, names=spoken.fixed)
    for claim in wording.claims(spoken.typed, names=spoken.fixed):
        covered.append((claim.start, claim.end))
        yield Spot(Code.UNTRACED, claim.start, claim.end, UNTRACED)
        if claim.hedge is Hedge.FAULTY:
            yield _faulty(claim.text, claim.start, claim.end)
    covered += [found.span() for found in _NAMED.finditer(spoken.typed)]
    yield from _outside(covered, _DIGITS, spoken, UNTRACED)
    yield from _outside(covered, _IN_CHINESE, spoken, f"{UNTRACED}统计数字用阿拉伯数字（G-50）。")


def _outside(
    covered: list[tuple[int, int]], shape: re.Pattern[str], spoken: Spoken, advice: str
) -> Iterator[Spot]:
    """Yield what has a shape where nothing is found yet or vouched for."""
    rest = spoken.typed
    for start, end in covered:
        rest = rest[:start] + BLANK * (end - start) + rest[end:]
    for found in shape.finditer(rest):
        yield Spot(Code.UNTRACED, *found.span(), advice)


def contradictions(spoken: Spoken) -> Iterator[Spot]:
    """Yield each printed number that its figure does not bear out, with the words around it."""
    claims = wording.claims(spoken.printed, names=spoken.fixed)
    for claim in claims:
        covered = [
            each
            for each in spoken.placed
            if each.at < claim.end and claim.start < each.till and each.is_said()
        ]
        if covered and not _is_true(claim, covered):
            start, end = spoken.source_span(claim.start, claim.end)
            if claim.hedge is Hedge.FAULTY:
                yield _faulty(claim.text, start, end)
            else:
                yield Spot(Code.CONTRADICTS, start, end, _advice(claim, covered))


def doubled(spoken: Spoken) -> Iterator[Spot]:
    """Yield each hedge that was typed beside a figure whose own words hedge already (G-53)."""
    for each in spoken.placed:
        said = each.known.printed
        if not each.is_said() or not (_STARTS.match(said) or _ENDS.search(said)):
            continue
        before, after = (
            _ENDS_BEFORE.search(spoken.before(each)),
            _STARTS_AFTER.match(spoken.after(each)),
        )
        if before or after:
            start = each.start - (len(before.group()) if before else 0)
            end = each.end + (len(after.group()) if after else 0)
            yield Spot(
                Code.TWO_HEDGES,
                start,
                end,
                f"数字标记已经写作“{said}”，请删去手工写的概数词（G-53）。",
            )


def _is_true(claim: Claim, covered: list[Placed]) -> bool:
    if len(covered) > 1:
        return False
    exact = covered[0].known.exact
    return exact is not None and claim.is_true_of(exact)


def _advice(claim: Claim, covered: list[Placed]) -> str:
    if len(covered) > 1:
        return "两个数字连在一起，读成了一个；请在中间加上文字。"
    known = covered[0].known
    return (
        f"写成“{claim.text}”，而“{known.label}”实际为{known.exact:f}；"
        "请去掉数字前后手工写的概数词，改用数字标记里的写法。"
    )


def _faulty(text: str, start: int, end: int) -> Spot:
    if re.search(r"[千百十]", text):
        return Spot(
            Code.SPOKEN_SIZE,
            start,
            end,
            f"“{text}”请写出全部数字，阿拉伯数字后只能用万、亿（G-52）。",
        )
    return Spot(Code.TWO_HEDGES, start, end, f"“{text}”用了两个概数词，请只留一个（G-53）。")
