from datetime import date, datetime

import pytest

from qinghe.edges.sheets import cells
from qinghe.kernel.people.models import Sex
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.text, "  红棉\u3000社区 \u00a0", "红棉 社区"),
        (cells.text, "（一）", "（一）"),
        (cells.text, "林\u200b青", "林青"),
        (cells.text, 12.0, "12"),
        (cells.code, "ＣＣ００１２ ", "CC0012"),
        (cells.code, "440307 017", "440307017"),
        (cells.code, 440307017001.0, "440307017001"),
        (cells.whole, "１２", 12),
        (cells.whole, "1,200", 1200),
        (cells.whole, 7.0, 7),
        (cells.day, "2022-06-30", date(2022, 6, 30)),
        (cells.day, "2022/6/3", date(2022, 6, 3)),
        (cells.day, "2022年6月30日", date(2022, 6, 30)),
        (cells.day, "２０２２－０６－３０", date(2022, 6, 30)),
        (cells.day, 20220630.0, date(2022, 6, 30)),
        (cells.day, datetime.fromisoformat("2022-06-30"), date(2022, 6, 30)),
        (cells.moment, "2022-06-30 14:05", datetime(2022, 6, 30, 14, 5, tzinfo=TZ)),
        (cells.moment, "2022年6月30日 8时05分", datetime(2022, 6, 30, 8, 5, tzinfo=TZ)),
        (cells.moment, "2022/6/30 14:05:09", datetime(2022, 6, 30, 14, 5, 9, tzinfo=TZ)),
        (cells.moment, datetime.fromisoformat("2022-06-30"), datetime(2022, 6, 30, tzinfo=TZ)),
        (
            cells.moment,
            datetime.fromisoformat("2022-06-30T14:04:59.999600"),
            datetime(2022, 6, 30, 14, 5, tzinfo=TZ),
        ),
        (cells.choice(Sex), "女", "female"),
        (cells.choice(Sex), "male", "male"),
    ],
)
def test_a_cell_means(parse, cell, value):
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (cells.code, 440307199901011234.0, "number_too_long"),
        (cells.whole, 10.0**17, "number_too_long"),
        (cells.whole, 1.5, "not_whole"),
        (cells.whole, "十二", "not_whole"),
        (cells.whole, True, "not_whole"),
        (cells.text, True, "not_text"),
        (cells.text, datetime.fromisoformat("2022-06-30"), "not_text"),
        (cells.text, "甲\x07乙", "not_text"),
        (cells.text_up_to(3), "四个字呀", "text_too_long"),
        (cells.day, "2022-02-30", "not_a_day"),
        (cells.day, "昨天", "not_a_day"),
        (cells.day, 44742.0, "not_a_day"),
        (cells.day, "0022-06-30", "day_outside"),
        (cells.day, datetime.fromisoformat("2022-06-30T08:00"), "not_a_day"),
        (cells.moment, "2022-06-30", "not_a_moment"),
        (cells.moment, "2022-06-30 25:00", "not_a_moment"),
        (cells.moment, 44742.5, "not_a_moment"),
        (cells.choice(Sex), "不详", "not_a_choice"),
    ],
)
def test_a_bad_cell_is_refused_in_a_sentence(parse, cell, code):
    with pytest.raises(Refused) as refusal:
        parse(cell)

    assert refusal.value.code == code
    assert refusal.value.reason.endswith("。")
