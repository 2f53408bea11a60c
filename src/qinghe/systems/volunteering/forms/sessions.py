from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewSession

from .fields import CodeField, MomentField
from .insurance import PolicyField


class SessionForm(forms.Form):
    """A session to be published."""

    code = forms.CharField(label="场次编号", max_length=24)
    title = forms.CharField(
        label="活动名称", max_length=120, help_text="会议、讲座、值班、聚餐、团建等不属于志愿服务。"
    )
    org = CodeField(label="主办组织代码")
    team = CodeField(label="队伍编号", required=False)
    place = forms.CharField(label="地点", max_length=160, help_text="写到门牌或出入口。")
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    risk = forms.ChoiceField(
        label="风险等级",
        choices=models.Session.Risk.choices,
        initial=models.Session.Risk.ORDINARY,
        required=False,
        help_text="可能危及人身安全的为“较高”，须先投保再发布。",
    )
    policy = PolicyField(label="保单", required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.PUBLISH)
        self.fields["team"].queryset = queries.teams_seen_by(actor)
        self.fields["policy"].queryset = queries.policies_for(actor)

    def clean_risk(self) -> str:
        """Return the risk; who says nothing means an ordinary one."""
        return self.cleaned_data["risk"] or models.Session.Risk.ORDINARY

    def as_new(self) -> NewSession:
        """Return the session as the service takes it."""
        return NewSession(**self.cleaned_data)


class SessionFilter(FilterSet):
    """What a list of sessions can be narrowed to."""

    q = CharFilter(label="名称或编号", method="search")
    since = DateFilter(label="从", field_name="day", lookup_expr="gte")
    until = DateFilter(label="到", field_name="day", lookup_expr="lte")
    state = ChoiceFilter(label="状态", choices=models.Session.State.choices)

    class Meta:
        model = models.Session
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title holds the text, or whose code it is."""
        return rows.filter(Q(title__icontains=value) | Q(code=value))
