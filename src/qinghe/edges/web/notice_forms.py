"""How somebody wants to be told."""

from collections.abc import Mapping
from datetime import time

from django import forms

from qinghe.kernel.notices.kinds import Channel, Kind
from qinghe.kernel.notices.models import Preference

PLAIN = ("email", "quiet_from", "quiet_until", "digest_at")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferenceForm(forms.Form):
    """Channels for each kind, quiet hours, one digest a day."""

    plain = PLAIN

    email = forms.EmailField(
        label="接收通知的邮箱",
        max_length=120,
        required=False,
        help_text="邮件只写事项名称，不写姓名和联系方式。",
        error_messages={"invalid": "邮箱格式不正确，请核对。"},
    )
    quiet_from = forms.TimeField(label="免打扰开始", widget=CLOCK, required=False)
    quiet_until = forms.TimeField(
        label="免打扰结束",
        widget=CLOCK,
        required=False,
        help_text="此时段内不向外发送，结束后合并发送；账号安全通知不受限制。两项都留空即不设。",
    )
    digest_at = forms.TimeField(
        label="每日汇总时间",
        widget=CLOCK,
        required=False,
        help_text="填写后，各类通知每天在此时合并为一条发送；留空即随时发送。",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        kept: Preference,
        channels: list[Channel],
    ) -> None:
        initial = {name: getattr(kept, name) for name in PLAIN}
        super().__init__(data, initial=initial)
        self.channels = channels
        for kind in Kind:
            self.fields[kind.value] = forms.MultipleChoiceField(
                label=kind.label,
                choices=[(channel.value, channel.label) for channel in channels],
                initial=kept.chosen.get(kind.value, []),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self) -> dict[str, object]:
        """Refuse a begin without an end."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")):
            self.add_error("quiet_until", "免打扰的开始和结束须同时填写，或同时留空。")
        return cleaned

    @property
    def kinds(self) -> list[forms.BoundField]:
        """Return the rows of the table of kinds and channels."""
        return [self[kind.value] for kind in Kind]

    @property
    def chosen(self) -> dict[str, list[str]]:
        """Return the channels that were chosen for each kind."""
        return {kind.value: self.cleaned_data[kind.value] for kind in Kind}

    @property
    def quiet(self) -> tuple[time, time] | None:
        """Return the quiet hours, if there are any."""
        begins, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return (begins, ends) if begins and ends else None
