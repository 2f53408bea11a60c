"""What is issued stays as it was, whatever comes late or is mended."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document
from openpyxl import load_workbook

from qinghe.analytics import frozen
from qinghe.kernel.files import services as files
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting.models import Report
from qinghe.reports.drafting.rules.comparing import Side
from qinghe.reports.half_year import printing
from qinghe.reports.issuing import models, queries, rules, services
from qinghe.reports.issuing.services import Number, issuing
from tests.analytics.ledger import H1
from tests.cast import NOW

from .makers import ISSUED_ON, told


@pytest.fixture(autouse=True)
def without_office(monkeypatch):
    monkeypatch.setattr(printing, "PROGRAMS", ())


def test_an_issued_report_says_its_frozen_figures_and_carries_its_files(house):
    issue = house.issued(number=Number("龙团", used=4))

    assert issue.number == "龙团〔2022〕5号"
    assert "开展志愿服务3人次，服务2.8小时" in told(issue)
    assert "2022年7月3日" in told(issue)
    assert Report.objects.get().state == Report.State.ISSUED
    document = Document(files.opened(issue.document))
    words = [each.text for each in document.paragraphs]
    assert words[0].endswith("文件")
    assert "龙团〔2022〕5号" in words
    assert any("服务2.8小时" in each for each in words)
    assert issue.document_sha256 == issue.document.sha256


def test_the_annex_tells_every_figure_its_meaning_and_its_parts(house):
    issue = house.issued()

    book = load_workbook(files.opened(issue.annex))
    rows = {row[0]: row for row in book["指标"].iter_rows(min_row=4, values_only=True)}
    parts = {row[0]: row for row in book["分布"].iter_rows(min_row=4, values_only=True)}
    about = dict(book["说明"].iter_rows(min_row=4, max_col=2, values_only=True))

    assert rows["TST-02"][4] == 2.8
    assert rows["TST-02"][5].startswith("2.8333")
    assert rows["TST-02"][6:9] == ("完整", 3, 1)
    assert parts["TST-01"][3:] == (3, 1, 2)  # the district, 坂田, 横岗
    assert about["封存清单SHA-256"] == issue.freezing.sha256


def test_late_and_corrected_records_never_change_an_issued_report(house, cast):
    issue = house.issued()
    before = (told(issue), files.opened(issue.document).read(), issue.sha256)

    house.mend()
    house.freeze("横岗补报")

    again = models.Issue.objects.get()
    shown = queries.issued_text(cast.lin, again.text, cast.longgang)
    figure = queries.figure_seen_by(
        cast.lin, freezing=again.freezing, code="TST-02", org=cast.longgang
    )
    behind = frozen.behind(
        again.freezing, code="TST-01", org_id=cast.longgang.pk, part="top", offset=0, limit=9
    )
    assert (told(again), files.opened(again.document).read(), again.sha256) == before
    assert any("服务2.8小时" in paragraph.text for paragraph in shown)
    assert (figure.figure.value, behind.ids) == ("2.8", [1, 2, 3])
    assert frozen.newest_figures(H1)["TST-02", cast.longgang.pk].value != 2.8


def test_numbers_run_on_by_word_and_year_without_gaps(house):
    first = house.issued(number=Number("龙团"))
    second = house.corrected(first)  # none wanted
    third = services.correct(issue=second, reason="再更正", at=NOW, by=house.cast.lin)

    with pytest.raises(Refused, match="会自动接续"), transaction.atomic():
        house.issue(third, number=Number("龙团", used=9))
    circulation = models.Circulation.objects.filter(state="signed").first()
    assert circulation is None
    last = house.issue(third, number=Number("龙团"))

    assert [each.number for each in (first, second, last)] == [
        "龙团〔2022〕1号",
        "",
        "龙团〔2022〕2号",
    ]


@pytest.mark.parametrize("word", ["龙团〔2022〕", "第3号", "", "龙团5"])
def test_an_agency_word_is_only_a_word(word):
    with pytest.raises(Refused, match="机关代字只写汉字"):
        rules.check_word(word)


def test_a_day_of_issue_that_lies_ahead_is_refused(house):
    house.freeze()
    circulation = house.sign(house.submit())

    with pytest.raises(Refused, match="成文日期不能晚于今天"):
        services.issue(
            circulation=circulation, dated_on=ISSUED_ON.replace(month=8), at=NOW, by=house.cast.lin
        )


def test_what_was_not_signed_is_not_issued(house):
    house.freeze()
    circulation = house.submit()

    with pytest.raises(Refused, match="还没有签发"):
        services.issue(circulation=circulation, dated_on=ISSUED_ON, at=NOW, by=house.cast.lin)


def test_the_database_itself_keeps_what_was_issued(house):
    house.issued()

    for change in ("UPDATE issuing_issue SET word = ''", "DELETE FROM issuing_issue"):
        with pytest.raises(DatabaseError, match="issued"), transaction.atomic():
            connection.cursor().execute(change)


def test_figures_that_are_not_fully_reported_must_be_owned_up_to():
    with pytest.raises(Refused, match="还没有报送齐（VOL-01）"):
        rules.check_owned(["VOL-01"], reason=" ")
    rules.check_owned(["VOL-01"], reason="两所学校放假，影响不足1%")
    rules.check_owned([], reason="")


def test_a_correction_lists_what_changed_by_which_records_and_leaves_the_old_one_readable(
    house, cast
):
    old = house.issued(number=Number("龙团"))
    new = house.corrected(old)

    shown = queries.correction_of(cast.lin, new.report)
    found = {(each.change.code, each.org.pk): each for each in shown.printed}
    hours = found["TST-02", cast.longgang.pk]
    differing = queries.differing_seen_by(
        cast.lin, shown, code="TST-02", org=cast.longgang, part="top"
    )
    for each in (old.report, new.report):
        each.refresh_from_db()
    assert (hours.old, hours.new, hours.in_text) == ("2.8", "6.5", True)
    assert [(group.label, group.count) for group in differing.groups] == [
        ("新增的记录", 2),
        ("不再计入的记录", 1),
        ("内容改变的记录", 1),
    ]
    (step,) = shown.steps
    assert (step.report, step.report.reason) == (new.report, "横岗补报")
    assert [each.person.name for each in step.signings] == ["林青", "林青", "罗衡", "罗衡"]
    (paragraph,) = shown.paragraphs
    assert [each.text for each in paragraph.stretches if each.side is Side.OLD] == ["3", "2.8"]
    assert [each.text for each in paragraph.stretches if each.side is Side.NEW] == ["4", "6.5"]
    assert (old.report.state, new.report.state) == (Report.State.REPLACED, Report.State.ISSUED)
    assert queries.replaced_by(cast.lin, old) == new
    assert "服务2.8小时" in told(old)
    assert "服务6.5小时" in told(new)


def test_a_version_is_compared_with_any_issued_one_before_it(house, cast):
    first = house.issued(number=Number("龙团"))
    second = house.corrected(first)
    third = services.correct(issue=second, reason="文字有误", at=NOW, by=cast.lin)

    last = queries.correction_of(cast.lin, third)
    whole = queries.correction_of(cast.lin, third, since=first.pk)

    assert (last.before, whole.before) == (second, first)
    assert last.printed == []
    assert {each.change.code for each in whole.printed} >= {"TST-01", "TST-02"}
    assert [each.report.version for each in whole.steps] == [2, 3]
    assert [each.pk for each in whole.earlier] == [second.pk, first.pk]
    assert queries.correction_of(cast.lin, third, since=0) is None


def test_a_correction_needs_a_reason(house, cast):
    issue = house.issued()

    with pytest.raises(Refused, match="更正原因"):
        services.correct(issue=issue, reason=" ", at=NOW, by=cast.lin)


def test_where_there_is_no_libreoffice_a_sentence_says_so(house, cast):
    issue = house.issued()

    with pytest.raises(Refused, match="没有安装 LibreOffice"):
        services.print_pdf(issue=issue, at=NOW, by=cast.lin)


@pytest.mark.django_db(transaction=True)
def test_many_who_issue_at_once_take_numbers_without_gaps_or_doubles():
    taken = _taken_at_once(6)

    assert sorted(taken) == [1, 2, 3, 4, 5, 6]


def _taken_at_once(count):
    taken, start = [], threading.Barrier(count)

    def take():
        start.wait()
        with transaction.atomic():
            taken.append(issuing._next(Number("龙团"), dated_on=ISSUED_ON)[2])
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return taken
