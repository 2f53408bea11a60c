from collections.abc import Sequence

from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.projects import models, queries
from qinghe.systems.projects.services import NewPart

from .projects import text

MOST = 100_000_000


class PartForm(forms.Form):
    """A part to be given to somebody below."""

    org = OrgField(label="承接单位", help_text="本单位下级的街道、社区或单位，填名称或代码。")
    title = forms.CharField(label="分工", max_length=80)
    starts_on = DayField(label="开始日期")
    due_on = DayField(label="完成日期")

    def __init__(self, *args: object, actor: Actor, giver: Org, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_below(actor, giver)

    def as_new(self, project: models.JointProject, parent: models.Part | None) -> NewPart:
        """Return it as the service takes it."""
        return NewPart(project=project, parent=parent, **self.cleaned_data)


class MeansForm(forms.Form):
    """Some means of a project; a name that is there already gets the new quantity."""

    kind = forms.ChoiceField(label="类别", choices=models.Means.Kind.choices)
    name = forms.CharField(
        label="资源", max_length=60, help_text="已登记过的同名资源，按这次填的数量更正。"
    )
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST)
    unit = forms.CharField(label="单位", max_length=8, help_text="经费按元，其余如：间、人、套。")


class AllotForm(forms.Form):
    """How much of some means a part gets."""

    means: forms.ModelChoiceField = forms.ModelChoiceField(
        label="资源", queryset=None, empty_label="请选择"
    )
    quantity = forms.IntegerField(
        label="分到", min_value=0, max_value=MOST, help_text="填这项分工一共分到的数；填0即收回。"
    )

    def __init__(self, *args: object, actor: Actor, part: models.Part, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["means"].queryset = queries.means_seen_by(actor).filter(project=part.project)


class SubmitForm(forms.Form):
    """What came of a part, and how much of each allotment it used."""

    outcome = text("完成情况", most=1000, rows=5)

    def __init__(
        self, *args: object, allotments: Sequence[models.Allotment], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.keys = [one.pk for one in allotments]
        for one in allotments:
            self.fields[f"used_{one.pk}"] = forms.IntegerField(
                label=f"{one.means.name}使用数（{one.means.unit}）",
                min_value=0,
                max_value=MOST,
                help_text=f"分到{one.quantity}{one.means.unit}，分给下级的由下级填。",
            )

    def used(self) -> dict[int, int]:
        """Return how much of each allotment was used."""
        return {key: self.cleaned_data[f"used_{key}"] for key in self.keys}
