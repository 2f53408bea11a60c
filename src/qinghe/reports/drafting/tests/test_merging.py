"""Two texts made of a third, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.reports.drafting.rules import merging

BASE = "上半年，全区开展志愿服务{VOL-02}场次，服务{VOL-04}小时。各街道积极参与，成效明显。"
texts = st.text(alphabet="开展活动场次人{VOL-02}ab 12。", max_size=30)


def test_what_each_changed_alone_is_taken_from_both():
    mine = BASE.replace("积极参与", "广泛发动青年")
    theirs = BASE.replace("{VOL-04}小时", "{VOL-04|wan:1}小时")

    merged = merging.merge(BASE, mine=mine, theirs=theirs)

    assert merged.clashes == 0
    assert merged.text == mine.replace("{VOL-04}小时", "{VOL-04|wan:1}小时")


def test_what_both_changed_is_shown_beside_each_other_and_the_rest_is_merged():
    mine = BASE.replace("成效明显", "成效显著").replace("上半年", "今年上半年")
    theirs = BASE.replace("成效明显", "效果突出")

    merged = merging.merge(BASE, mine=mine, theirs=theirs)

    (clash,) = [part for part in merged.parts if part.is_clash]
    assert "显著" in clash.mine
    assert "突出" in clash.theirs
    assert merged.text == mine


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text", "clashes"),
    [
        ("甲乙丙丁", "甲乙丙丁", "甲丁", "甲丁", 0),  # only the other one changed it
        ("甲乙丙丁", "甲丁", "甲丁", "甲丁", 0),  # both changed it alike
        ("一。", "一。二。", "一。三。", "一。二。", 1),  # two went on at the same place
        ("", "我写的", "对方写的", "我写的", 1),
        ("甲乙丙丁戊己", "甲乙丙丁戊", "乙丙丁戊己", "乙丙丁戊", 0),
        ("服务", "月务", "服从", "月务", 1),  # half a word of each would be no word
    ],
)
def test_changes_meet_or_do_not(base, mine, theirs, text, clashes):
    merged = merging.merge(base, mine=mine, theirs=theirs)

    assert (merged.text, merged.clashes) == (text, clashes)


@given(texts, texts, texts)
def test_no_word_of_either_is_dropped_in_silence(base, mine, theirs):
    merged = merging.merge(base, mine=mine, theirs=theirs)

    assert "".join(part.base for part in merged.parts) == base
    if mine == base:
        assert merged.text == theirs
    if theirs == base:
        assert merged.text == mine
    if not merged.clashes:
        turned = merging.merge(base, mine=theirs, theirs=mine)
        assert turned.text == merged.text


@given(texts, texts)
def test_who_writes_alone_is_never_asked(base, mine):
    assert merging.merge(base, mine=mine, theirs=base).text == mine
    assert merging.merge(base, mine=base, theirs=mine).clashes == 0
