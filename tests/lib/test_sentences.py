import pytest

from qinghe.lib.sentences import inside


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("场地维修", "场地维修"),
        ("场地维修。", "场地维修"),
        (" 场地维修。。\n", "场地维修"),
        ("场地维修；", "场地维修"),
        ("是否属实？", "是否属实？"),
        ("材料不全。请补齐。", "材料不全。请补齐"),
        ("。", ""),
    ],
)
def test_what_somebody_wrote_ends_without_a_stop_inside_a_sentence(written, kept):
    assert inside(written) == kept
