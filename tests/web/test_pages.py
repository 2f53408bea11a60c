"""The kinds of page, tried on organisations."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinghe.analytics import catalogue
from qinghe.analytics.values import State
from qinghe.edges.web import boards
from qinghe.kernel.orgs.models import Org
from tests import cast
from tests.web import makers
from tests.web.test_frame import text

HTMX = {"HX-Request": "true"}


def make_branches(street: Org, *, count: int) -> None:
    for number in range(count):
        cast.make_org(
            f"B{number:03}", f"第{number}团支部", kind="branch", level="unit", parent=street
        )


def rows_in(page: str) -> int:
    return len(re.findall(r"<tr class=\"(?:odd|even)\"", page))


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_list_shows_twenty_rows_and_how_many_there_are(lin, people):
    make_branches(people.henggang, count=30)

    answer = text(lin.get("/orgs/"))

    assert rows_in(answer) == 20
    assert "共 <b>36</b> 条" in answer
    assert "第 1 / 2 页" in answer


def test_a_list_costs_the_same_queries_for_any_number_of_rows(lin, people):
    lin.get("/orgs/")
    few = queries_of(lin, "/orgs/")

    make_branches(people.henggang, count=19)

    assert queries_of(lin, "/orgs/") == few
    assert few <= 11


def test_a_list_filters_sorts_and_sums_what_is_left(lin):
    answer = text(lin.get("/orgs/?name=街道&sort=-name"))

    assert answer.index("横岗街道</a>") < answer.index("坂田街道</a>")
    assert "红棉社区</a>" not in answer
    assert "街道 <b>2</b> 个" in answer
    assert 'aria-sort="descending"' in answer


def test_htmx_gets_the_list_alone(lin):
    answer = lin.get("/orgs/?name=街道", headers=HTMX)

    assert text(answer).lstrip().startswith('<section id="list"')
    assert "HX-Request" in answer["Vary"]


def test_going_back_gets_the_whole_page_again(lin):
    answer = lin.get("/orgs/", headers={**HTMX, "HX-History-Restore-Request": "true"})

    assert "<html" in text(answer)


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_does_not_exist_becomes_one_that_does(lin, page):
    assert "龙岗区</a>" in text(lin.get(f"/orgs/?page={page}"))


def test_a_reader_cannot_ask_for_longer_pages(lin, people):
    make_branches(people.henggang, count=30)

    assert rows_in(text(lin.get("/orgs/?per_page=1000"))) == 20


@pytest.mark.parametrize("column", ["nonsense", "state", "-", "parent__path"])
def test_a_list_cannot_be_sorted_by_what_it_does_not_offer(lin, column):
    answer = text(lin.get(f"/orgs/?sort={column}"))

    assert answer.index("龙岗区</a>") < answer.index("坂田街道</a>")


def test_an_empty_list_says_what_to_do(lin):
    assert "没有符合条件的记录；可清除筛选" in text(lin.get("/orgs/?name=没有"))


WHY = {"purpose": "work", "note": "核对组织名册", "receiver": "团区委"}


def sheet_of(client, address):
    """Take a list out through its own button."""
    answer = client.post(client.get(address).url, WHY)
    body = BytesIO(b"".join(answer.streaming_content))
    answer.close()
    return openpyxl.load_workbook(body).worksheets[0]


def test_an_export_holds_all_filtered_rows_each_value_in_its_own_type(lin, people):
    make_branches(people.henggang, count=30)

    sheet = sheet_of(lin, "/orgs/?kind=branch&export=xlsx&page=2")

    assert [cell.value for cell in sheet[1]][:3] == ["名称", "代码", "类型"]
    assert sheet.max_row == 31
    assert sheet["C2"].value == "团支部"
    assert sheet["E2"].value == datetime(2010, 1, 1)  # noqa: DTZ001  a day, as openpyxl reads it
    assert isinstance(sheet["F2"].value, int)


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x.cn","点")', "+1+1", "@SUM(A1)", "-2"])
def test_an_export_writes_what_looks_like_a_formula_as_text(lin, people, name):
    Org.objects.filter(pk=people.huale.pk).update(name=name)

    sheet = sheet_of(lin, "/orgs/?kind=community&export=xlsx")

    cells = [cell for cell in sheet["A"] if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]
    assert cells[0].hyperlink is None


def test_names_of_records_are_escaped(lin, people):
    Org.objects.filter(pk=people.huale.pk).update(name="<script>alert(1)</script>")

    for path in ("/orgs/", "/orgs/440307017902/", "/choose/org/?org=440307017"):
        assert "<script>alert" not in text(lin.get(path))


def test_a_record_shows_facts_state_actions_and_its_audit_lines(lin):
    answer = text(lin.get("/orgs/440307017/"))

    assert '<span class="q-tag q-tag-good">正常</span>' in answer
    assert '<a href="/orgs/">龙岗区</a>' in answer
    assert "<b>成立组织</b>" in answer
    assert "2022-07-03 22:00" in answer
    assert 'data-ask="确定撤销吗？"' in answer
    assert "红棉社区" in answer


def test_a_record_out_of_sight_is_not_found(chen):
    assert chen.get("/orgs/440307013/").status_code == 404


def test_a_form_with_errors_keeps_what_was_typed(lin):
    answer = lin.post("/close/", {"name": "横岗街道", "closed_on": "昨天", "reason": "合并"})

    assert answer.status_code == 422
    assert "没有保存；已填的内容都还在" in text(answer)
    assert 'value="横岗街道"' in text(answer)
    assert 'value="昨天"' in text(answer)
    assert "合并</textarea>" in text(answer)


def test_a_refusal_becomes_an_error_of_the_form(lin, people):
    typed = {"name": "龙岗区", "closed_on": "2022-07-01", "reason": ""}

    answer = lin.post("/close/", typed)

    assert answer.status_code == 422
    assert 'class="q-message q-message-error"' in text(answer)
    assert 'value="2022-07-01"' in text(answer)
    assert Org.objects.get(pk=people.longgang.pk).closed_on is None


def test_a_wizard_marks_the_step_one_is_at(lin):
    answer = text(lin.get("/wizard/"))

    assert 'class="q-now" aria-current="step"' in answer
    assert "1,472" in answer


@pytest.fixture
def facts(people, monkeypatch, tmp_path):
    make_branches(people.longgang, count=2)
    monkeypatch.setattr(catalogue, "FACTS", {"web_orgs": makers.ORGS})
    monkeypatch.setattr(catalogue, "INDICATORS", makers.INDICATORS)
    monkeypatch.setattr(catalogue, "SOURCES", [])
    makers.build_facts(tmp_path / "facts")


def test_a_board_shows_figures_as_of_and_children(facts, lin):
    answer = text(lin.get("/board/?period=2022H1"))

    assert 'href="/figures/WEB-01/2022H1/440307/"' in answer
    assert ">8</a>" in answer
    assert "数据截至" in answer
    assert "2022-07-03 22:00" in answer
    assert "完整" in answer
    assert 'href="/figures/WEB-01/2022H1/440307017/"' in answer
    assert "期末存续的组织个数" in answer


def test_a_board_sorts_by_the_figure_shown_and_draws_the_same_numbers(facts, lin):
    answer = lin.get("/board/?period=2022H1&show=WEB-02")

    assert answer.context["chart"]["names"] == ["横岗街道", "坂田街道"]
    assert answer.context["chart"]["values"] == [2.0, 1.0]
    assert [child.org.name for child in answer.context["children"]] == ["横岗街道", "坂田街道"]


def test_organisations_beside_the_areas_are_told_apart(facts, lin):
    answer = lin.get("/board/?period=2022H1")

    assert [child.org.code for child in answer.context["direct"]] == ["B000", "B001"]


def test_a_board_drills_down_and_leads_back_up(facts, lin):
    answer = text(lin.get("/board/?period=2022H1&org=440307017"))

    assert '<a href="?org=440307&amp;period=2022H1">龙岗区</a>' in answer
    assert "红棉社区" in answer


def test_an_unfinished_period_says_so(facts, lin):
    assert "未满期" in text(lin.get("/board/?period=2022H2"))


def test_a_board_says_how_many_of_its_figures_are_not_complete(facts, lin, monkeypatch):
    cached = boards.figures.cached

    class Lacking:
        def __init__(self, known):
            self.column = known.column
            self._known = known

        def __getitem__(self, key):
            found = self._known[key]
            return replace(found, state=State.MISSING) if key[0] == "WEB-02" else found

    monkeypatch.setattr(boards.figures, "cached", lambda period: Lacking(cached(period)))

    assert "1 项无数据" in text(lin.get("/board/?period=2022H1"))


def test_a_board_without_facts_opens_and_says_so_in_a_sentence(lin, monkeypatch):
    monkeypatch.setattr(catalogue, "INDICATORS", makers.INDICATORS)
    monkeypatch.setattr(catalogue, "SOURCES", [])

    answer = lin.get("/board/")

    assert answer.status_code == 200
    assert "还没有汇总过数据" in text(answer)
    assert "数据截至" not in text(answer)


def test_a_board_costs_the_same_queries_for_any_number_of_children(facts, lin, people, tmp_path):
    lin.get("/board/?period=2022H1")
    few = queries_of(lin, "/board/?period=2022H1")
    for number in range(12):
        cast.make_org(
            f"4403070{30 + number}",
            f"新{number}街道",
            kind="street",
            level="street",
            parent=people.longgang,
        )
    makers.build_facts(tmp_path / "facts")

    assert queries_of(lin, "/board/?period=2022H1") == few
    assert few <= 9
