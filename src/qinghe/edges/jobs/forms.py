"""What an export is asked for with, and how it is turned down."""

from django import forms
from django.http import QueryDict

from qinghe.edges.web.export import Ledger

from .models import Layout, Purpose


class ExportForm(forms.Form):
    """Purpose and receiver (S-10); and how it is laid out, where the list can come back in."""

    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *Purpose.choices])
    note = forms.CharField(
        label="用途说明", max_length=120, help_text="写明用在哪项工作，例如“7月志愿时长公示核对”。"
    )
    receiver = forms.CharField(
        label="接收方",
        max_length=80,
        help_text="文件交给谁，写单位和人；自己留用就写本单位名称。对外提供的记录至少保存3年。",
    )
    layout = forms.ChoiceField(
        label="格式",
        choices=Layout.choices,
        initial=Layout.PAGE,
        required=False,
        help_text="要在别处或改好后再次导入的，才选与导入模板相同的格式；您无权查看的内容留空。",
    )

    def __init__(self, data: QueryDict | None = None, *, ledger: Ledger, receiver: str) -> None:
        super().__init__(data, initial={"receiver": receiver})
        if ledger.sheet is None:
            del self.fields["layout"]

    def clean_layout(self) -> str:
        """Return how it is laid out; as the page is, unless something else was chosen."""
        return self.cleaned_data["layout"] or Layout.PAGE


class RefusalForm(forms.Form):
    """Why an export is not agreed to."""

    reason = forms.CharField(label="不同意的原因", max_length=200)
