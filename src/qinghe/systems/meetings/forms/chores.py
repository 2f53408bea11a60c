from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.meetings import models
from qinghe.systems.meetings.services import NewChore, NewLine

from .fields import PersonField
from .sittings import KINDS

EVERY = ("", "各种会议")
BODIES = [
    EVERY,
    *[(one.value, one.label) for one in models.Body.Kind if one not in ("standing", "other")],
]


class ChoreForm(forms.Form):
    """One thing that a sitting needs."""

    title = forms.CharField(label="事项", max_length=80)
    due_on = DayField(label="完成时限")
    owner = PersonField(
        label="负责人编号", required=False, help_text="有账号的填人员编号，到期在本人待办里提醒。"
    )
    owner_name = forms.CharField(label="负责人姓名", max_length=40, required=False)

    def as_new(self) -> NewChore:
        """Return it as the service takes it."""
        return NewChore(**self.cleaned_data)


class LineForm(forms.Form):
    """A line of the templates."""

    title = forms.CharField(label="事项", max_length=80)
    body_kind = forms.ChoiceField(label="会议机构", choices=BODIES, required=False)
    sitting_kind = forms.ChoiceField(label="会议类别", choices=[EVERY, *KINDS], required=False)
    days = forms.IntegerField(
        label="天数", help_text="会前几天填负数，如会前7天填-7；当天填0；会后3天填3。"
    )

    def as_new(self) -> NewLine:
        """Return it as the service takes it."""
        return NewLine(**self.cleaned_data)
