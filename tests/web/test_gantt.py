"""Where bars lie on a line of time, in words that need no style."""

from datetime import date

from qinghe.edges.web import gantt
from qinghe.edges.web.gantt import Mark, Task

TODAY = date(2022, 7, 15)


def test_bars_lie_between_the_first_day_and_the_last():
    whole = Task("全年", date(2022, 1, 1), date(2022, 12, 31))
    july = Task(
        "七月", date(2022, 7, 1), date(2022, 7, 31), marks=[Mark(date(2022, 7, 16), "过半")]
    )

    first, second = gantt.chart([whole, july], today=TODAY).rows

    assert (first.left, first.width) == ("0.00%", "100.00%")
    assert (second.left, second.width) == ("49.58%", "8.49%")
    assert second.days == "2022-07-01 至 2022-07-31"
    assert [dot.x for dot in second.dots] == ["53.69%"]


def test_a_heading_has_no_bar_and_a_day_has_one_that_is_seen():
    day = Task("当天", TODAY, TODAY)

    heading, first, _ = gantt.chart(
        [Task("坂田街道"), day, Task("十年", date(2015, 1, 1), date(2025, 1, 1))], today=TODAY
    ).rows

    assert (heading.left, heading.days) == ("", "")
    assert first.width == "0.40%"


def test_months_are_named_as_far_as_there_is_room():
    def labels(last):
        ticks = gantt.chart([Task("", date(2022, 1, 1), last)], today=TODAY).ticks
        return [tick.label for tick in ticks if tick.label]

    assert labels(date(2022, 4, 30)) == ["2022年", "2月", "3月", "4月"]
    assert labels(date(2023, 6, 30)) == ["2022年", "4月", "7月", "10月", "2023年", "4月"]
    assert labels(date(2026, 12, 31)) == ["2022年", "2023年", "2024年", "2025年", "2026年"]


def test_a_line_without_end_has_few_ticks():
    chart = gantt.chart([Task("", date(2022, 1, 2), date(9999, 12, 31))], today=TODAY)

    assert [tick.label for tick in chart.ticks[:2]] == ["2100年", "2200年"]
    assert len(chart.ticks) == 79


def test_today_is_drawn_only_where_it_lies_within():
    past = gantt.chart([Task("", date(2021, 1, 1), date(2021, 12, 31))], today=TODAY)

    assert past.today == ""
    assert gantt.chart([], today=TODAY).rows == []
