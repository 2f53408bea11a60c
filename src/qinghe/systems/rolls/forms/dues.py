from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import ChoiceFilter

from qinghe.edges.web.fields import DayField
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import models, queries, rules
from qinghe.systems.rolls.queries import DuesCategory, DuesPayment
from qinghe.systems.rolls.services import Months, NewDuesTerms

from .filters import PeopleFilter

SPANS = [(1, "1个月"), (3, "一个季度（3个月）"), (12, "一年（12个月）")]


class MonthField(forms.DateField):
    """A month, as its first day."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(
            widget=picker,
            input_formats=["%Y-%m"],
            error_messages={"invalid": "请填月份，如2022-06。"},
            **options,
        )


class RateForm(forms.Form):
    """What a member's dues rest on; the pay is used to reckon and is not kept."""

    category = forms.ChoiceField(
        label="类别",
        choices=[(one.value, one.label) for one in (DuesCategory.STUDENT, DuesCategory.EARNING)],
    )
    pay = forms.IntegerField(
        label="月收入（元）",
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text="有收入的填税后月收入，只用来算出每月金额，不保存。",
    )
    month = MonthField(label="从哪个月起")
    sensitive = ("pay",)


class ReductionForm(forms.Form):
    """Less than the terms ask, for hardship."""

    yuan = forms.DecimalField(
        label="减免后每月（元）", min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    reason = forms.CharField(
        label="减免原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="生活困难的情况和支部大会讨论的结果。",
    )

    @property
    def fen(self) -> int:
        """Return the amount in whole fen."""
        return int(self.cleaned_data["yuan"] * 100)


class DuesForm(forms.Form):
    """Who paid which months, on which day."""

    first = MonthField(label="从哪个月")
    number = forms.TypedChoiceField(label="交几个月", choices=SPANS, coerce=int)
    paid_on = DayField(label="交纳日期")
    members = forms.TypedMultipleChoiceField(
        label="交纳人员",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一名团员。"},
    )

    def __init__(
        self, *args: object, choices: Sequence[tuple[int, str]], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["members"].choices = choices

    def as_months(self) -> Months:
        """Return the months as the service takes them."""
        told = self.cleaned_data
        return Months(told["first"], told["number"], told["paid_on"])


class DuesTermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.DUES_NUMBERS:
            column = models.DuesTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=0,
                max_value=1_000_000,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = forms.CharField(
            label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, object]:
        """Refuse a most that is below the least."""
        told = super().clean() or {}
        if told.get("most_fen", 0) < told.get("low_fen", 0):
            self.add_error("most_fen", "最多不能少于起点以下的金额，请改正。")
        return told

    def as_new(self) -> NewDuesTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.DUES_NUMBERS}
        return NewDuesTerms(numbers=numbers, **given)


class PayerFilter(PeopleFilter):
    """What the list of payers can be narrowed to."""

    paid = ChoiceFilter(
        label="情况",
        choices=[("behind", f"连续{rules.BEHIND}个月未交"), ("unset", "没有核定金额")],
        method="of_state",
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def of_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those who are behind, or for whom nothing is set."""
        if value == "unset":
            return rows.filter(since__isnull=True)
        return queries.behind(self.request.actor, rows, day=timezone.localdate())


class PaymentFilter(PeopleFilter):
    """What the list of payments can be narrowed to."""

    state = ChoiceFilter(
        label="状态", choices=[("good", "有效"), ("voided", "已作废")], method="of_state"
    )

    class Meta:
        model = DuesPayment
        fields: list[str] = []

    def of_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what stands, or what was taken back."""
        return rows.filter(voided_at__isnull=value == "good")
