"""What the forms are made of. An organisation is named by its code."""

from datetime import datetime

from django import forms

from qinghe.lib.periods import TZ

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


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
