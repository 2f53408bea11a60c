from decimal import Decimal

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.orgs.models import Org
from qinghe.systems.branches import queries
from qinghe.systems.branches.services import NewMeeting

MOST = 100_000
QUARTER = Decimal("0.25")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(forms.Form):
    """A meeting as it was held, short enough for a phone."""

    kind = forms.ChoiceField(label="类别", choices=queries.MeetingKind.choices)
    day = DayField(label="日期")
    topic = forms.CharField(label="主题", max_length=120)
    present = forms.IntegerField(label="实到人数", min_value=0, max_value=MOST)
    entitled = forms.IntegerField(
        label="应到人数",
        min_value=1,
        max_value=MOST,
        required=False,
        help_text="不填就按当日名册计：支委会按在任委员，其他按在册团员；团小组会须填写。",
    )
    place = forms.CharField(label="地点", max_length=120, required=False)
    hours = forms.DecimalField(
        label="学时",
        required=False,
        min_value=QUARTER,
        max_value=24,
        decimal_places=2,
        help_text="只有团课填写，以四分之一学时为单位，如1.5。",
    )
    speaker = forms.CharField(
        label="主讲人", max_length=40, required=False, help_text="只有团课填写。"
    )
    notes = forms.CharField(
        label="会议记录",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.FileField(
        label="佐证（照片、签到表，可不附）", required=False, allow_empty_file=True
    )

    def clean_hours(self) -> int | None:
        """Return quarters of an hour, or refuse what is none."""
        hours = self.cleaned_data["hours"]
        if hours is None:
            return None
        if hours % QUARTER:
            raise forms.ValidationError("学时以四分之一为单位，如0.5、1.25，请改正。")
        return int(hours / QUARTER)

    def as_new(self, org: Org) -> NewMeeting:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        told.pop("evidence")
        return NewMeeting(org=org, quarters=told.pop("hours"), **told)


class MeetingFilter(FilterSet):
    """What a list of meetings can be narrowed to."""

    q = CharFilter(label="主题", field_name="topic", lookup_expr="icontains")
    branch = CharFilter(label="支部", field_name="org__name", lookup_expr="icontains")
    kind = ChoiceFilter(label="类别", choices=queries.MeetingKind.choices)
    state = ChoiceFilter(label="状态", choices=queries.MeetingState.choices)

    class Meta:
        model = queries.Meeting
        fields: list[str] = []
