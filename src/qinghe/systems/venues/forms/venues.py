from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch, Week
from qinghe.systems.venues.services import NewVenue, Particulars

from .fields import MinuteField, StretchesField

MOST = 100_000
PARTICULARS = (
    "name",
    "kind",
    "address",
    "latitude",
    "longitude",
    "capacity",
    "functions",
    "contact",
    "auto_confirm",
    "cancel_hours",
)
MAP = "地图上查到的度数；填了才能按距离找到。"


class VenueForm(forms.Form):
    """A place; where it is changed, its code and organisation stay."""

    name = forms.CharField(label="名称", max_length=60)
    kind: forms.ModelChoiceField = forms.ModelChoiceField(label="类别", queryset=None)
    code = forms.CharField(
        label="阵地编号",
        max_length=24,
        help_text="大写字母、数字和短横线，会出现在墙上的二维码里。",
    )
    org = OrgField(label="管理单位")
    address = forms.CharField(label="地址", max_length=160)
    latitude = forms.DecimalField(
        label="纬度", min_value=-90, max_value=90, decimal_places=6, required=False, help_text=MAP
    )
    longitude = forms.DecimalField(
        label="经度", min_value=-180, max_value=180, decimal_places=6, required=False
    )
    capacity = forms.IntegerField(label="容纳人数", min_value=1, max_value=MOST)
    functions = forms.CharField(label="功能", max_length=200, help_text="如：培训、便民服务。")
    contact = forms.CharField(
        label="工作联系方式",
        max_length=80,
        required=False,
        help_text="值班电话等，不填个人手机号；公开页面不显示。",
    )
    auto_confirm = forms.BooleanField(label="预约自动确认", required=False, initial=True)
    cancel_hours = forms.IntegerField(
        label="取消截止（开始前几小时）", min_value=0, max_value=168, initial=2
    )

    def __init__(self, *args: object, actor: Actor, fixed: bool, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].queryset = queries.kinds(actor)
        self.fields["org"].rows = queries.orgs_for(actor, Act.KEEP)
        if fixed:
            del self.fields["code"], self.fields["org"]

    def as_told(self) -> Particulars:
        """Return what is told, as the service takes it."""
        return Particulars(**{name: self.cleaned_data[name] for name in PARTICULARS})

    def as_new(self) -> NewVenue:
        """Return the place, as the service takes it."""
        return NewVenue(self.cleaned_data["code"].upper(), self.cleaned_data["org"], self.as_told())


class KindForm(forms.Form):
    """A kind of places."""

    label = forms.CharField(label="名称", max_length=20)
    slug = forms.SlugField(
        label="标识", max_length=20, help_text="小写字母和下划线，如 youth_home；定下后不改。"
    )


class RoomForm(forms.Form):
    """A room or area."""

    name = forms.CharField(label="名称", max_length=40, help_text="如：会议室、活动室。")
    capacity = forms.IntegerField(label="容纳人数", min_value=1, max_value=MOST)


class SuspendForm(forms.Form):
    """Why a place is shut for a while, and until when."""

    reason = forms.CharField(label="原因", max_length=200)
    planned_until = DayField(
        label="预计恢复", required=False, help_text="到这一天会在待办里提醒恢复；说不准的不填。"
    )


class HoursForm(forms.Form):
    """A week's hours from a day on."""

    valid_from = DayField(label="起用日期", help_text="从今天起；以后登记的由这一份代替。")
    closed_on_holidays = forms.BooleanField(label="法定节假日不开放", required=False, initial=True)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for number, label in enumerate(rules.WEEKDAYS, start=1):
            self.fields[f"day_{number}"] = StretchesField(label=label)
        self.fields["day_1"].help_text = "写成 09:00-12:00、14:00-18:00；不开放的留空。"

    def as_week(self) -> Week:
        """Return the week, as the service takes it."""
        days = {number: self.cleaned_data[f"day_{number}"] for number in range(1, 8)}
        return Week(self.cleaned_data["valid_from"], self.cleaned_data["closed_on_holidays"], days)


class SpecialDayForm(forms.Form):
    """A day that is otherwise."""

    day = DayField(label="日期")
    opens = MinuteField(label="开门", required=False, help_text="当天不开放的，两个时间都不填。")
    closes = MinuteField(label="关门", required=False)
    reason = forms.CharField(label="原因", max_length=100)

    def clean(self) -> dict[str, object]:
        """Refuse half of the hours."""
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if (opens is None) is not (closes is None) and not self.errors:
            raise forms.ValidationError("开门和关门时间要么都填，要么都不填。")
        return self.cleaned_data

    def as_stretch(self) -> Stretch | None:
        """Return the day's hours, or nothing for a closed day."""
        opens, closes = self.cleaned_data["opens"], self.cleaned_data["closes"]
        return None if opens is None else Stretch(opens, closes)


class VenueFilter(FilterSet):
    """What a list of places can be narrowed to."""

    q = CharFilter(label="名称或地址", method="search")
    kind = ModelChoiceFilter(label="类别", queryset=models.Kind.objects.all())
    state = ChoiceFilter(label="状态", choices=models.Venue.State.choices)

    class Meta:
        model = models.Venue
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name or address holds the text."""
        return rows.filter(name__icontains=value) | rows.filter(address__icontains=value)
