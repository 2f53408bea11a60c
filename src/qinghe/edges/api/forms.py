"""What a new token is for, and for how long."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from django import forms
from django.http import QueryDict

DAYS = [(30, "30 天"), (90, "90 天"), (180, "180 天"), (365, "一年")]


class TokenForm(forms.Form):
    """A name, some rights, a time."""

    name = forms.CharField(label="名称", max_length=60, help_text="用在哪里，如：街道签到机")
    days = forms.TypedChoiceField(label="有效期", choices=DAYS, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(
        label="权限",
        widget=forms.CheckboxSelectMultiple,
        help_text="只勾选用得到的；令牌不会超出您本人的权限",
        error_messages={"required": "请至少选择一项权限。"},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        scopes: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    ) -> None:
        super().__init__(data)
        cast(forms.MultipleChoiceField, self.fields["scopes"]).choices = scopes

    @property
    def lasts(self) -> timedelta:
        """Return the chosen time."""
        return timedelta(days=self.cleaned_data["days"])
