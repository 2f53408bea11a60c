from django import forms
from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import school_year
from qinghe.systems.joining import queries
from qinghe.systems.joining.services import NewCeiling

MOST = 5_000


class CeilingForm(forms.Form):
    """A ceiling to come."""

    stage = forms.ChoiceField(label="适用", choices=queries.Stage.choices)
    starts_on = DayField(label="施行日期")
    percent = forms.DecimalField(
        label="上限（%）", min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    is_hard = forms.BooleanField(
        label="超过的不能批准",
        required=False,
        help_text="不勾选的，超过时由审批人写明理由后仍可批准。",
    )
    source = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号，或会议及日期")
    reason = forms.CharField(
        label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def as_new(self) -> NewCeiling:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return NewCeiling(per_mille=int(told.pop("percent") * 10), **told)


def _students() -> forms.IntegerField:
    return forms.IntegerField(
        label="学生数", min_value=1, max_value=MOST, help_text="本班全部学生，含团员和非团员。"
    )


class ClassFilter(FilterSet):
    """What the list of graduating classes can be narrowed to."""

    year = NumberFilter(label="毕业年份")
    stage = ChoiceFilter(label="学段", choices=queries.Stage.choices)

    class Meta:
        model = queries.GraduatingClass
        fields: list[str] = []


class ClassForm(forms.Form):
    """A branch that graduates."""

    org = OrgField(label="团支部（班级）")
    year = forms.IntegerField(label="毕业年份", min_value=2000, max_value=2100)
    stage = forms.ChoiceField(label="学段", choices=queries.Stage.choices)
    students = _students()

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_to_run(actor)
        self.fields["year"].initial = school_year(timezone.localdate()) + 1


class ClassChangeForm(forms.Form):
    """How many students a class has, corrected."""

    students = _students()
    reason = forms.CharField(label="更正原因", max_length=200)
