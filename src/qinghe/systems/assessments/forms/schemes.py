from decimal import Decimal, InvalidOperation

from django import forms
from django_filters import ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.assessments import queries, rules
from qinghe.systems.assessments.queries import Audience, Combine, Item, Scheme, SchemeState
from qinghe.systems.assessments.services import NewItem, NewScheme

MOST = Decimal(1000)
HALVES = (("", "全年"), ("H1", "上半年"), ("H2", "下半年"))
WAYS = [(way.value, way.label) for way in (queries.Way.SELF, queries.Way.FIGURE)]


def marks_field(label: str, *, required: bool = True, hint: str = "") -> forms.DecimalField:
    """Return a field for marks with at most two digits."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST,
        max_digits=6,
        decimal_places=2,
        required=required,
        help_text=hint,
    )


def text(label: str, *, required: bool = True, most: int = 400, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=area, help_text=hint
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", most=200)


class SchemeForm(forms.Form):
    """What a scheme says of itself."""

    name = forms.CharField(label="方案名称", max_length=80)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    half = forms.ChoiceField(label="考核期", choices=HALVES, required=False)
    audience = forms.ChoiceField(label="考核对象", choices=Audience.choices)
    source = forms.CharField(
        label="依据", max_length=200, help_text="文件名称和文号，或会议及日期。"
    )
    self_by = DayField(label="自评截止日期")
    full = marks_field("总分", hint="计分项目的满分要合计到总分，才能发布。")
    bonus_cap = marks_field("加分上限")
    deduction_cap = marks_field("扣分上限")
    reviewers = forms.TypedChoiceField(
        label="每项复核人数", choices=[(1, "1人"), (2, "2人")], coerce=int
    )
    combine = forms.ChoiceField(
        label="两人复核时", choices=Combine.choices, help_text="只在两人复核时用。"
    )
    object_days = forms.IntegerField(label="异议期（工作日）", min_value=1, max_value=60)
    answer_days = forms.IntegerField(label="异议答复期限（工作日）", min_value=1, max_value=60)

    @classmethod
    def beginning_with(cls, scheme: Scheme) -> dict[str, object]:
        """Return what the form of a scheme begins with."""
        plain = ("name", "audience", "source", "self_by", "reviewers", "combine")
        marks = ("full", "bonus_cap", "deduction_cap")
        return {
            "year": scheme.period[:4],
            "half": scheme.period[4:],
            **{name: getattr(scheme, name) for name in (*plain, "object_days", "answer_days")},
            **{name: rules.as_decimal(getattr(scheme, name)) for name in marks},
        }

    def as_new(self) -> NewScheme:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        period = f"{told.pop('year')}{told.pop('half')}"
        for name in ("full", "bonus_cap", "deduction_cap"):
            told[name] = rules.in_hundredths(told[name])
        return NewScheme(period=period, **told)


class HeadingForm(forms.Form):
    """A heading of a scheme."""

    name = forms.CharField(label="分类名称", max_length=80)


class ItemForm(forms.Form):
    """One thing to be marked; by a figure it says how the figure becomes marks."""

    name = forms.CharField(label="项目", max_length=80)
    standard = text("评分标准", required=False)
    sort = forms.ChoiceField(label="性质", choices=queries.Sort.choices)
    full = marks_field("满分", hint="加分、扣分项目填最多加减的分。")
    way = forms.ChoiceField(label="计分方式", choices=WAYS)
    evidence_needed = forms.BooleanField(label="自评得分须上传佐证", required=False)
    code = forms.ChoiceField(label="指标", required=False)
    target = forms.DecimalField(
        label="目标值",
        min_value=0,
        max_digits=15,
        decimal_places=2,
        required=False,
        help_text="达到目标值得满分，不到的按比例得分。",
    )
    steps = forms.CharField(
        label="分档",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="与目标值二选一。每行一档，写“达到的数 得分”，如 90 10；没达到任何一档得0分。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", "不按数据计分"), *queries.figure_names(actor)]

    @classmethod
    def beginning_with(cls, item: Item) -> dict[str, object]:
        """Return what the form of an item begins with."""
        plain = ("name", "standard", "sort", "way", "evidence_needed", "code")
        return {
            **{name: getattr(item, name) for name in plain},
            "full": rules.as_decimal(item.full),
            "target": None if item.target is None else rules.as_decimal(item.target),
            "steps": "\n".join(
                f"{rules.as_decimal(step.at_least)} {rules.as_decimal(step.marks)}"
                for step in item.steps.all()
            ),
        }

    def clean_steps(self) -> tuple[rules.Step, ...]:
        """Read one step a line."""
        lines = [line.split() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        try:
            return tuple(_step(*line) for line in lines)
        except (TypeError, ValueError, InvalidOperation) as error:
            raise forms.ValidationError(
                "每行写两个数，中间空一格：达到的数和得分，如 90 10。"
            ) from error

    def as_new(self) -> NewItem:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        told["full"] = rules.in_hundredths(told["full"])
        if told["target"] is not None:
            told["target"] = rules.in_hundredths(told["target"])
        return NewItem(**told)


class SchemeFilter(FilterSet):
    """Which schemes are listed."""

    audience = ChoiceFilter(label="考核对象", choices=Audience.choices)
    state = ChoiceFilter(label="状态", choices=SchemeState.choices)

    class Meta:
        model = Scheme
        fields = ("audience", "state")


def _step(at_least: str, marks: str) -> rules.Step:
    found = rules.Step(_hundredths(at_least), _hundredths(marks))
    if found.marks < 0:
        raise ValueError("marks below nought")
    return found


def _hundredths(typed: str) -> int:
    number = Decimal(typed)
    if not number.is_finite() or abs(number) > 10**11:
        raise ValueError("no number of ours")
    return rules.in_hundredths(number)
