from django import forms
from django.core.exceptions import ValidationError

from qinghe.edges.web.fields import DayField, MomentField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.projects import models, queries
from qinghe.systems.projects.services import NewEvent

from .projects import text


class OfPartForm(forms.Form):
    """What may belong to a part of the project, or to the project as a whole."""

    part: forms.ModelChoiceField = forms.ModelChoiceField(
        label="所属分工", queryset=None, required=False, empty_label="项目整体"
    )

    def __init__(
        self, *args: object, actor: Actor, project: models.JointProject, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.actor, self.project = actor, project
        field = self.fields["part"]
        parts = queries.parts_seen_by(actor).filter(project=project)
        field.queryset = parts.exclude(state__in=queries.OFF)
        field.label_from_instance = lambda one: f"{one.org.name}：{one.title}"


class MilestoneForm(OfPartForm):
    """What must be reached by when."""

    title = forms.CharField(label="节点", max_length=60)
    due_on = DayField(label="完成日期")


class EventForm(OfPartForm):
    """An appointment."""

    title = forms.CharField(label="日程", max_length=80)
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    place = forms.CharField(label="地点", max_length=80)
    numbers = forms.CharField(
        label="参加人员编号",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="必须到场的人，一行一个编号；同一人同时有别的安排会提示冲突。",
    )
    settled = text(
        "冲突协调情况", most=200, hint="与别的安排冲突、已经协调好的才填；没有冲突不填。"
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["settled"].required = False

    def clean_numbers(self) -> list[Person]:
        """Return the persons that were named."""
        typed = list(dict.fromkeys(self.cleaned_data["numbers"].split()))
        found = queries.people_numbered(self.actor, typed)
        unknown = sorted(set(typed) - {one.number for one in found})
        if unknown:
            raise ValidationError(f"没有这些人员编号：{'、'.join(unknown[:5])}，没有保存，请核对。")
        return found

    def as_new(self) -> NewEvent:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return NewEvent(
            project=self.project,
            part=told["part"],
            title=told["title"],
            starts_at=told["starts_at"],
            ends_at=told["ends_at"],
            place=told["place"],
            people=told["numbers"],
            settled=told["settled"],
        )
