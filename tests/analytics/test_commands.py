"""What others build on: the shapes of what the commands print."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qinghe.analytics import store
from qinghe.analytics.models import FrozenFigure
from qinghe.config.management.commands import figures as figures_command
from qinghe.kernel.orgs import queries as orgs
from qinghe.reports.half_year.required import WANTED, Wanted

from .ledger import HOURS, INDICATORS, XIAOHONG, XIAOMING

HOURS_WANTED = Wanted("F056", HOURS.code, "时长", "小时", "sum", "test", "…", "wan:1")
NOT_FED = Wanted("F010", "CON-01", "直播参与人次", "人次", "sum", "content", "…", "over:1000")
KEYS = [
    "figure", "code", "version", "label", "unit", "org", "value", "wording", "state", "fed_by",
    "as_of",
]  # fmt: skip


@pytest.fixture
def half_year(served, cast, monkeypatch):
    monkeypatch.setattr(figures_command, "WANTED", (NOT_FED, HOURS_WANTED))
    served.lineage = orgs.lineage()
    served.serve(XIAOMING, at=cast.hongmian.pk, minutes=1_000_000)
    served.serve(XIAOHONG, at=cast.xiangjiaotang.pk, minutes=70)
    served.store().close()
    return served


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_figures_prints_one_object_a_line_the_reports_first(half_year):
    rows = [
        json.loads(line) for line in said("figures", "--period", "2022H1", "--json").splitlines()
    ]

    assert [list(row) for row in rows] == [KEYS] * (1 + len(INDICATORS))
    assert [row["figure"] for row in rows[:3]] == ["F010", "F056", None]
    assert rows[0]["fed_by"] is rows[0]["value"] is rows[0]["as_of"] is None
    assert rows[0]["state"] == "missing"
    hours = rows[1]
    assert hours["value"].startswith("16667.8333333")
    assert (hours["wording"], hours["unit"], hours["org"]) == ("1.7万", "小时", "440307")
    assert (hours["state"], hours["fed_by"]) == ("complete", "records")
    assert hours["as_of"] == store.current().as_of.isoformat()


def test_one_figure_of_one_organisation(half_year):
    (line,) = said(
        "figures", "--period", "2022H1", "--org", "440307013", "--source", "F056", "--json"
    ).splitlines()

    row = json.loads(line)
    assert row["value"].startswith("1.16666")
    assert (row["org"], row["wording"]) == ("440307013", "1.2")


def test_without_json_figures_are_lines_to_read(half_year):
    lines = said("figures", "--period", "2022H1").splitlines()

    assert "直播参与人次：待接入" in lines[0]
    assert "时长：1.7万小时" in lines[1]


def test_every_wanted_figure_has_its_own_number_and_is_printed_once():
    numbers = [wanted.figure for wanted in WANTED]

    assert len(set(numbers)) == len(numbers) == 56


def test_trace_prints_ids_count_and_fingerprint(half_year):
    row = json.loads(
        said("trace", "--code", "TST-01", "--period", "2022H1", "--limit", "1", "--json")
    )

    assert row == {
        "code": "TST-01",
        "period": "2022H1",
        "org": "440307",
        "model": "volunteering.Attendance",
        "ids": [1],
        "count": 2,
        "sha256": hashlib.sha256(b"1\n2").hexdigest(),
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "--period", "2022H3"], "无法识别该期间"),
        (["figures", "--period", "2022H1", "--org", "999"], "没有代码为“999”的组织"),
        (["figures", "--period", "2022H1", "--source", "F999"], "没有编号为“F999”的数字"),
        (["trace", "--code", "XYZ-01", "--period", "2022H1"], "没有编号为“XYZ-01”的指标"),
        (["trace", "--code", "TST-01", "--period", "soon"], "无法识别该期间"),
        (["trace", "--code", "TST-01", "--period", "2022H1", "--org", "1"], "没有代码为“1”的组织"),
        (["trace", "--code", "TST-08", "--period", "2022H1", "--part", "all"], "分子"),
        (["freeze", "--period", "2022H1", "--by", "nobody"], "没有编号为“nobody”的人员"),
    ],
)
def test_what_is_not_there_gets_one_sentence_and_exit_code_2(half_year, words, sentence):
    with pytest.raises(CommandError, match=sentence) as error:
        said(*words)

    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


def test_before_the_first_rebuild_a_sentence_says_so(served, cast):
    with pytest.raises(CommandError, match="还没有汇总过数据"):
        said("figures", "--period", "2022H1")


def test_without_any_organisation_a_sentence_says_so(served, db):
    with pytest.raises(CommandError, match="还没有录入任何组织"):
        said("figures", "--period", "2022H1")


def test_rebuild_facts_reads_all_that_is_declared(cast):
    before = timezone.now()

    printed = said("rebuild-facts")

    assert "已启用新数据" in printed
    assert store.current().as_of >= before
    assert store.current().loaded["directory_org"].rows == 6


def test_freeze_closes_a_period_in_the_name_of_who_may(half_year):
    printed = said("freeze", "--period", "2022H1", "--by", "P001")

    assert f"{len(INDICATORS) * 6}个数字" in printed
    assert FrozenFigure.objects.count() == len(INDICATORS) * 6
    with pytest.raises(CommandError, match="没有在龙岗区办理此事的权限"):
        said("freeze", "--period", "2022Q1", "--by", "P002")
