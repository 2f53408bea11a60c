"""Forms and filters of privacy: what is well-formed."""

from collections.abc import Sequence
from typing import ClassVar

import django_filters
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User

from qinghe.kernel.consent.models import Consent, Notice, Purpose
from qinghe.kernel.orgs.models import Org
from qinghe.lib.identifiers import check_phone
from qinghe.lib.verdicts import Refused

from . import models, queries

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
RELATIONS = (("", "请选择"), ("父亲", "父亲"), ("母亲", "母亲"), ("其他监护人", "其他监护人"))
TEL = {"inputmode": "numeric", "autocomplete": "tel-national"}
CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6"}


class PhoneForm(forms.Form):
    """The phone of the one who registers."""

    phone = forms.CharField(label="手机号码", max_length=20, widget=forms.TextInput(attrs=TEL))

    def clean_phone(self) -> str:
        """Take a number as it is kept."""
        return _phone(self.cleaned_data["phone"])


class CodeForm(forms.Form):
    """The six digits that came by SMS."""

    code = forms.RegexField(
        label="验证码",
        regex=r"^\s*[0-9]{6}\s*$",
        error_messages={"invalid": "验证码是6位数字。"},
        widget=forms.TextInput(attrs=CODE),
    )


class AboutForm(forms.Form):
    """Who registers, where, and the password."""

    name = forms.CharField(
        label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    birth_date = forms.DateField(
        label="出生日期",
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    sex = forms.ChoiceField(
        label="性别", choices=(("female", "女"), ("male", "男")), widget=forms.RadioSelect
    )
    org_name = forms.CharField(label="社区或学校", max_length=40, required=False)
    org = forms.ModelChoiceField(
        queryset=Org.objects.none(),
        error_messages={"required": "请输入名称，再从下面选一个社区或学校。"},
    )
    password = forms.CharField(
        label="设置密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_to_choose(queries.NOBODY)
        self.fields["password"].help_text = " ".join(
            str(words) for words in password_validation.password_validators_help_texts()
        )

    def clean(self) -> dict[str, object]:
        """Check the two passwords against each other and against what passwords must be."""
        typed = super().clean() or {}
        password = typed.get("password")
        if password and password != typed.get("again"):
            self.add_error("again", "两次输入的密码不一致，请重新输入。")
        if password:
            user = User(first_name=str(typed.get("name", "")))
            try:
                password_validation.validate_password(str(password), user)
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        return typed


class GuardianForm(forms.Form):
    """The guardian of a minor."""

    name = forms.CharField(label="监护人姓名", max_length=60)
    relation = forms.ChoiceField(label="与本人的关系", choices=RELATIONS)
    phone = forms.CharField(
        label="监护人手机号码", max_length=20, widget=forms.TextInput(attrs=TEL)
    )

    def clean_phone(self) -> str:
        """Take a number as it is kept."""
        return _phone(self.cleaned_data["phone"])


class CorrectionForm(forms.Form):
    """What should read differently."""

    field = forms.ChoiceField(label="要更正的内容", choices=models.Request.Field.choices)
    words = forms.CharField(
        label="正确的内容",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="出生日期请按2008-05-04这样填写；性别填“男”或“女”。",
    )


class ErasureForm(forms.Form):
    """Why all should be erased; nobody has to say."""

    words = forms.CharField(
        label="想说明的情况（可不填）",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label="我知道注销后不能恢复，服务时长将以不能识别到我的方式保留")


class AnswerForm(forms.Form):
    """The answer to a request."""

    answer = forms.CharField(
        label="答复",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="申请人会看到这段话；不予办理的须说明理由。",
    )


class NoticeForm(forms.Form):
    """The next version of a notice."""

    purpose = forms.ChoiceField(label="用途", choices=Purpose.choices)
    title = forms.CharField(label="标题", max_length=80)
    responsible = forms.CharField(
        label="负责人",
        max_length=60,
        required=False,
        help_text="《儿童个人信息保护规则》必须写明专人，否则不受理未满14周岁的注册。",
    )
    text = forms.CharField(label="全文", widget=forms.Textarea(attrs={"rows": 18}))
    starts_on = forms.DateField(label="启用日期", widget=DAY)
    renews = forms.BooleanField(label="目的、方式或信息种类有变，须重新征得同意", required=False)


class TermForm(forms.Form):
    """For how many days something is kept from a day on."""

    days = forms.IntegerField(label="保存天数", min_value=1, max_value=36_600)
    starts_on = forms.DateField(label="生效日期", widget=DAY)
    document = forms.CharField(label="依据", max_length=120)


class AssessmentForm(forms.Form):
    """An impact assessment."""

    title = forms.CharField(label="评估事项", max_length=120)
    done_on = forms.DateField(label="评估日期", widget=DAY)
    conclusion = forms.ChoiceField(label="结论", choices=models.Assessment.Conclusion.choices)
    measures = forms.CharField(
        label="风险与措施", max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )


class RequestFilter(django_filters.FilterSet):
    """Requests by kind and state."""

    kind = django_filters.ChoiceFilter(label="类型", choices=models.Request.Kind.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=models.Request.State.choices)

    class Meta:
        model = models.Request
        fields: ClassVar = ["kind", "state"]


class ConsentFilter(django_filters.FilterSet):
    """Consents by purpose, and those that still stand."""

    purpose = django_filters.ChoiceFilter(
        label="用途", field_name="notice__purpose", choices=Purpose.choices
    )
    withdrawn = django_filters.BooleanFilter(
        label="已撤回", field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Consent
        fields: ClassVar = ["purpose", "withdrawn"]


def ticked(notices: Sequence[Notice], names: Sequence[str]) -> list[Notice]:
    """Return the notices whose own box was ticked: each is a box by itself (S-02)."""
    wanted = set(names)
    return [notice for notice in notices if str(notice.pk) in wanted]


def _phone(typed: str) -> str:
    try:
        return check_phone(typed)
    except Refused as refusal:
        raise forms.ValidationError(refusal.reason) from refusal
