"""Forms and filters of volunteering. An organisation is named by its code.

The lists' organisation is chosen in the top bar (`?org=`), so no filter asks for one.
"""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Sex
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import TZ

from . import models, queries
from .access import Act
from .services import NewSession, NewTeam, NewVolunteer

UNSET = [("", "未填")]


class DayField(forms.DateField):
    """A day picked from a calendar."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, **options)


class MomentField(forms.DateTimeField):
    """A moment by the clock on the wall."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=picker, **options)

    def clean(self, value: object) -> datetime:
        """Return the moment in 龙岗's own time."""
        return super().clean(value).astimezone(TZ)


class CodeField(forms.ModelChoiceField):
    """A record out of those the actor may choose, typed as its code."""

    def __init__(self, *, key: str = "code", **options: object) -> None:
        super().__init__(
            queryset=None,
            to_field_name=key,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={
                "invalid_choice": "没有找到这个编号，或者它不在您的工作范围内，请核对。"
            },
            **options,
        )

    def prepare_value(self, value: object) -> object:
        """Show what was typed."""
        return value


class VolunteerForm(forms.Form):
    """An application: who, and where they belong."""

    number = forms.CharField(label="志愿者编号", max_length=20)
    person_number = forms.CharField(
        label="人员编号",
        max_length=20,
        help_text="已登记的人填原编号，姓名须一致；不要填身份证号。",
    )
    name = forms.CharField(label="姓名", max_length=60)
    sex = forms.ChoiceField(label="性别", choices=UNSET + Sex.choices, required=False)
    birth_date = DayField(label="出生日期")
    guardian_agreed_on = DayField(
        label="监护人同意日期", required=False, help_text="未满18周岁的必填。"
    )
    org = CodeField(label="主组织代码")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.REGISTER)

    def as_new(self) -> NewVolunteer:
        """Return the application as the service takes it."""
        typed = self.cleaned_data
        return NewVolunteer(
            number=typed["number"],
            person=NewPerson(
                number=typed["person_number"],
                name=typed["name"],
                sex=typed["sex"],
                birth_date=typed["birth_date"],
            ),
            org=typed["org"],
            guardian_agreed_on=typed["guardian_agreed_on"],
        )


class TeamForm(forms.Form):
    """A team to be founded."""

    code = forms.CharField(label="队伍编号", max_length=24)
    name = forms.CharField(label="队伍名称", max_length=80)
    org = CodeField(label="主组织代码")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.FOUND_TEAM)

    def as_new(self) -> NewTeam:
        """Return the team as the service takes it."""
        return NewTeam(**self.cleaned_data)


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

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.PUBLISH)
        self.fields["team"].queryset = queries.teams_seen_by(actor)

    def as_new(self) -> NewSession:
        """Return the session as the service takes it."""
        return NewSession(**self.cleaned_data)


class CheckInForm(forms.Form):
    """Who has come."""

    volunteer = CodeField(label="志愿者编号", key="number")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.volunteers_to_check_in(actor)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(ReasonForm):
    """Other times in the place of the recorded ones."""

    came_at = MomentField(label="实际签到时间")
    left_at = MomentField(label="实际签退时间")
    field_order = ("came_at", "left_at", "reason")


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


class VolunteerFilter(FilterSet):
    """What a list of volunteers can be narrowed to."""

    q = CharFilter(label="姓名或编号", method="search")
    state = ChoiceFilter(label="状态", choices=models.Volunteer.State.choices)

    class Meta:
        model = models.Volunteer
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose whole name, as far as it may be read, or number is the text."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter((Q(person__name=value) & known) | Q(number=value))


class TeamFilter(FilterSet):
    """What a list of teams can be narrowed to."""

    q = CharFilter(label="名称或编号", method="search")
    state = ChoiceFilter(label="状态", choices=models.Team.State.choices)

    class Meta:
        model = models.Team
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name holds the text, or whose code it is."""
        return rows.filter(Q(name__icontains=value) | Q(code=value))
