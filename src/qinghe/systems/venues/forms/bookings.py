from django import forms
from django_filters import ChoiceFilter, DateFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch
from qinghe.systems.venues.services import NewBooking

from .fields import MinuteField

MOST = 100_000


class _OptionalOrg(OrgField):
    """An organisation, or none."""

    def clean(self, value: object) -> Org | None:  # type: ignore[override]
        """Return the organisation that was named, if any."""
        return super().clean(value) if str(value or "").strip() else None


class BookForm(forms.Form):
    """A room for a time. Whoever may book for an organisation can name one."""

    day = DayField(label="日期")
    starts = MinuteField(label="开始")
    ends = MinuteField(label="结束")
    people = forms.IntegerField(label="人数", min_value=1, max_value=MOST)
    purpose = forms.CharField(label="用途", max_length=100)
    org = _OptionalOrg(
        label="以哪个单位的名义", required=False, help_text="个人使用的不填；填组织代码或名称。"
    )
    weeks = forms.IntegerField(
        label="每周重复几次",
        min_value=1,
        max_value=rules.MOST_WEEKS,
        initial=1,
        help_text="只用一次的填1；重复的要么全部约上，要么都不约。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        if actors.may_anywhere(actor, Act.BOOK):
            self.fields["org"].rows = queries.orgs_for(actor, Act.BOOK)
        else:
            del self.fields["org"]

    def as_new(self, room: queries.Room) -> NewBooking:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return NewBooking(
            room=room,
            day=told["day"],
            stretch=Stretch(told["starts"], told["ends"]),
            people=told["people"],
            purpose=told["purpose"],
            org=told.get("org"),
        )


class WalkInForm(forms.Form):
    """Who uses a room now."""

    starts = MinuteField(label="开始")
    ends = MinuteField(label="结束")
    people = forms.IntegerField(label="人数", min_value=1, max_value=MOST)
    purpose = forms.CharField(label="用途", max_length=100, help_text="不写姓名和电话。")


class BookingFilter(FilterSet):
    """What a list of bookings can be narrowed to."""

    day = DateFilter(label="日期", field_name="day", widget=forms.DateInput(attrs={"type": "date"}))
    state = ChoiceFilter(label="状态", choices=models.Booking.State.choices)

    class Meta:
        model = models.Booking
        fields: list[str] = []
