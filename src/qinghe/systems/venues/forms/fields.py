from django import forms

from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import rules
from qinghe.systems.venues.rules import Stretch


class MinuteField(forms.CharField):
    """A time of the day, as a minute of it."""

    def __init__(self, **options: object) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}), **options)

    def clean(self, value: object) -> int | None:
        """Return the minute that was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return rules.minute_of(typed[:5])  # some browsers add seconds
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class StretchesField(forms.CharField):
    """The hours of one day, typed as 09:00-12:00、14:00-18:00."""

    def __init__(self, *, label: str) -> None:
        hint = forms.TextInput(attrs={"placeholder": "不开放", "autocomplete": "off"})
        super().__init__(label=label, required=False, max_length=80, widget=hint)

    def clean(self, value: object) -> tuple[Stretch, ...]:
        """Return the stretches that were typed."""
        typed = super().clean(value)
        try:
            return rules.stretches_of(typed)
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class SureForm(forms.Form):
    """Yes."""

    sure = forms.BooleanField(label="我已核对")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
