"""`manage report` writes the whole file or leaves everything as it was."""

import io
import os
import stat

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from qinghe.analytics import rebuild
from qinghe.reports.half_year import docx
from tests.cast import NOW, make_cast
from tests.kept import kept


@kept
def cast():
    return make_cast()


@pytest.fixture
def facts(cast):
    rebuild.in_this_process(at=NOW)
    return cast


def report(out, *more):
    """Run the command and return what it says."""
    said = io.StringIO()
    options = more if "--period" in more else ("--period", "2022H1", *more)
    call_command("report", "--out", str(out), *options, stdout=said)
    return said.getvalue()


def refused(out, *more):
    """Run the command, which says no, and return its sentence."""
    with pytest.raises(CommandError) as caught:
        report(out, *more)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_it_writes_the_report_of_the_district(facts, tmp_path):
    said = report(tmp_path / "总结.docx")

    texts = [each.text for each in Document(str(tmp_path / "总结.docx")).paragraphs]
    assert texts[0] == "团区委2022年上半年工作总结"
    assert "共青团深圳市龙岗区委员会" in texts
    assert "总结.docx" in said
    assert "56个数字" in said


def test_it_writes_the_report_of_another_organisation(facts, tmp_path):
    report(tmp_path / "street.docx", "--org", "440307017")

    texts = [each.text for each in Document(str(tmp_path / "street.docx")).paragraphs]
    assert "横岗街道" in texts[0]


def test_it_writes_over_an_older_file_and_leaves_nothing_beside_it(facts, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(b"old")

    report(path)

    assert path.read_bytes()[:2] == b"PK"
    assert [each.name for each in tmp_path.iterdir()] == ["report.docx"]


def test_others_may_read_the_file_as_any_other_they_are_given(facts, tmp_path):
    plain = tmp_path / "plain"
    plain.touch()

    report(tmp_path / "report.docx")

    assert stat.S_IMODE((tmp_path / "report.docx").stat().st_mode) == stat.S_IMODE(
        plain.stat().st_mode
    )


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--period", "2022H3"), "无法识别该期间"),
        (("--period", "二〇二二"), "无法识别该期间"),
        (("--period", "2022Q2"), "不是半年"),
        (("--org", "999"), "没有代码为“999”的组织"),
    ],
)
def test_what_cannot_be_reported_is_refused_and_nothing_is_written(facts, tmp_path, options, word):
    assert word in refused(tmp_path / "report.docx", *options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.docx.txt", ".docx"])
def test_a_file_that_is_no_docx_is_refused(facts, tmp_path, name):
    assert "不是.docx文件" in refused(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(facts, tmp_path):
    assert "没有" in refused(tmp_path / "none" / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_refused(facts, tmp_path):
    (tmp_path / "report.docx").mkdir()

    assert "不能写入" in refused(tmp_path / "report.docx")


def test_a_name_too_long_for_the_disk_is_refused(facts, tmp_path):
    assert "不能写入" in refused(tmp_path / f"{'长' * 200}.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_leaves_the_older_file_as_it_was(facts, tmp_path, monkeypatch):
    path = tmp_path / "report.docx"
    path.write_bytes(b"old")

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    assert "不能写入" in refused(path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.docx"]


def test_a_report_that_cannot_be_made_leaves_nothing(facts, tmp_path, monkeypatch):
    def broken(_draft):
        raise ZeroDivisionError

    monkeypatch.setattr(docx, "document", broken)

    with pytest.raises(ZeroDivisionError):
        report(tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_without_facts_it_says_what_to_do(cast, tmp_path):
    assert "还没有汇总过数据" in refused(tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []
