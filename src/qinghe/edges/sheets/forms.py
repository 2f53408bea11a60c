"""The one form of a sheet's page."""

from django import forms
from django.core.files.base import File

from .limits import DEFAULT, MEGABYTE


class FileForm(forms.Form):
    """A workbook to upload."""

    file = forms.FileField(
        label="工作簿（.xlsx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=f"不超过{DEFAULT.file // MEGABYTE}MB、{DEFAULT.rows:,}行，读第一张工作表。",
        allow_empty_file=True,  # the guard says it better
        error_messages={"required": "请先选择一个 .xlsx 文件。"},
    )

    @property
    def content(self) -> File:
        """Return the uploaded file."""
        return self.cleaned_data["file"]
