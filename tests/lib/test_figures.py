"""Every computed figure of the reference report, from an exact value to its printed words."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from qinghe.lib import wording
from qinghe.lib.wording import Phrase

FIGURES = Path(__file__).parent.parent / "data" / "figures.csv"

# figure, an exact value that it may stand for, phrase, as printed
PRINTED = [
    ("F010", "1703600", "over:100000", "超170万"),
    ("F011", "363", "exact", "363"),
    ("F017", "15", "exact", "15"),
    ("F019", "97.46", "percent:2", "97.46%"),
    ("F020", "130", "exact", "130"),
    ("F021", "223", "more:10", "220余"),
    ("F022", "186", "more:10", "180余"),
    ("F024", "34754", "exact", "34754"),
    ("F025", "2315", "exact", "2315"),
    ("F026", "267", "exact", "267"),
    ("F030", "375", "exact", "375"),
    ("F031", "97", "exact", "97"),
    ("F032", "1060", "exact", "1060"),
    ("F033", "99.84", "percent:2", "99.84%"),
    ("F034", "98.26", "percent:2", "98.26%"),
    ("F036", "3", "exact", "3"),
    ("F037", "4", "exact", "4"),
    ("F038", "35", "exact", "35"),
    ("F039", "5", "exact", "5"),
    ("F045", "103", "more:10", "100余"),
    ("F046", "653", "exact", "653"),
    ("F047", "85", "exact", "85"),
    ("F048", "366", "exact", "366"),
    ("F050", "13", "more:10", "10余"),
    ("F051", "30", "exact", "30"),
    ("F052", "4", "exact", "4"),
    ("F053", "11", "exact", "11"),
    ("F054", "1078", "exact", "1078"),
    ("F055", "40037", "wan:0", "4万"),
    ("F056", "27344", "over:1000", "超2.7万"),
    ("F057", "472018", "wan:1", "47.2万"),
    ("F058", "1763012.5", "wan:1", "176.3万"),
    ("F059", "156", "exact", "156"),
    ("F061", "54", "more:10", "50余"),
    ("F062", "10432", "more:10000", "1万余"),
    ("F063", "3", "exact", "3"),
    ("F065", "3", "exact", "3"),
    ("F067", "684", "exact", "684"),
    ("F068", "106", "hundreds", "百余"),
    ("F069", "465", "exact", "465"),
    ("F070", "8934", "more:100", "8900余"),
    ("F071", "365", "exact", "365"),
    ("F073", "6", "exact", "6"),
    ("F074", "9", "exact", "9"),
    ("F076", "8467", "near:500", "近8500"),
    ("F078", "318", "more:100", "300余"),
    ("F080", "57", "exact", "57"),
    ("F081", "226", "exact", "226"),
    ("F082", "2031200", "wan:0", "203万"),
    ("F083", "4.38", "percent:2", "4.38%"),
    ("F084", "36.30136986", "percent:1", "36.3%"),
]

# Numerals inside a fixed word: 三个百分百, 第三次全体会议, 一社区一志愿服务队伍 (G-51).
IN_A_FIXED_WORD = {"F029", "F093", "F095"}
# One honour each, told without a numeral.
UNSPOKEN = {"F014", "F015"}


def figures():
    with FIGURES.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@pytest.mark.parametrize(("figure", "exact", "token", "printed"), PRINTED)
def test_each_printed_number_is_reproduced_from_an_exact_value(figure, exact, token, printed):
    said = wording.say(Decimal(exact), Phrase.parse(token))

    assert said == printed == figures()[figure]["printed"]
    assert wording.is_true(said, Decimal(exact))


def test_numerals_of_fixed_words_are_reproduced_in_chinese():
    rows = figures()

    said = {
        figure: wording.chinese_number(int(rows[figure]["value"])) for figure in IN_A_FIXED_WORD
    }

    assert said == {figure: rows[figure]["printed"] for figure in IN_A_FIXED_WORD}


def test_all_56_computed_figures_are_covered():
    rows = figures()
    unspoken = {figure for figure, row in rows.items() if not row["printed"]}
    printed = [figure for figure, *_ in PRINTED]

    assert len(rows) == 56
    assert unspoken == UNSPOKEN
    assert sorted([*printed, *IN_A_FIXED_WORD, *UNSPOKEN]) == sorted(rows)


@pytest.mark.parametrize(("figure", "exact", "token", "printed"), PRINTED)
def test_a_printed_number_contradicts_one_half_as_large(figure, exact, token, printed):
    assert wording.contradicts(printed, Decimal(exact) / 2)


def test_the_unit_of_every_figure_fits_its_kind():
    unfit = [
        figure
        for figure, row in figures().items()
        if not wording.unit_fits(row["kind"], row["unit"])
    ]

    assert unfit == []
