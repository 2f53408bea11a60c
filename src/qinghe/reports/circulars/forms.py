"""Forms and filters of circulars: what is well-formed."""

from collections.abc import Sequence
from decimal import Decimal

import django_filters
from django import forms
from django.core.files.base import File as Upload

from qinghe.kernel.files import rules as files
from qinghe.kernel.orgs.models import Org

from . import models, queries, rules

DAY = {"type": "date"}
LONG = forms.Textarea(attrs={"rows": 6})
MOST_PAPERS = 5


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class CircularFilter(django_filters.FilterSet):
    """Which circulars to show."""

    state = django_filters.ChoiceFilter(label="状态", choices=models.Circular.State.choices)
    title = django_filters.CharFilter(label="标题", lookup_expr="icontains")

    class Meta:
        model = models.Circular
        fields = ("state", "title")


class BeginForm(forms.Form):
    """For which district, and which period."""

    org = forms.ModelChoiceField(label="通报单位", queryset=Org.objects.none(), empty_label=None)
    period = forms.ChoiceField(label="通报期", help_text="月度、季度或半年。")

    def __init__(
        self,
        *args: object,
        orgs: object,
        periods: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        **more: object,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["org"].queryset = orgs
        self.fields["period"].choices = periods


class TextForm(forms.Form):
    """The words of a circular, its day, its addressees."""

    title = forms.CharField(label="标题", max_length=120)
    opening = forms.CharField(
        label="总体情况",
        required=False,
        max_length=4000,
        widget=LONG,
        help_text="数字请写成指标标记，如 {VOL-02}、{VOL-02^last_year}；手工输入的数字不能送核。",
    )
    demands = forms.CharField(label="工作要求", required=False, max_length=4000, widget=LONG)
    signature = forms.CharField(label="署名", max_length=80)
    dated_on = day_field("成文日期", required=False, help_text="不填则为印发当天。")
    answer_by = day_field("反馈期限", required=False, help_text="有街道需要反馈时必填。")


class ReviewForm(forms.Form):
    """What a reviewer says."""

    words = forms.CharField(
        label="核稿意见",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时必须写明理由。",
    )


class IssueForm(forms.Form):
    """Under which agency word, if any."""

    word = forms.CharField(
        label="机关代字",
        max_length=10,
        required=False,
        help_text="如“龙团通报”，印发时自动编下一个号；不编文号请留空。",
    )


class AnswerForm(forms.Form):
    """A street's answer."""

    text = forms.CharField(
        label="情况说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    measures = forms.CharField(
        label="整改措施", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    paper = forms.FileField(
        label="附件（可不填）",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(files.TYPES))}),
    )

    def papers(self) -> list[Upload]:
        """Return what was sent along."""
        paper = self.cleaned_data.get("paper")
        return [paper] if paper else []


class AcceptForm(forms.Form):
    """A word on an accepted answer."""

    words = forms.CharField(label="意见（可不填）", max_length=400, required=False)


class AgainForm(forms.Form):
    """Why, and by when, a street shall answer again."""

    words = forms.CharField(
        label="请说明还缺什么", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_by = day_field("新的反馈期限")


class GoalForm(forms.Form):
    """The goals of one figure: where they come from, the parent's, each street's."""

    source = forms.CharField(
        label="来源", max_length=200, help_text="如《2022年共青团工作要点》及文号。"
    )
    set_on = day_field("下达日期")
    how = forms.ChoiceField(
        label="分解方式",
        choices=models.Goal.How.choices,
        widget=forms.RadioSelect,
        initial=models.Goal.How.HAND,
    )

    def __init__(
        self, *args: object, wanted: queries.Wanted, decimals: int, **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.streets = [street for street, _ in wanted.streets]
        own = wanted.own.value if wanted.own else None
        self.fields["own"] = _amount("全区目标", own, decimals)
        for street, goal in wanted.streets:
            value = goal.value if goal else None
            self.fields[f"org_{street.pk}"] = _amount(street.name, value, decimals)

    def clean(self) -> dict[str, object]:
        """Equal shares need something to share."""
        typed = super().clean() or {}
        if typed.get("how") == models.Goal.How.EQUAL and typed.get("own") is None:
            self.add_error("own", "平均分解需要先填全区目标。")
        return typed

    def by_street(self) -> dict[Org, Decimal | None]:
        """Return what was typed for each street."""
        return {street: self.cleaned_data[f"org_{street.pk}"] for street in self.streets}

    def street_fields(self) -> list[forms.BoundField]:
        """Return the fields of the streets, in their order."""
        return [self[f"org_{street.pk}"] for street in self.streets]


class FiguresForm(forms.Form):
    """Which figures, each with what it is ranked by: `codes`, and `by-CODE` beside each."""

    codes = forms.MultipleChoiceField(
        label="指标", error_messages={"required": "请至少选定一个指标。"}
    )

    def __init__(self, *args: object, groups: Sequence[queries.Group], **more: object) -> None:
        super().__init__(*args, **more)
        known = [choice.code for group in groups for choice in group.choices]
        self.fields["codes"].choices = [(code, code) for code in known]

    def chosen(self) -> dict[str, str]:
        """Return the chosen codes with what they are ranked by."""
        default = models.RankedBy.HIGH.value
        return {code: self.data.get(f"by-{code}", default) for code in self.cleaned_data["codes"]}

    def clean_codes(self) -> list[str]:
        """Take no more than a circular holds."""
        codes = self.cleaned_data["codes"]
        if len(codes) > rules.MOST_FIGURES:
            raise forms.ValidationError(
                f"一份通报最多选{rules.MOST_FIGURES}个指标，现在选了{len(codes)}个；请去掉一些。"
            )
        return codes


class AddresseesForm(forms.Form):
    """To each street: nothing, to note, or to answer."""

    CHOICES = (("answer", "需反馈"), ("note", "知悉即可"), ("", "不下发"))

    def __init__(
        self, *args: object, streets: Sequence[Org], kept: dict[int, str], **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.streets = streets
        for street in streets:
            self.fields[f"org_{street.pk}"] = forms.ChoiceField(
                label=street.name,
                choices=self.CHOICES,
                required=False,
                initial=kept.get(street.pk, ""),
                widget=forms.RadioSelect,
            )

    def told(self, what: str) -> list[Org]:
        """Return the streets of which one thing was said."""
        return [each for each in self.streets if self.cleaned_data[f"org_{each.pk}"] == what]


def _amount(label: str, value: Decimal | None, decimals: int) -> forms.DecimalField:
    step = Decimal(1).scaleb(-decimals)
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=18,
        decimal_places=4,
        initial=None if value is None else value.quantize(step),
        widget=forms.NumberInput(attrs={"step": f"{step:f}", "min": "0", "inputmode": "decimal"}),
    )
