from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewTeam

from .fields import CodeField, NumbersField

LACKS = [("head", "没有负责人"), ("confirmation", "逾期未年度确认"), ("suspended", "停止发布活动")]
GAPS = [("team", "没有志愿队伍"), ("federation", "没有志愿者联合会"), ("compound", "没有小区队")]


class TeamForm(forms.Form):
    """A team to be founded."""

    code = forms.CharField(label="队伍编号", max_length=24)
    name = forms.CharField(label="队伍名称", max_length=80)
    kind = forms.ChoiceField(
        label="类别", choices=models.Team.Kind.choices, initial=models.Team.Kind.GROUP
    )
    compound = forms.CharField(
        label="小区名称", max_length=60, required=False, help_text="小区志愿服务队必填"
    )
    org = CodeField(label="主组织代码")
    scope = forms.CharField(
        label="服务范围",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="服务什么人、做什么事、在什么地方。",
    )
    head = CodeField(
        key="number", label="负责人志愿者编号", required=False, help_text="负责人计入发起成员。"
    )
    founders = NumbersField(label="发起成员志愿者编号", required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.FOUND_TEAM)
        known = queries.volunteers_by_card(actor, Act.FOUND_TEAM)
        self.fields["head"].queryset = known
        self.fields["founders"].rows = known
        least = queries.team_scheme_on(actor, timezone.localdate()).least_members
        self.fields[
            "founders"
        ].help_text = f"一行一个，也可以用逗号隔开；连同负责人至少{least}名已注册志愿者。"

    def as_new(self) -> NewTeam:
        """Return the team as the service takes it."""
        kept = self.cleaned_data
        return NewTeam(**{**kept, "founders": tuple(kept["founders"])})


class InviteForm(forms.Form):
    """Whom to invite."""

    volunteer = CodeField(key="number", label="志愿者编号")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.volunteers_by_card(actor, Act.KEEP_TEAM)


class ConfirmForm(forms.Form):
    """What a team adds to its yearly confirmation."""

    words = forms.CharField(
        label="说明",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="成员变动、主要服务和困难，可不填。",
    )


class TeamFilter(FilterSet):
    """What a list of teams can be narrowed to."""

    q = CharFilter(label="名称、编号或小区", method="search")
    kind = ChoiceFilter(label="类别", choices=models.Team.Kind.choices)
    state = ChoiceFilter(label="状态", choices=models.Team.State.choices)
    lack = ChoiceFilter(label="待办", choices=LACKS, method="lacking")

    class Meta:
        model = models.Team
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name or compound holds the text, or whose code it is."""
        return rows.filter(Q(name__icontains=value) | Q(compound__icontains=value) | Q(code=value))

    def lacking(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that lack a head or a confirmation, or that may not publish."""
        if value == "head":
            return rows.filter(led=False, state=models.Team.State.APPROVED)
        if value == "suspended":
            return rows.filter(suspended_on__isnull=False)
        actor = self.request.actor
        return queries.owing(actor, rows, year=queries.confirming(actor, timezone.localdate()).due)


class CommunityFilter(FilterSet):
    """What the communities of the net can be narrowed to."""

    q = CharFilter(label="社区", field_name="name", lookup_expr="icontains")
    gap = ChoiceFilter(label="空白", choices=GAPS, method="lacking")

    class Meta:
        model = Org
        fields: list[str] = []

    def lacking(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the communities that have none of what is asked for."""
        counted = {"team": "teams", "federation": "federations", "compound": "compounds"}
        return rows.filter(**{counted[value]: 0})
