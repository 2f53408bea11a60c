"""Designing what is asked: forms, cells from the catalogue, versions, rounds; and disputes."""

import pytest

from qinghe.systems.returns import models
from qinghe.systems.returns.forms.designing import RuleForm

from .desk import half, sign_in, text, url
from .makers import cell, make_codes, make_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST = 29


@pytest.fixture
def officer(client, cast):
    make_codes(cast.lin)
    return sign_in(client, cast.lin)


def designed(*codes, **head):
    """Return what the designer's page sends."""
    sent = {
        "title": "社区团的工作",
        "slug": "basics",
        "period_kind": "half_year",
        "levels": ["community"],
        "opens_after_days": "1",
        "closes_after_days": "10",
        "cells-TOTAL_FORMS": f"{len(codes)}",
        "cells-INITIAL_FORMS": "0",
        "rules-TOTAL_FORMS": "0",
        "rules-INITIAL_FORMS": "0",
        **head,
    }
    for place, code in enumerate(codes):
        sent |= {
            f"cells-{place}-code": code,
            f"cells-{place}-label": f"指标{code}",
            f"cells-{place}-unit": "个",
            f"cells-{place}-kind": "whole",
            f"cells-{place}-meaning": "期内。",
            f"cells-{place}-ORDER": f"{len(codes) - place}",
        }
    return sent


def test_a_form_is_designed_in_the_order_of_its_numbers_and_published(officer):
    made = officer.post(url("form_new"), designed("LOC-01", "LOC-02"))
    form = models.ReportForm.objects.get()
    officer.post(url("form_publish", form.pk))
    form.refresh_from_db()

    assert made.url == url("form", form.pk)
    assert [one.code for one in form.cells.all()] == ["LOC-02", "LOC-01"]
    assert form.state == "published"


def test_what_was_designed_stays_when_it_is_refused(officer):
    answer = officer.post(url("form_new"), designed("LOC-01", levels=[]))

    assert answer.status_code == 422
    assert "请选择填报层级或组织类型" in text(answer)
    assert "社区团的工作" in text(answer)


def test_a_mistake_in_a_cell_names_its_place_once(officer):
    wrong = designed("LOC-01") | {"cells-0-least": "三", "cells-0-meaning": ""}

    page = text(officer.post(url("form_new"), wrong))

    assert '<span class="q-error">请填写口径。</span>' in page
    assert '<span class="q-error">下限请填数字。</span>' in page


def test_a_line_between_cells_that_is_left_as_it_came_asks_nothing(officer):
    first = next(iter(models.CellRule.Operator))  # what a browser sends where nothing is selected
    chosen = RuleForm()["operator"].value() or first.value
    line = {"rules-TOTAL_FORMS": "1", "rules-0-operator": chosen, "rules-0-left_code": ""}

    officer.post(url("form_new"), designed("LOC-01") | line)

    assert models.ReportForm.objects.get().rules.count() == 0


def test_a_number_of_the_records_is_marked_again_when_the_form_is_shown_again(officer):
    officer.post(url("form_new"), designed("LOC-01", "VOL-03"))
    form = models.ReportForm.objects.get()

    page = text(officer.get(url("form_change", form.pk)))

    assert page.count("系统数，不用填") == 1


def test_a_draft_is_changed(officer):
    officer.post(url("form_new"), designed("LOC-01"))
    form = models.ReportForm.objects.get()

    page = text(officer.get(url("form_change", form.pk)))
    officer.post(url("form_change", form.pk), designed("LOC-02", title="改过的"))
    form.refresh_from_db()

    assert "LOC-01" in page
    assert form.title == "改过的"
    assert [one.code for one in form.cells.all()] == ["LOC-02"]


def test_a_number_is_found_by_words_and_added_as_a_line(officer):
    found = text(officer.get(url("code_search"), {"q": "自定义"}))
    line = text(officer.get(url("cell_line"), {"code": "LOC-02", "cells-TOTAL_FORMS": "3"}))

    assert "LOC-01" in found
    assert 'name="cells-3-code"' in line
    assert 'value="4"' in line


def test_it_says_how_many_must_answer(officer):
    page = text(officer.post(url("form_preview"), {"levels": ["community"]}))

    assert "现有 3 个组织要填报" in page


def test_a_round_is_opened_for_the_period_that_is_over(officer, cast):
    form = make_form(cast.lin)

    officer.post(url("round_open", form.pk), {"period": half().name})
    again = officer.post(url("round_open", form.pk), {"period": half().name})

    assert models.Filing.objects.count() == 3
    assert again.status_code == 422


def test_the_next_version_is_designed_as_a_copy_and_the_old_one_retires(officer, cast):
    form = make_form(cast.lin)

    made = officer.post(url("form_version", form.pk))
    copy = models.ReportForm.objects.get(version=2)
    officer.post(url("form_publish", copy.pk))
    form.refresh_from_db()

    assert made.url == url("form_change", copy.pk)
    assert form.state == "retired"


def test_a_form_is_retired(officer, cast):
    form = make_form(cast.lin)

    officer.post(url("form_retire", form.pk))
    form.refresh_from_db()

    assert form.state == "retired"


def test_a_number_is_defined_and_its_meaning_changed_as_a_new_version(officer):
    new = {"label": "走访", "unit": "次", "meaning": "期内走访。", "time": "flow", "decimals": "0"}

    made = officer.post(url("definition_new"), new)
    officer.post(made.url + "change/", new | {"meaning": "期内走访，含线上。"})
    page = text(officer.get(url("definitions")))

    assert models.Definition.objects.filter(code="LOC-03").count() == 2
    assert "含线上" in page


@pytest.mark.parametrize("name", ["form_new", "definition_new", "code_search", "cell_line"])
def test_a_street_designs_nothing(client, cast, name):
    assert sign_in(client, cast.chen).get(url(name)).status_code == 403


def test_a_draft_is_not_there_for_a_street(officer, client, cast):
    officer.post(url("form_new"), designed("LOC-01"))
    form = models.ReportForm.objects.get()
    street = sign_in(client, cast.chen)

    assert street.get(url("form", form.pk)).status_code == 404
    assert street.post(url("form_publish", form.pk)).status_code == 404


def test_a_form_with_more_cells_takes_no_more_queries(officer, cast, django_assert_max_num_queries):
    make_codes(cast.lin, 20)
    form = make_form(cast.lin, *[cell(f"LOC-{number:02d}") for number in range(1, 21)])

    with django_assert_max_num_queries(MOST):
        page = text(officer.get(url("form", form.pk)))

    assert "LOC-20" in page
