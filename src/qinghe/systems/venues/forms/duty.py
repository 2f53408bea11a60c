from django import forms

from qinghe.edges.web.fields import CodeField, DayField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.venues import queries, rules
from qinghe.systems.venues.rules import Stretch
from qinghe.systems.venues.services import Laying

from .fields import MinuteField


class LayForm(forms.Form):
    """Shifts to be laid."""

    first = DayField(label="从")
    last = DayField(label="到")
    places = forms.IntegerField(
        label="每班人数", min_value=1, max_value=rules.MOST_PLACES, initial=1
    )
    starts = MinuteField(label="开始", required=False, help_text="不填时间的，每个开放时段排一班。")
    ends = MinuteField(label="结束", required=False)

    def clean(self) -> dict[str, object]:
        """Refuse half of a time."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if (starts is None) is not (ends is None) and not self.errors:
            raise forms.ValidationError("开始和结束时间要么都填，要么都不填。")
        return self.cleaned_data

    def as_laying(self) -> Laying:
        """Return it as the service takes it."""
        told = self.cleaned_data
        stretch = None if told["starts"] is None else Stretch(told["starts"], told["ends"])
        return Laying(told["first"], told["last"], told["places"], stretch)


class OnDutyForm(forms.Form):
    """Who is to be on duty."""

    person = CodeField(
        label="人员编号", key="number", help_text="管理单位及其下级的志愿者、团员或干部。"
    )

    def __init__(self, *args: object, actor: Actor, org: Org, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = queries.persons_for(actor, org)


class SwapForm(forms.Form):
    """Who is asked to stand in."""

    other = CodeField(label="替班人的人员编号", key="number")
    words = forms.CharField(label="说明", max_length=100, required=False)

    def __init__(self, *args: object, actor: Actor, org: Org, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["other"].queryset = queries.persons_for(actor, org)
