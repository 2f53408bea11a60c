"""Fixed words keep their numerals (G-51); every other number must have a source."""

import pytest

from qinghe.lib import wording


def numbers_in(text, **options):
    return [said for _, _, said in wording.unprotected_numbers(text, **options)]


@pytest.mark.parametrize("word", wording.PROTECTED)
def test_a_fixed_word_holds_no_free_number(word):
    assert numbers_in(f"围绕“{word}”开展") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2022年上半年开展活动超2.7万场次，达47.2万人次", ["超2.7万", "47.2万"]),
        ("2022 年上半年，2022年度，2022年第二季度，7月4日，2022年7月4日", []),
        ("2022-07-04，截至7月，24 小时热线，9:30开始", []),
        ("共24小时", []),
        ("共124小时", ["124"]),
        ("共176.24小时", ["176.24"]),
        ("1100周年", ["1100"]),
        ("1、开展活动3次", ["3"]),
        ("1.开展活动\n2.培训5期", ["5"]),
        ("（1）开展，（12）培训", []),
        ("1.5万人", ["1.5万"]),
        ("2022年“0107”疫情以来", []),
        ("发布“动员令”“招募令”百余个", ["百余"]),
        ("三百余个", []),  # written out in full: not a form that reports use
        ("提出4个方面35项举措", ["4", "35"]),
        ("63%～68%", ["63%", "68%"]),
        ("最近3场，附近5家，预约300人，签约20家", ["3", "5", "300", "20"]),
        ("10千克，5千米", ["10", "5"]),
        ("３场", ["３"]),
        ("龙岗U2站", []),
        ("100年来", ["100"]),
        ("学习“四个始终成为”、六稳 六保、“24 热线”", []),
    ],
)
def test_free_numbers_are_found_whole(text, numbers):
    assert numbers_in(text) == numbers


def test_a_writer_may_protect_further_names():
    text = "开展“读懂2022”主题活动3场"

    assert numbers_in(text) == ["2022", "3"]
    assert numbers_in(text, names=["读懂2022"]) == ["3"]


def test_spans_point_into_the_text():
    text = "第一，近8500个"

    assert [text[start:end] for start, end, _ in wording.unprotected_numbers(text)] == ["近8500"]
