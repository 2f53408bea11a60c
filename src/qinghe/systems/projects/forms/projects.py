from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.projects import models, queries
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.services import NewProject


def text(label: str, *, most: int, rows: int = 3, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint)


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", most=200)


class ProjectForm(forms.Form):
    """A project to be proposed."""

    title = forms.CharField(label="项目名称", max_length=80)
    org = OrgField(label="牵头单位")
    aim = text("目标", most=400)
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.LEAD)

    def as_new(self) -> NewProject:
        """Return it as the service takes it."""
        return NewProject(**self.cleaned_data)


class ExtendForm(ReasonForm):
    """Until when it lasts now, and why."""

    ends_on = DayField(label="延期至")
    field_order = ("ends_on", "reason")


class CloseForm(forms.Form):
    """How it went, in words."""

    summary = text(
        "结项总结", most=4000, rows=10, hint="写做法、成效和不足；分工、资源和节点的数由平台列出。"
    )


class ProjectFilter(FilterSet):
    """What a list of projects can be narrowed to."""

    q = CharFilter(label="项目", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.JointProject.State.choices)

    class Meta:
        model = models.JointProject
        fields: list[str] = []
