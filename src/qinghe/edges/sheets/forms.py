"""The forms of a sheet's pages, and of other platforms' lists."""

import re
from collections.abc import Mapping, Sequence

from django import forms
from django.core import signing
from django.core.files.base import File

from .limits import DEFAULT, MEGABYTE

NONE = [("", "没有这一列")]
A_DAY = 24 * 60 * 60


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


class MappingForm(forms.Form):
    """Which column of another platform's lists says what (`labels`, guessed by `guesses`).

    What was read of the example travels signed, and is kept nowhere.
    """

    example = forms.CharField(widget=forms.HiddenInput)
    labels: Mapping[str, str] = {}
    guesses: Mapping[str, str] = {}
    needed: Sequence[str] = ()
    salt = "sheets.mapping"

    def __init__(
        self, data: object = None, *, headings: Sequence[str], initial: Mapping[str, str]
    ) -> None:
        known = {key: self._guess(key, headings, initial.get(key, "")) for key in self.labels}
        super().__init__(data, initial={**initial, **known})  # type: ignore[arg-type]
        self.headings = list(headings)
        choices = NONE + [(label, label) for label in dict.fromkeys(headings)]
        for key, label in self.labels.items():
            self.fields[key] = forms.ChoiceField(
                label=label, choices=choices, required=key in self.needed
            )
        others = [name for name in self.fields if name not in {*self.labels, "example"}]
        self.order_fields([*self.labels, *others, "example"])

    @classmethod
    def sign(cls, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
        """Return what was read of an example, so that nobody changes it on its way."""
        return signing.dumps([headings, lines], salt=cls.salt, compress=True)

    @classmethod
    def opened(cls, example: str) -> tuple[list[str], list[list[str]]] | None:
        """Return what was read of an example, or nothing where it was changed or is too old."""
        try:
            headings, lines = signing.loads(example, salt=cls.salt, max_age=A_DAY)
        except signing.BadSignature:
            return None
        return headings, lines

    @property
    def columns(self) -> dict[str, str]:
        """Return the mapping that was chosen."""
        return {key: self.cleaned_data[key] for key in self.labels}

    def _guess(self, key: str, headings: Sequence[str], before: str) -> str:
        if before in headings:
            return before
        pattern = self.guesses.get(key)
        if not pattern:
            return ""
        return next((label for label in headings if re.search(pattern, label)), "")
