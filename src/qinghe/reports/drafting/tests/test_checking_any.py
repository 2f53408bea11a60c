"""Whatever is typed: no number stands in a text without findings unless something vouches for it."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.lib import wording
from qinghe.reports.drafting.rules import Code

from .known import AROUND, FIGURES, check, spoken

# What the checker lets pass, said once more and independently: years, days, times, codes, marks.
EXCEPTED = [
    r"[\[［(（【〔] ?\d{4} ?[\]］)）】〕] ?第? ?\d+ ?号",
    r"(?<!\d)\d{4} ?年",
    r"(?<!\d)\d{1,2} ?月份?(?: ?\d{1,2} ?[日号])?",
    r"(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)",
    r"(?<!\d)\d{1,2} ?日",
    r"(?<!\d)\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)",
    r"(?<![\d.,])0\d+(?![\d.])",
    r"[(（]\d{1,2}[)）]",
    r"(?:^|(?<=\n)) *\d{1,2}[、．.)）]",
    r"(?<=[A-Za-z])\d+(?:[.,-]\d+)*",
]
BITS = [
    *(f"{{{code}}}" for code in FIGURES),
    "{VOL-02^last_year}", "{VOL-03@440307017!2021H2|exact}",
    *wording.PROTECTED,
    "读懂2022", "2022年", "5月4日", "9:30", "〔2022〕5号", "（1）", "0107", "三四个", "一个",
    "开展", "活动", "家", "人次", "，", "。", "共", "超", "近", "约", "余", "万", "%", "个百分点", "累计", "新增",
    "上半年", "U", "-", ".", " ", "\n",
]  # fmt: skip
NUMBERS = st.one_of(
    st.integers(1, 10**9).map(str),
    st.integers(1, 10**9).map("{:,}".format),
    st.decimals(1, 9999, places=2).map(str),
    st.integers(1, 9999).map("{}万".format),
    st.integers(1, 100).map("{}%".format),
    st.integers(1, 99).map(lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    st.integers(10, 99).map(wording.chinese_number),
    st.sampled_from(["百余", "超2.7万", "约10余", "近8500", "3千", "220余"]),
)  # fmt: skip
SENTENCES = [
    "开展志愿服务活动{VOL-02}场次，参与志愿者{VOL-03}人次。",
    "新增两新团组织{DIR-01}家，期末共计{DIR-02}家。",
    "2022年上半年围绕“五四”开展“读懂2022”系列活动。",
    "认定全区星级志愿者，增强荣誉感。",
]


def vouched(text: str) -> str:
    """Return a text without its tokens, its fixed words and what the checker lets pass."""
    rest = re.sub(r"\{[^{}]*\}", "□", text)
    for word in sorted({*wording.PROTECTED, *AROUND.fixed}, key=len, reverse=True):
        rest = rest.replace(word, "□")
    for shape in EXCEPTED:
        rest = re.sub(shape, "□", rest)
    return rest


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(BITS), NUMBERS), max_size=12).map("".join))
def test_what_is_not_found_is_no_number_or_something_vouches_for_it(text):
    rest = text
    for each in check(text):
        if each.code is Code.UNTRACED:
            rest = rest[: each.start] + "■" * (each.end - each.start) + rest[each.end :]

    assert not re.search(r"\d", vouched(rest))


@given(
    st.sampled_from(SENTENCES),
    NUMBERS,
    st.sampled_from(["家", "人次", "名", "场次", "项", "支"]),
    st.data(),
)
def test_every_planted_number_is_found(sentence, number, unit, data):
    stops = [place + 1 for place, each in enumerate(sentence) if each in "，。"]
    place = data.draw(st.sampled_from(stops))
    planted = f"其中共有{number}{unit}，"
    text = sentence[:place] + planted + sentence[place:]

    found = [each for each in check(text) if each.code is Code.UNTRACED]

    at = place + planted.index(number)
    assert [(each.start, each.end) for each in found] == [(at, at + len(number))]
    assert found[0].blocking


@given(
    st.sampled_from(["DIR-02", "DIR-01", "HON-07"]),
    st.sampled_from(["超", "逾", "近", "约", "", "超过"]),
    st.sampled_from(["余", ""]),
)
def test_a_hedge_beside_a_figure_is_found_exactly_when_it_is_not_true(code, before, after):
    text = f"共有{before}{{{code}|exact}}{after}"
    claims = wording.claims(spoken(text))
    exact = int(FIGURES[code][5])

    found = {each.code for each in check(text)} & {Code.CONTRADICTS, Code.TWO_HEDGES}

    assert bool(found) is not claims[0].is_true_of(exact)


@given(st.lists(st.one_of(st.sampled_from(BITS), NUMBERS), max_size=12).map("".join))
def test_every_finding_points_into_its_text(text):
    for each in check(text):
        assert 0 <= each.start <= each.end <= len(text)
        assert each.words == text[each.start : each.end]
        assert each.advice.endswith(("。", "）"))


def test_declaring_a_name_vouches_for_its_digits_only():
    around = replace(AROUND, fixed=frozenset({"读懂2023"}))

    found = check("“读懂2023”活动2023家。", around=around)

    assert [each.words for each in found if each.code is Code.UNTRACED] == ["2023"]
