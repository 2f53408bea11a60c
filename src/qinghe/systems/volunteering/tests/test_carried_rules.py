"""How a row of another platform is read, matched and known again, as tables."""

from datetime import date

import pytest

from qinghe.edges.sheets import foreign
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.rules import Before, Namesake, Told

BIRTH = date(1995, 3, 1)
FULL = "440307199503011235"


@pytest.mark.parametrize(
    ("written", "unit", "minutes"),
    [
        ("2.5", "hours", 150),
        ("2.5小时", "hours", 150),
        ("0.33", "hours", 19),  # nothing over a whole minute
        ("1,200", "minutes", 1200),
        ("90", "minutes", 90),
        ("2小时30分", "clock", 150),
        ("45分钟", "clock", 45),
        ("3小时", "clock", 180),
        ("2：05", "clock", 125),
        ("2:30:00", "clock", 150),
        ("-1", "hours", -60),
    ],
)
def test_a_length_is_read_in_its_unit(written, unit, minutes):
    assert rules.minutes_said(written, unit=unit) == minutes


@pytest.mark.parametrize(
    ("written", "unit"),
    [("两小时", "hours"), ("", "clock"), ("2.5", "clock"), ("nan", "hours"), ("1e99", "minutes")],
)
def test_a_length_that_means_nothing_is_refused(written, unit):
    with pytest.raises(Refused, match="读不懂"):
        rules.minutes_said(written, unit=unit)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("4403**********1235", "4403**********1235"),
        ("4403●●●●●●●●●●123x", "4403**********123X"),
        ("4403****1235", "4403**********1235"),  # fewer signs than are hidden
        ("４４０３＊＊＊＊＊＊＊＊＊＊1235", "4403**********1235"),
        (FULL, FULL),
    ],
)
def test_a_partly_hidden_number_is_read_place_by_place(written, shown):
    assert identifiers.shown_of_resident_id(written) == shown


@pytest.mark.parametrize("written", ["12345", "G1234567", "4403**********123a", "*" * 40 + "1"])
def test_what_is_no_identity_number_is_refused(written):
    with pytest.raises(Refused) as refused:
        identifiers.shown_of_resident_id(written)
    assert refused.value.code == "bad_shown_id"


@pytest.mark.parametrize(
    ("shown", "agrees"),
    [(FULL, True), ("4403**********1235", True), ("4403**********1236", False), ("4401" + "*" * 14, False)],
)  # fmt: skip
def test_a_number_agrees_in_every_place_that_is_shown(shown, agrees):
    assert identifiers.agrees_with_shown(FULL, shown=shown) is agrees


HIDDEN, WITH_BIRTH = "4403**********1235", "440307199503011235"[:14] + "**35"
SEXED = "440307199503" + "01" + "**3*"


@pytest.mark.parametrize(
    ("shown", "remembered", "namesakes", "state", "who", "how"),
    [
        (HIDDEN, None, [], "nobody", None, ""),
        (HIDDEN, None, [Namesake(1, BIRTH, "male", True)], "matched", 1, "shown_id"),
        (HIDDEN, None, [Namesake(1, BIRTH, "male", False)], "nobody", None, ""),
        (HIDDEN, None, [Namesake(1, BIRTH, "", True), Namesake(2)], "matched", 1, "shown_id"),
        (HIDDEN, None, [Namesake(1, agrees=True), Namesake(2, agrees=True)], "several", None, ""),
        (HIDDEN, None, [Namesake(1, BIRTH, "male")], "several", None, ""),  # sex alone is little
        (HIDDEN, None, [Namesake(1, BIRTH, "female")], "nobody", None, ""),  # the 17th digit is 3
        (SEXED, None, [Namesake(1, BIRTH, "male")], "matched", 1, "birth"),
        (SEXED, None, [Namesake(1, BIRTH, "male"), Namesake(2)], "several", None, ""),
        (SEXED, None, [Namesake(1, date(1996, 3, 1), "male")], "nobody", None, ""),
        (SEXED, None, [Namesake(1, BIRTH, "")], "several", None, ""),
        (
            "44" + "*" * 16,
            None,
            [Namesake(1, agrees=True)],
            "several",
            None,
            "",
        ),  # too little shown
        ("", None, [Namesake(1)], "several", None, ""),
        ("", 1, [Namesake(1), Namesake(2)], "matched", 1, "remembered"),
        (
            HIDDEN,
            1,
            [Namesake(1, agrees=False), Namesake(2, agrees=True)],
            "matched",
            2,
            "shown_id",
        ),
        ("", 9, [Namesake(1)], "several", None, ""),  # remembered under another name
    ],
)
def test_a_row_is_matched_in_the_order_that_is_written_down(
    shown, remembered, namesakes, state, who, how
):
    found = rules.match(shown=shown, remembered=remembered, namesakes=namesakes)

    assert (found.state, found.volunteer_id, found.how) == (state, who, how)


@pytest.mark.parametrize(
    ("minutes", "before", "known", "earlier"),
    [
        ([150], [], [False], [None]),
        ([150], [Before(1, 150)], [True], [1]),
        ([150], [Before(1, 120)], [False], [1]),
        ([120, 150], [Before(1, 150)], [False, True], [None, 1]),
        ([120, 150], [Before(1, 150), Before(2, 60)], [False, True], [2, 1]),
    ],
)
def test_a_row_is_known_again_by_its_length_and_else_is_a_change(minutes, before, known, earlier):
    again = rules.compare(minutes, before)

    assert ([one.known for one in again], [one.earlier for one in again]) == (known, earlier)


def told(line=2, **more):
    given = {"name": "小明", "shown": HIDDEN, "day": date(2022, 4, 2), "minutes": 150, **more}
    return Told(line=line, **given)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([told()], {}),
        ([told(name="")], {2: "没有姓名"}),
        ([told(shown="")], {2: "没有证件号"}),
        ([told(shown="", number="SZ1")], {}),
        ([told(day=date(2022, 6, 2))], {2: "还没有到"}),
        ([told(minutes=0)], {2: "不是正数"}),
        ([told(minutes=800), told(3, minutes=700)], {2: "24小时", 3: "24小时"}),
        ([told(), told(3)], {3: "与第2行完全相同"}),
        ([told(), told(3, minutes=60)], {}),
        ([told(doubts=("时长：读不懂。",), minutes=None)], {2: "读不懂"}),
    ],
)
def test_what_cannot_be_is_doubted_with_its_sentence(rows, words):
    found = rules.doubts_of(rows, today=date(2022, 5, 20))

    assert found.keys() == words.keys()
    assert all(words[line] in said for line, said in found.items())


def _check(columns):
    foreign.check_mapping(columns, headings=["A", "B", "C", "D"])
    rules.check_columns(columns)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"name": "A", "shown": "A", "day": "B", "minutes": "C"}, "column_twice"),
        ({"name": "A", "shown": "Z", "day": "B", "minutes": "C"}, "unknown_column"),
        ({"name": "A", "shown": "D", "day": "B"}, "column_needed"),
        ({"name": "A", "day": "B", "minutes": "C"}, "column_needed"),
    ],
)
def test_a_mapping_that_names_nobody_or_twice_is_refused(columns, code):
    with pytest.raises(Refused) as refused:
        _check(columns)
    assert refused.value.code == code
