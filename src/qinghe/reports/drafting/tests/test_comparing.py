"""Two versions of a text, word by word."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib.wording import Phrase
from qinghe.reports.drafting.rules import comparing, differences
from qinghe.reports.drafting.rules.comparing import Side

texts = st.text(alphabet="开展活动场次人{VOL-02}{VOL-03|wan:1}ab 12。\n", max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_comparison(old, new):
    found = comparing.compare(old, new)

    assert "".join(each.text for each in found if each.side is not Side.NEW) == old
    assert "".join(each.text for each in found if each.side is not Side.OLD) == new


@given(texts)
def test_a_text_beside_itself_is_the_same(text):
    assert all(each.is_same for each in comparing.compare(text, text))


def test_a_token_changes_as_a_whole():
    found = comparing.compare("开展{VOL-02}场次活动", "开展{VOL-02|exact}场次活动")

    assert [(each.side, each.text) for each in found] == [
        (Side.SAME, "开展"),
        (Side.OLD, "{VOL-02}"),
        (Side.NEW, "{VOL-02|exact}"),
        (Side.SAME, "场次活动"),
    ]


@pytest.mark.parametrize(
    ("now", "then", "unit", "phrase", "said"),
    [
        ("27123", "24000", "场次", "", "增长13.0%"),
        ("24000", "27123", "场次", "", "下降11.5%"),
        ("24000", "24000", "场次", "", "持平"),
        ("24001", "24000", "场次", "", "基本持平"),
        ("27123", "24000", "场次", "exact", "增加3123场次"),
        ("24000", "27123", "场次", "over:1000", "减少超3000场次"),
        ("120", "0", "家", "", "增加120家"),  # from nothing there is no percentage
        ("97.4583", "96.4", "%", "", "提高1.06个百分点"),  # G-55
        ("96.4", "97.4583", "%", "percent:2", "下降1.06个百分点"),
        ("96.4", "96.4001", "%", "", "基本持平"),
        ("34.5", "30.25", "小时", "exact", "增加4小时"),
    ],
)
def test_a_change_is_said_with_its_direction(now, then, unit, phrase, said):
    decimals = 2 if unit == "%" else 0
    two = differences.Two(Decimal(now), Decimal(then), unit, decimals)

    found = differences.say_change(two, phrase=Phrase.parse(phrase) if phrase else None)

    assert found.text == said
