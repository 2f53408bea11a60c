from collections.abc import Sequence

from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.people.models import LeftAs
from qinghe.systems.rolls.queries import LeavingGround
from qinghe.systems.rolls.services import NewLeaving


def words(label: str, *, most: int, help_text: str = "", required: bool = True) -> forms.CharField:
    """Return a field for some sentences."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, widget=area, help_text=help_text, required=required
    )


class ResignedForm(forms.Form):
    """A member's written wish, and what the branch's meeting resolved."""

    asked_on = DayField(label="书面申请日期")
    resolved_on = DayField(label="支部大会决议日期")
    reason = words("情况说明", most=400, help_text="申请的理由和支部谈话的情况。")

    def as_new(self) -> NewLeaving:
        """Return it as the service takes it."""
        return NewLeaving(kind=LeftAs.RESIGNED, **self.cleaned_data)


class DroppedForm(forms.Form):
    """What a member has not done for six months, and what the branch's meeting resolved."""

    ground = forms.ChoiceField(label="情形", choices=LeavingGround.choices)
    since = DayField(label="从哪一天起", help_text="没有正当理由，到支部大会决议之日须满6个月。")
    resolved_on = DayField(label="支部大会决议日期")
    reason = words("情况说明", most=400, help_text="联系、提醒和教育的经过。")

    def as_new(self) -> NewLeaving:
        """Return it as the service takes it."""
        return NewLeaving(kind=LeftAs.DROPPED, **self.cleaned_data)


class ApproveForm(forms.Form):
    """From which day on somebody is no longer a member."""

    on = DayField(label="离团日期", help_text="从这一天起不再计入团员数，不早于支部大会决议日期。")


class ReasonForm(forms.Form):
    """Why."""

    reason = words("原因", most=200)


class ConfirmForm(forms.Form):
    """Nothing to fill in: a decision to confirm."""

    sure = forms.BooleanField(label="已核对材料，确定批准")


class OfAgeForm(forms.Form):
    """Who leaves for their age, and on which day."""

    on = DayField(label="离团日期", help_text="支部确认的日期，从这一天起不再计入团员数。")
    members = forms.TypedMultipleChoiceField(
        label="离团人员",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一名团员。"},
    )
    step = forms.CharField(widget=forms.HiddenInput, initial="check")

    def __init__(
        self, *args: object, choices: Sequence[tuple[int, str]], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["members"].choices = choices

    def hidden(self) -> None:
        """Let what was chosen go along unseen, to be confirmed."""
        self.fields["on"].widget = forms.HiddenInput()
        self.fields["members"].widget = forms.MultipleHiddenInput()
