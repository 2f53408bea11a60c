"""Which address is told of what."""

from typing import cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict

from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused

from . import rules, wire
from .events import Event


class SubscriptionForm(forms.Form):
    """An organisation, a name, an address, events."""

    org = forms.ModelChoiceField(
        label="组织", queryset=Org.objects.none(), help_text="本组织及所辖组织发生的事件都会推送"
    )
    name = forms.CharField(label="名称", max_length=60, help_text="推给谁，如：区志愿服务数据平台")
    address = forms.CharField(
        label="接收地址", max_length=400, help_text="对方系统的完整地址，以 https:// 开头"
    )
    events = forms.MultipleChoiceField(
        label="事件",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个事件。"},
    )

    def __init__(
        self, data: QueryDict | None = None, *, orgs: QuerySet[Org], events: list[Event]
    ) -> None:
        super().__init__(data)
        place = cast(forms.ModelChoiceField, self.fields["org"])
        place.queryset = orgs
        place.initial = orgs.first()
        offered = cast(forms.MultipleChoiceField, self.fields["events"])
        offered.choices = [(event.code, event.label) for event in events]

    def clean_address(self) -> str:
        """Look at once whether it may be told at all; it is looked at again before each sending."""
        address = self.cleaned_data["address"].strip()
        try:
            wire.place_of(rules.check_address(address, plain_allowed=settings.QINGHE_HOOKS_HTTP))
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from None
        return address
