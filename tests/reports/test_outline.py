"""The outline: every wanted figure has its sentence, and the words are fit for an official text."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.analytics import catalogue
from qinghe.lib import wording
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.blocks import Kind, Number
from qinghe.reports.half_year.required import WANTED

from . import makers

REFERENCE = Path(__file__).parents[1] / "data" / "figures.csv"
HALF_WIDTH = re.compile(r"[()\[\],;:?!\"']")
AFTER = {"%": "", "支/社区": "志愿服务队伍"}  # what follows where the unit itself does not


def reference() -> dict[str, dict[str, str]]:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@pytest.fixture
def whole() -> blocks.Draft:
    values = {row.code: Decimal(reference()[row.figure]["value"]) for row in WANTED}
    return makers.draft(values)


def runs(draft: blocks.Draft) -> list[Number]:
    return [run for block in draft.blocks for run in block.runs if isinstance(run, Number)]


def test_the_wanted_figures_are_those_of_the_reference_list():
    rows = reference()

    assert [row.figure for row in WANTED] == list(rows)
    assert len({row.code for row in WANTED}) == len(WANTED) == 56
    for row in WANTED:
        assert row.kind == rows[row.figure]["kind"], row.figure
        assert row.meaning.endswith("。"), row.figure


def test_every_wanted_figure_stands_in_a_sentence_of_its_own(whole):
    said = [run.code for run in runs(whole)]

    assert sorted(said) == sorted(row.code for row in WANTED)


def test_the_unit_follows_its_number(whole):
    for block in whole.blocks:
        for place, run in enumerate(block.runs):
            if not isinstance(run, Number):
                continue
            after = block.runs[place + 1].text if place + 1 < len(block.runs) else ""
            unit = AFTER.get(run.wanted.unit, run.wanted.unit)
            if run.wanted.phrase != "word":
                assert after.startswith(unit), (run.code, after[:6])


def test_the_structure_is_three_parts_with_six_four_and_four_items(whole):
    first = [block.text for block in whole.blocks if block.kind is Kind.HEADING1]
    second = [block.text[:3] for block in whole.blocks if block.kind is Kind.HEADING2]
    problems = next(b.text for b in whole.blocks if "仍有以下不足" in b.text)

    assert [text[:2] for text in first] == ["一、", "二、", "三、"]
    assert second == [f"（{n}）" for n in "一二三四五六"] + [f"（{n}）" for n in "一二三四"]
    assert all(f"{n}是" in problems for n in "一二三四")


def test_the_words_are_fit_for_an_official_text(whole):
    for block in whole.blocks:
        assert not HALF_WIDTH.search(block.text), block.text
        assert not set(" *") & set(block.text)
        assert "少年官" not in block.text
        if block.kind in (Kind.HEADING1, Kind.HEADING2, Kind.TITLE):
            assert not block.text.endswith("。")  # G-17
        if block.kind is Kind.PARAGRAPH:
            assert block.text.endswith(("。", "："))


def test_the_day_of_issue_has_no_leading_zeros(whole):
    date = next(block.text for block in whole.blocks if block.kind is Kind.DATE)

    assert date == "2022年7月4日"  # G-22


def test_reference_values_print_as_in_the_reference_report(whole):
    said = {run.wanted.figure: run.text for run in runs(whole)}
    unhedged = {
        figure: row["printed"]
        for figure, row in reference().items()
        if row["printed"] and not set("超余近约") & set(row["printed"])
    }

    assert len(unhedged) > 30  # exactly round values lose a hedge, so those are left out here
    assert {figure: said[figure] for figure in unhedged} == unhedged


def test_what_is_not_fed_is_shown_as_waiting_and_counted():
    draft = makers.draft({"VOL-04": Decimal("1763000")})

    said = {run.code: run.text for run in runs(draft)}
    assert said["VOL-04"] == "176.3万"
    assert said["EMG-02"] == blocks.WAITING
    assert (draft.fed, draft.waiting, draft.wanted) == (1, 55, 56)


def test_a_zero_that_means_there_is_none_is_said_as_no_data():
    none = ["TGT-01", "TGT-02", "TGT-03", "TGT-04", "TGT-05", "MTG-03"]
    draft = makers.draft({row.code: Decimal(0) for row in WANTED})

    said = {run.code: run.text for run in runs(draft)}

    assert sorted(code for code, text in said.items() if text == blocks.NO_DATA) == sorted(none)
    assert said["HON-02"] == "0"
    assert "一社区0" not in "".join(block.text for block in draft.blocks)


def test_a_street_promises_no_number_of_teams_that_only_the_district_sets():
    street = makers.Org(
        pk=1, code="440307017", name="横岗街道", kind="street", level="street", path="/x/"
    )
    draft = blocks.draft(
        org=street, period=makers.FIRST_HALF, figures=makers.figures({"TGT-05": Decimal(0)})
    )

    assert "TGT-05" not in {run.code for run in runs(draft)}
    assert any("健全社区志愿服务队伍" in block.text for block in draft.blocks)


@given(st.integers(min_value=0, max_value=10**8))
def test_a_printed_number_is_never_untrue(number):
    for wanted in WANTED:
        if wanted.phrase in ("word", "hundreds") or wanted.kind == "ratio":
            continue
        said = wording.say(Decimal(number), wording.Phrase.parse(wanted.phrase))
        assert wording.is_true(said, Decimal(number)), (wanted.code, said)


def test_another_period_and_a_lower_organisation_are_named_in_the_text():
    street = makers.Org(
        pk=1, code="440307017", name="横岗街道", kind="street", level="street", path="/x/"
    )
    draft = blocks.draft(
        org=street, period=makers.FIRST_HALF, figures=makers.figures({"VOL-03": Decimal(12)})
    )

    assert draft.blocks[0].text == "横岗街道团工委2022年上半年工作总结"
    assert any("全街道开展志愿服务活动" in block.text for block in draft.blocks)


def test_every_wanted_figure_can_be_computed_in_its_unit_from_what_is_installed():
    for row in WANTED:
        for reading in catalogue.readings(row.code):
            assert (reading.label, reading.unit) == (row.label, row.unit)
            if reading.is_reported and row.kind != "ratio":
                assert reading.counted == row.kind
