"""Forms in which forms are designed: what is asked, of whom, and what should hold between cells."""

from collections.abc import Sequence

from django import forms
from django.forms import BaseFormSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.models import Department
from qinghe.kernel.orgs.kinds import Level, OrgKind, Sector
from qinghe.lib import periods
from qinghe.lib.periods import Period, PeriodKind
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models
from qinghe.systems.returns.services import NewCell, NewDefinition, NewForm, NewRule

from .filling import ReasonForm

MOST_LINES = 200
SMALL = {"class": "form-control form-control-sm"}
CHOOSING = {"class": "form-select form-select-sm"}
PERIOD_KINDS = models.ReportForm._meta.get_field("period_kind").choices or ()


class HeadForm(forms.Form):
    """What a form is called, how often it is asked, and who must answer."""

    title = forms.CharField(label="报表名称", max_length=80)
    slug = forms.CharField(
        label="代号", max_length=40, help_text="小写字母、数字和连字符，如 pioneers；定下后不改。"
    )
    period_kind = forms.ChoiceField(label="报送频率", choices=PERIOD_KINDS)
    department = forms.ChoiceField(
        label="主管部门", choices=[("", "不限"), *Department.choices], required=False
    )
    note = forms.CharField(
        label="填报说明", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opens_after_days = forms.IntegerField(
        label="期末后第几天开始填报",
        min_value=-366,
        max_value=366,
        initial=1,
        help_text="期末之前开始的填负数。",
    )
    closes_after_days = forms.IntegerField(
        label="期末后第几天截止", min_value=-366, max_value=366, initial=10
    )
    levels = forms.MultipleChoiceField(
        label="填报层级",
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label="组织类型",
        choices=OrgKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选为不限。",
    )
    sectors = forms.MultipleChoiceField(
        label="所属领域",
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选为不限。",
    )


class CellForm(forms.Form):
    """One line of a form that is being designed."""

    code = forms.CharField(widget=forms.HiddenInput)
    label = forms.CharField(label="名称", max_length=80, widget=forms.TextInput(SMALL))
    unit = forms.CharField(
        label="单位", max_length=16, required=False, widget=forms.TextInput(SMALL)
    )
    kind = forms.ChoiceField(
        label="填写方式", choices=models.Cell.Kind.choices, widget=forms.Select(CHOOSING)
    )
    meaning = forms.CharField(
        label="口径", max_length=400, widget=forms.Textarea({**SMALL, "rows": 2})
    )
    hint = forms.CharField(
        label="填写提示", max_length=200, required=False, widget=forms.TextInput(SMALL)
    )
    least = forms.DecimalField(
        label="下限", decimal_places=2, required=False, widget=forms.NumberInput(SMALL)
    )
    most = forms.DecimalField(
        label="上限", decimal_places=2, required=False, widget=forms.NumberInput(SMALL)
    )
    jump_percent = forms.IntegerField(
        label="较上期变动超过（%）时提问",
        min_value=1,
        max_value=9999,
        required=False,
        widget=forms.NumberInput(SMALL),
    )
    evidence = forms.BooleanField(
        label="须附佐证",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def as_new(self) -> NewCell:
        """Return the cell as the service takes it."""
        return NewCell(**{name: self.cleaned_data[name] for name in NewCell.__annotations__})


class RuleForm(forms.Form):
    """What should hold between two cells."""

    left_code = forms.CharField(
        label="左边指标编号",
        max_length=16,
        widget=forms.TextInput({**SMALL, "list": "codes-known", "aria-label": "左边指标编号"}),
    )
    operator = forms.ChoiceField(
        label="关系",
        choices=models.CellRule.Operator.choices,
        initial=models.CellRule.Operator.AT_MOST,  # a line left as it came asks nothing
        widget=forms.Select({**CHOOSING, "aria-label": "关系"}),
    )
    right_code = forms.CharField(
        label="右边指标编号",
        max_length=16,
        widget=forms.TextInput({**SMALL, "list": "codes-known", "aria-label": "右边指标编号"}),
    )
    words = forms.CharField(
        label="不符合时怎样提问",
        max_length=200,
        required=False,
        widget=forms.TextInput({**SMALL, "aria-label": "不符合时怎样提问"}),
    )

    def as_new(self) -> NewRule:
        """Return the rule as the service takes it."""
        return NewRule(**{name: self.cleaned_data[name] for name in NewRule.__annotations__})


class OrderBox(forms.NumberInput):
    """Holds a line's number."""

    def __init__(self) -> None:
        super().__init__({**SMALL, "min": 1, "aria-label": "序号"})


class StrikeBox(forms.CheckboxInput):
    """Strikes a line out."""

    def __init__(self) -> None:
        super().__init__({"class": "form-check-input"})


class Lines(BaseFormSet):
    """Lines that are added, moved and struck out; one that was struck out need not be whole."""

    @classmethod
    def get_ordering_widget(cls) -> type[forms.Widget]:
        """Return the box that holds a line's number."""
        return OrderBox

    @classmethod
    def get_deletion_widget(cls) -> type[forms.Widget]:
        """Return the box that strikes a line out."""
        return StrikeBox

    def kept(self) -> list[forms.Form]:
        """Return the lines that stay, in their order."""
        return [one for one in self.ordered_forms if one.has_changed() or one.initial]


CellLines = forms.formset_factory(
    CellForm, formset=Lines, extra=0, can_order=True, can_delete=True, max_num=MOST_LINES
)
RuleLines = forms.formset_factory(
    RuleForm, formset=Lines, extra=0, can_order=True, can_delete=True, max_num=MOST_LINES
)


def as_new(head: HeadForm, *, cells: Sequence[CellForm], rules: Sequence[RuleForm]) -> NewForm:
    """Return a designed form as the service takes it."""
    return NewForm(
        **head.cleaned_data,
        cells=[cell.as_new() for cell in cells],
        rules=[rule.as_new() for rule in rules],
    )


class DefinitionForm(forms.Form):
    """A number that no system declares."""

    label = forms.CharField(label="名称", max_length=80)
    unit = forms.CharField(label="单位", max_length=16)
    meaning = forms.CharField(
        label="口径",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="算什么、不算什么、以哪天为准。",
    )
    time = forms.ChoiceField(label="时间口径", choices=models.Definition.Time.choices)
    decimals = forms.TypedChoiceField(
        label="小数位", choices=[(0, "整数"), (1, "一位"), (2, "两位")], coerce=int
    )

    def as_new(self) -> NewDefinition:
        """Return the definition as the service takes it."""
        return NewDefinition(**self.cleaned_data)


class RoundForm(forms.Form):
    """The period that a form is asked for."""

    period = forms.ChoiceField(label="报送期")
    opens_on = DayField(label="开始填报", required=False, help_text="不填则按报表规定。")
    closes_on = DayField(label="截止日期", required=False, help_text="不填则按报表规定。")

    def __init__(self, *args: object, offered: Sequence[Period], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["period"].choices = [(one.name, one.label) for one in offered]
        if any(one.kind is PeriodKind.YEAR for one in offered):
            self.fields[
                "opens_on"
            ].help_text = "不填则按报表规定。全年指标一经下达就可以开放填报，不必等到年底。"

    def clean_period(self) -> Period:
        """Return the period itself."""
        try:
            return periods.parse(self.cleaned_data["period"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class ExtendForm(ReasonForm):
    """Until when a round stays open, and why."""

    closes_on = DayField(label="新的截止日")
    field_order = ("closes_on", "reason")
