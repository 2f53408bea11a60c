"""What a form says of a mistake: which field, and what to do, in the same words everywhere."""

import pytest
from django import forms
from django.core.validators import RegexValidator
from django.forms import BaseForm
from django.urls import get_resolver, reverse

from qinghe.edges.web import fields, mistakes
from tests import cast
from tests.desk import sign_in
from tests.kept import kept

COLOURS = [("r", "红"), ("g", "绿")]


def said(field, typed):
    """Return what a form with this one field says of what was typed."""
    asking = type("Asking", (forms.Form,), {"asked": field})
    form = asking({} if typed is None else {"asked": typed}, {})
    return form.errors["asked"][0]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(label="活动名称"), "", "请填写活动名称。"),
        (forms.ChoiceField(label="类别", choices=COLOURS), "", "请选择类别。"),
        (forms.MultipleChoiceField(label="技能", choices=COLOURS), None, "请选择技能。"),
        (forms.FileField(label="证明材料"), None, "请上传证明材料。"),
        (forms.BooleanField(label="我已核对"), None, "请勾选“我已核对”。"),
        (forms.IntegerField(label="时长（分钟）"), "", "请填写时长。"),
        (forms.CharField(label=""), "", "请填写这一项。"),
        (forms.CharField(label="从"), "", "请填写“从”。"),
        (forms.CharField(label="请说明还缺什么"), "", "请填写“请说明还缺什么”。"),
        (forms.IntegerField(label="人数"), "三", "人数请填整数。"),
        (forms.IntegerField(label="人数", min_value=1), "0", "人数请填不小于1的整数。"),
        (forms.IntegerField(label="人数", max_value=9), "10", "人数请填不大于9的整数。"),
        (forms.IntegerField(label="比例（%）", min_value=0, max_value=100), "101", "比例请填0到100之间的整数。"),
        (forms.DecimalField(label="完成率%"), "NaN", "“完成率％”请填数字。"),
        (forms.DecimalField(label="学时", decimal_places=2), "1.234", "学时最多填2位小数，请改正。"),
        (fields.DayField(label="日期"), "2022-02-30", "日期请填日期，如2022-06-30。"),
        (fields.MomentField(label="开始时间"), "明天", "开始时间请填日期和时间，如2022-06-30 09:30。"),
        (forms.TimeField(label="开门"), "25:00", "开门请填时间，如09:30。"),
        (forms.ChoiceField(label="类别", choices=COLOURS), "b", "类别请在列出的选项中选择。"),
        (forms.CharField(label="名称", max_length=3), "四个汉字", "名称最多3个字，现在有4个，请写短一些。"),
        (forms.CharField(label="账号", min_length=4), "abc", "账号至少4个字，现在有3个，请补全。"),
        (forms.URLField(label="网址", assume_scheme="https"), "x y", "网址请填完整的网址，如 https://example.com。"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_name_of_the_field(field, typed, words):
    assert said(field, typed) == words


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (forms.CharField(error_messages={"required": "请写明原因。"}), ""),
        (forms.RegexField(r"\d", error_messages={"invalid": "请写明原因。"}), "x"),
        (forms.CharField(validators=[RegexValidator(r"\d", message="请写明原因。")]), "x"),
    ],
)
def test_a_sentence_of_the_forms_own_stays(field, typed):
    assert said(field, typed) == "请写明原因。"


def forms_of(base=BaseForm):
    for kind in base.__subclasses__():
        if kind.__module__.startswith("qinghe.") and hasattr(kind, "base_fields"):
            yield kind
        yield from forms_of(kind)


def test_every_form_of_the_house_has_its_own_words_for_every_mistake():
    assert get_resolver().url_patterns  # every form is imported

    known = list(forms_of())

    assert len(known) > 300
    for kind in known:
        for name, field in kind.base_fields.items():
            told = dict(mistakes.mistakes(field, label=str(field.label or "")))
            assert mistakes.told_by_django(field) <= told.keys(), (kind, name)


@kept
def people():
    return cast.make_cast()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("targets:list_new", ["请填写清单名称。", "请选择类别。"]),
        ("venues:venue_new", ["请填写名称。"]),
        ("meetings:talk_new", []),
        ("volunteering:activity_new", ["请填写活动名称。"]),
    ],
)
def test_an_empty_form_says_what_each_field_wants(client, people, page, sentences):
    answer = sign_in(client, people.lin).post(reverse(page), {"sent": "1"}).content.decode()

    assert "这个字段是必填项" not in answer
    for sentence in sentences:
        assert sentence in answer
