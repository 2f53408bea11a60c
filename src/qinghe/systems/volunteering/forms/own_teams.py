from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.services import OwnTeam

from .fields import CodeField, NumbersField


class HostField(forms.ModelChoiceField):
    """Where a team may be founded, by name."""

    def label_from_instance(self, one: Org) -> str:  # type: ignore[override]
        """Name it without its code."""
        return one.name


class FellowField(CodeField):
    """Another volunteer, by the number that they told."""

    def __init__(self, **options: object) -> None:
        super().__init__(key="number", **options)
        self.error_messages["invalid_choice"] = "没有用这个编号的已注册志愿者，请与本人核对。"


class OwnTeamForm(forms.Form):
    """A team that a volunteer would found."""

    name = forms.CharField(label="队伍名称", max_length=80)
    kind = forms.ChoiceField(
        label="类别", choices=models.Team.Kind.choices, initial=models.Team.Kind.GROUP
    )
    org: forms.ModelChoiceField = HostField(
        label="主组织", queryset=None, empty_label=None, help_text="队伍归哪个社区或单位。"
    )
    compound = forms.CharField(
        label="小区名称", max_length=60, required=False, help_text="小区志愿服务队必填"
    )
    scope = forms.CharField(
        label="服务范围",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="服务什么人、做什么事、在什么地方。",
    )
    head = FellowField(
        label="拟任负责人志愿者编号",
        required=False,
        help_text="不填就是您本人。请别人负责的，须本人同意。",
    )
    founders = NumbersField(label="其他发起成员志愿者编号", required=False)

    def __init__(self, *args: object, actor: Actor, least: int, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.hosts_near(actor)
        known = queries.registered_by_number(actor)
        self.fields["head"].queryset = known
        self.fields["founders"].rows = known
        self.fields[
            "founders"
        ].help_text = f"一行一个，也可以用逗号隔开；连同您和负责人至少{least}名已注册志愿者。"

    def as_new(self) -> OwnTeam:
        """Return the team as the service takes it."""
        kept = self.cleaned_data
        return OwnTeam(**{**kept, "founders": tuple(kept["founders"])})


class FounderForm(forms.Form):
    """Whom else to ask."""

    volunteer = FellowField(label="志愿者编号")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.registered_by_number(actor)
