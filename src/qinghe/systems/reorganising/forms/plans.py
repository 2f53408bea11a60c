from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.reorganising import models, queries, services
from qinghe.systems.reorganising.queries import State


class PlanForm(forms.Form):
    """What a plan says of itself."""

    title = forms.CharField(
        label="方案名称", max_length=80, help_text="如：横岗街道2022年团支部调整方案"
    )
    document = forms.CharField(label="文号", max_length=40, required=False)
    reason = forms.CharField(
        label="调整原因", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DayField(
        label="生效日期",
        help_text="今天的，批准后立即执行；以后的，到当天凌晨自动执行。",
    )

    def as_new(self) -> services.NewPlan:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return services.NewPlan(
            title=told["title"], reason=told["reason"], on=told["on"], document=told["document"]
        )


class NewPlanForm(PlanForm):
    """A plan, and whose it is."""

    org = OrgField(label="所属组织", help_text="方案只能调整这个组织以下的机构。")
    field_order = ("org", "title", "document", "reason", "on")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_where_may_plan(actor)


class CopyForm(forms.Form):
    """The day of a copy."""

    on = DayField(label="生效日期")


class ReasonForm(forms.Form):
    """Why a plan ends."""

    reason = forms.CharField(label="原因", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class PlanFilter(FilterSet):
    """What the list of plans can be narrowed to."""

    q = CharFilter(label="方案名称", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=State.choices)

    class Meta:
        model = models.Plan
        fields: list[str] = []
