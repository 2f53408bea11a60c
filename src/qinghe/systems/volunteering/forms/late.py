import re
from datetime import date, datetime, timedelta

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import LateCome, NewLate, NewQuota

from .fields import CodeField, MomentField, ReasonForm

LINE = re.compile(
    r"(?P<number>\S+)[\s,，]+(?P<came>\d{1,2}[:：]\d{2})[\s,，\-–至到]+(?P<left>\d{1,2}[:：]\d{2})"
)
DAY = timedelta(days=1)


class ComesForm(forms.Form):
    """Who came and went when, one line each."""

    people = forms.CharField(
        label="志愿者和时间",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一人：志愿者编号 到达 离开，如 ZY0001 09:00 12:00；离开早于到达的算次日。",
    )
    reason = forms.CharField(
        label="补录原因", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.FileField(
        label="证明材料",
        required=False,
        allow_empty_file=True,  # the rules say it better
        help_text="签到表照片、活动照片或被服务单位的证明。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def comes_on(self, day: date) -> list[LateCome]:
        """Return the lines as the service takes them; errors are told by line."""
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines()]
        found = [(place, line) for place, line in enumerate(lines, start=1) if line]
        matched = [(place, LINE.fullmatch(line)) for place, line in found]
        numbers = {match["number"] for _, match in matched if match}
        known = {
            one.number: one
            for one in queries.volunteers_to_check_in(self.actor).filter(number__in=numbers)
        }
        comes = []
        for place, match in matched:
            try:
                comes.append(_come(match, known=known, day=day))
            except forms.ValidationError as error:
                self.add_error("people", f"第{place}行：{error.message}")
        return comes


class LateForm(ComesForm):
    """A late entry: to a session, or to an activity that never was published."""

    session = CodeField(label="场次编号", required=False)
    title = forms.CharField(label="活动名称", max_length=120, required=False)
    place = forms.CharField(label="地点", max_length=160, required=False)
    org = OrgField(label="主办组织", required=False, help_text="组织代码或完整名称。")
    team = CodeField(label="队伍编号", required=False)
    starts_at = MomentField(label="开始时间", required=False)
    ends_at = MomentField(label="结束时间", required=False)
    field_order = ("session", "title", "place", "org", "team", "starts_at", "ends_at", "people")
    NEW = ("title", "place", "org", "starts_at", "ends_at")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, actor=actor, **options)
        self.fields["session"].queryset = queries.sessions_to_enter_late(actor)
        self.fields["team"].queryset = queries.teams_seen_by(actor)
        self.fields["org"].rows = queries.orgs_for(actor, Act.ENTER_LATE)

    def clean(self) -> dict[str, object]:
        """See that there is a session, or all that a new one needs."""
        super().clean()
        given = self.cleaned_data
        if given.get("session") is None and not self.errors:
            for name in self.NEW:
                if not given.get(name):
                    self.add_error(name, "没有填写场次编号的，这一项必填。")
        if self.errors:
            return given
        session = given.get("session")
        given["comes"] = self.comes_on(
            local_day(session.starts_at if session else given["starts_at"])
        )
        return given

    def as_new(self) -> NewLate:
        """Return the late entry as the service takes it."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("reason", "comes")}
        if source := given["session"]:
            return NewLate.of(source, **told)
        return NewLate(**{name: given[name] for name in (*self.NEW, "team")}, **told)


class LateAmendForm(ComesForm):
    """What is mended in a late entry that was sent back."""

    def __init__(
        self, *args: object, actor: Actor, entry: models.LateEntry, **options: object
    ) -> None:
        super().__init__(*args, actor=actor, **options)
        self.entry = entry

    def clean(self) -> dict[str, object]:
        """Read the lines."""
        super().clean()
        given = self.cleaned_data
        if not self.errors:
            given["comes"] = self.comes_on(local_day(self.entry.starts_at))
        return given


class LateQuotaForm(ReasonForm):
    """More of a month for one organisation."""

    org = OrgField(label="组织", help_text="组织代码或完整名称。")
    month = forms.DateField(
        label="月份",
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m"],
    )
    hours = forms.IntegerField(label="调高到（小时）", min_value=1, max_value=100_000)
    field_order = ("org", "month", "hours", "reason")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RAISE_LATE)

    def as_new(self) -> NewQuota:
        """Return the quota as the service takes it."""
        given = self.cleaned_data
        return NewQuota(
            org=given["org"],
            month=given["month"],
            minutes=given["hours"] * 60,
            reason=given["reason"],
        )


class LateFilter(FilterSet):
    """What a list of late entries can be narrowed to."""

    q = CharFilter(label="活动名称", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.LateEntry.State.choices)

    class Meta:
        model = models.LateEntry
        fields: list[str] = []


def _come(
    match: re.Match[str] | None, *, known: dict[str, models.Volunteer], day: date
) -> LateCome:
    if match is None:
        raise forms.ValidationError("请写成“志愿者编号 到达 离开”，如 ZY0001 09:00 12:00。")
    volunteer = known.get(match["number"])
    if volunteer is None:
        raise forms.ValidationError(f"没有编号为{match['number']}的注册志愿者，请核对。")
    came, left = (_moment(match[name], day=day) for name in ("came", "left"))
    return LateCome(volunteer, came, left if left > came else left + DAY)


def _moment(clock: str, *, day: date) -> datetime:
    hour, minute = map(int, clock.replace("：", ":").split(":"))
    if hour > 23 or minute > 59:
        raise forms.ValidationError(f"{clock}不是一天中的时间，请改正。")
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TZ)
