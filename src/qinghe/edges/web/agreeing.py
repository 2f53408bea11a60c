"""Agreeing to notices by ticking: one box, not ticked, for each (S-02)."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from qinghe.kernel.consent.models import Notice
from qinghe.kernel.consent.services import Guardian


class AgreeForm(forms.Form):
    """The notices that still have to be agreed to; a guardian leaves a phone number too."""

    def __init__(
        self, data: QueryDict | None = None, *, notices: Sequence[Notice], by_guardian: bool
    ) -> None:
        super().__init__(data)
        self.notices = notices
        for notice in notices:
            self.fields[f"notice_{notice.pk}"] = forms.BooleanField(
                label=f"我已阅读并同意《{notice.title}》",
                error_messages={"required": "请阅读后勾选；不同意的不能办理。"},
            )
        if by_guardian and notices:
            self.fields["phone"] = forms.CharField(
                label="您的手机号码", max_length=20, help_text="作为监护人留存，加密保管。"
            )

    @property
    def ticked(self) -> list[int]:
        """Return the keys of the notices that were agreed to."""
        return [one.pk for one in self.notices if self.cleaned_data[f"notice_{one.pk}"]]

    def guardian(self, *, name: str, relation: str) -> Guardian | None:
        """Return who agreed for a child, as far as anything was left to agree to."""
        if "phone" not in self.fields:
            return None
        return Guardian(name=name, phone=self.cleaned_data["phone"], relation=relation)
