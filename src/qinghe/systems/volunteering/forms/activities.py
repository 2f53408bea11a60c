"""What an activity says, when it repeats, and whom its posts take."""

from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewActivity, NewPost, Spot, Told

from .fields import CodeField, DayField, MomentField
from .insurance import PolicyField

WEEKDAYS = list(enumerate(("周一", "周二", "周三", "周四", "周五", "周六", "周日")))
MOST_PARTNERS = 20
# What a template keeps: everything but days.
KEPT = (
    "title", "kind", "about", "risks", "contact", "place", "latitude", "longitude", "partners",
    "dangerous", "cancel_hours", "offer_minutes", "name", "capacity", "skills", "training",
    "min_age", "max_age", "minors", "children",
)  # fmt: skip


class PostForm(forms.Form):
    """A post: what is to be done, by how many, by whom."""

    name = forms.CharField(label="岗位名称", max_length=40, initial="志愿者")
    capacity = forms.IntegerField(label="招募人数", min_value=1, max_value=5000)
    skills = forms.CharField(
        label="技能要求",
        max_length=120,
        required=False,
        help_text="用顿号分开；报名时由本人确认具备。",
    )
    training = forms.ChoiceField(
        label="须参加的培训",
        choices=[("", "不要求"), *models.Training.Kind.choices],
        required=False,
        help_text="报名时核对本人的培训学时记录。",
    )
    min_age = forms.IntegerField(label="最小年龄", min_value=14, max_value=99, required=False)
    max_age = forms.IntegerField(label="最大年龄", min_value=14, max_value=99, required=False)
    minors = forms.BooleanField(label="接受14至17周岁的未成年人（须监护人已同意）", required=False)

    children = forms.BooleanField(
        label="可由监护人带14周岁以下儿童同行",
        required=False,
        help_text="儿童由监护人报名、同行签到，另占一个名额，时长单独统计。",
    )

    def as_post(self) -> NewPost:
        """Return the post as the service takes it."""
        return NewPost(**{name: self.cleaned_data[name] for name in PostForm.base_fields})


class SpotForm(forms.Form):
    """Where a session is."""

    place = forms.CharField(
        label="详细地址", max_length=160, help_text="写到门牌或出入口，志愿者据此到场。"
    )
    latitude = forms.DecimalField(
        label="纬度", max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False
    )
    longitude = forms.DecimalField(
        label="经度",
        max_digits=9,
        decimal_places=6,
        min_value=-180,
        max_value=180,
        required=False,
        help_text="与纬度一并填写，志愿者才能按距离找到。",
    )

    def clean(self) -> dict[str, object]:
        """Ask for both coordinates or none."""
        said = super().clean() or self.cleaned_data
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            self.add_error("longitude", "经度和纬度要么都填，要么都不填。")
        return said

    def as_spot(self) -> Spot:
        """Return the place as the services take it."""
        said = self.cleaned_data
        return Spot(said["place"], said["latitude"], said["longitude"])


class SittingForm(SpotForm):
    """When and where one session is."""

    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    field_order = ["starts_at", "ends_at", "place", "latitude", "longitude"]

    def as_times(self) -> rules.Times:
        """Return when it is."""
        return self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]


class PartnersField(forms.CharField):
    """Organisations that join, typed as their codes."""

    rows: QuerySet[Org] = Org.objects.none()

    def clean(self, value: object) -> tuple[Org, ...]:
        """Return the organisations in the order they were typed."""
        typed = str(super().clean(value) or "").upper()
        for sign in "、，,；;\n":
            typed = typed.replace(sign, " ")
        codes = list(dict.fromkeys(typed.split()))
        if len(codes) > MOST_PARTNERS:
            raise forms.ValidationError(f"协办组织最多{MOST_PARTNERS}个。")
        known = {org.code: org for org in self.rows.filter(code__in=codes)}
        missing = [code for code in codes if code not in known]
        if missing:
            raise forms.ValidationError(f"没有代码为{'、'.join(missing)}的组织，请核对。")
        return tuple(known[code] for code in codes)


class ToldForm(forms.Form):
    """What people are told before they sign up (V-01)."""

    about = forms.CharField(
        label="活动内容", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    risks = forms.CharField(
        label="风险提示",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="招募须如实告知风险，如高温、临水、交通；没有特别风险也请写明。",
    )
    contact = forms.CharField(label="咨询联系方式", max_length=80)

    def as_told(self) -> Told:
        """Return it as the service takes it."""
        said = self.cleaned_data
        return Told(said["about"], said["risks"], said["contact"])


class ActivityForm(SittingForm, PostForm, ToldForm):
    """An activity with its first post, its times and how it repeats."""

    title = forms.CharField(
        label="活动名称", max_length=120, help_text="会议、讲座、值班、聚餐、团建等不属于志愿服务。"
    )
    kind = forms.ChoiceField(label="服务类别", choices=models.Activity.Kind.choices)
    org = CodeField(label="主办组织代码")
    team = CodeField(
        label="服务队伍编号", required=False, help_text="由队伍承办的填写，计入队伍的活动场次。"
    )
    partners = PartnersField(
        label="协办组织代码",
        required=False,
        help_text="多个用空格分开；各自列表可见，上级只计一场。",
    )
    project = forms.ModelChoiceField(
        label="所属项目",
        queryset=models.Project.objects.none(),
        required=False,
        empty_label="不属于项目",
    )
    dangerous = forms.BooleanField(label="有人身危险（不得接受未成年人，须有保单）", required=False)
    policy = PolicyField(label="保单", required=False)
    cancel_hours = forms.IntegerField(
        label="开始前几小时截止取消", min_value=0, max_value=720, initial=24
    )
    offer_minutes = forms.IntegerField(
        label="候补确认时限（分钟）", min_value=5, max_value=2880, initial=120
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="每周重复",
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = DayField(label="重复至", required=False)
    without_holidays = forms.BooleanField(label="法定节假日不办", required=False)
    template = forms.CharField(
        label="另存为模板",
        max_length=80,
        required=False,
        help_text="填模板名称，下次可由模板发布。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.PUBLISH)
        self.fields["team"].queryset = queries.teams_seen_by(actor)
        self.fields["partners"].rows = queries.orgs_to_join(actor)
        self.fields["project"].queryset = queries.projects_seen_by(actor)
        self.fields["policy"].queryset = queries.policies_for(actor)

    def clean(self) -> dict[str, object]:
        """Work out the days of a repeat, and refuse half of one."""
        said = super().clean()
        if bool(said.get("weekdays")) != bool(said.get("until")):
            self.add_error("until", "要重复请同时选择星期和截止日期。")
        if self.errors:
            return said
        try:
            said["times"] = self._times(said)
        except Refused as refusal:
            self.add_error("until", refusal.reason)
        return said

    def as_new(self) -> NewActivity:
        """Return the activity as the service takes it."""
        said = self.cleaned_data
        same = (
            "org", "title", "kind", "about", "risks", "contact", "partners", "project", "team",
            "dangerous", "policy", "cancel_hours", "offer_minutes",
        )  # fmt: skip
        return NewActivity(
            spot=self.as_spot(),
            times=tuple(said["times"]),
            posts=(self.as_post(),),
            **{name: said[name] for name in same},
        )

    def as_said(self) -> dict[str, object]:
        """Return what a template keeps of it."""
        said = self.cleaned_data
        kept = {name: said[name] for name in KEPT if said[name] not in (None, "", ())}
        if "partners" in kept:
            kept["partners"] = " ".join(org.code for org in said["partners"])
        return {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in kept.items()
        }

    def _times(self, said: dict[str, object]) -> list[rules.Times]:
        first = self.as_times()
        if not said.get("weekdays"):
            return [first]
        return rules.repeats(
            first,
            weekdays=said["weekdays"],
            until=said["until"],
            without_holidays=said["without_holidays"],
        )


class ProjectForm(forms.Form):
    """A project to be opened."""

    title = forms.CharField(label="项目名称", max_length=80)
    org = CodeField(label="主办组织代码")
    about = forms.CharField(
        label="项目简介", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.PUBLISH)


class CapacityForm(forms.Form):
    """How many people a post takes."""

    capacity = forms.IntegerField(label="招募人数", min_value=1, max_value=5000)


class ActivityFilter(FilterSet):
    """What a list of activities can be narrowed to."""

    q = CharFilter(label="名称", field_name="title", lookup_expr="icontains")
    kind = ChoiceFilter(label="服务类别", choices=models.Activity.Kind.choices)
    state = ChoiceFilter(label="状态", choices=models.Activity.State.choices)

    class Meta:
        model = models.Activity
        fields: list[str] = []
