"""What an export is asked for with, and how it is turned down."""

from django import forms

from .models import Purpose


class ExportForm(forms.Form):
    """Purpose and receiver (S-10)."""

    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *Purpose.choices])
    note = forms.CharField(
        label="用途说明", max_length=120, help_text="写明用在哪项工作，例如“7月志愿时长公示核对”。"
    )
    receiver = forms.CharField(
        label="接收方",
        max_length=80,
        help_text="文件交给谁，写单位和人；自己留用就写本单位名称。对外提供的记录至少保存3年。",
    )


class RefusalForm(forms.Form):
    """Why an export is not agreed to."""

    reason = forms.CharField(label="不同意的原因", max_length=200)
