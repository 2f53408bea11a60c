"""What is typed into a form that is filled, and what is said when it is sent, disputed, reviewed."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict

from qinghe.systems.returns import models
from qinghe.systems.returns.services import Entry

LONGEST_ANSWER = 300
YES, NO = "是", "否"
TEXT = models.Cell.Kind.TEXT
YES_NO = models.Cell.Kind.YES_NO


class NotANumber(ValueError):
    """What stands where a number should."""


@dataclass(frozen=True)
class Typed:
    """What was typed: sound entries, and what is wrong with the others, by code."""

    entries: list[Entry] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)


def number_of(written: str) -> Decimal | None:
    """Return a number as people write it; full width, with separators or none. Raises NotANumber."""
    plain = unicodedata.normalize("NFKC", written).replace(",", "").replace("_", "-").strip()
    plain = "".join(plain.split())
    if not plain:
        return None
    if plain in (YES, NO):
        return Decimal(1 if plain == YES else 0)
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise NotANumber from error
    if not found.is_finite():
        raise NotANumber
    return found


def entry_of(
    cell: models.Cell, *, written: str, note: str, not_applicable: bool, seen: str | None
) -> Entry:
    """Return what was written for one cell as the service takes it. Raises NotANumber."""
    if not_applicable:
        return Entry(cell.code, not_applicable=True, note=note, seen=seen)
    if cell.kind == TEXT:
        return Entry(cell.code, text=written, note=note, seen=seen)
    return Entry(cell.code, amount=number_of(written), note=note, seen=seen)


def typed_in(posted: QueryDict, *, cells: Iterable[models.Cell]) -> Typed:
    """Return what a page sent of these cells; a cell that it did not send is left alone."""
    found = Typed()
    for cell in cells:
        code = cell.code
        if f"seen-{code}" not in posted:
            continue
        written = posted.get(f"v-{code}", "")
        try:
            entry = entry_of(
                cell,
                written=written,
                note=posted.get(f"n-{code}", "").strip(),
                not_applicable=f"na-{code}" in posted,
                seen=posted[f"seen-{code}"],
            )
        except NotANumber:
            found.wrong[code] = not_a_number(cell, written)
        else:
            found.entries.append(entry)
    return found


def not_a_number(cell: models.Cell, written: str) -> str:
    """Return what is said of something that is no number."""
    return f"“{written.strip()[:20]}”不是数字，这一格没有保存；请只填数字，单位不用填。"


def answers_in(posted: QueryDict) -> dict[str, str]:
    """Return the words to questions that a page sent, by the question's key."""
    return {
        key.removeprefix("answer:"): posted.get(key, "").strip()[:LONGEST_ANSWER]
        for key in posted
        if key.startswith("answer:")
    }


class LateForm(forms.Form):
    """Why a filing comes late."""

    late_reason = forms.CharField(label="逾期原因", max_length=200)


class ReasonForm(forms.Form):
    """Why something is sent back or disputed."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(forms.Form):
    """The answer to a dispute."""

    verdict = forms.ChoiceField(
        label="结论", choices=models.Dispute.Verdict.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class WorkbookForm(forms.Form):
    """A form that was filled offline."""

    file = forms.FileField(
        label="填好的表格（.xlsx）",
        allow_empty_file=True,  # the guard says it better
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "class": "form-control"}),
        error_messages={"required": "请先选择一个文件。"},
    )


def worth_noting(words: Mapping[str, str]) -> str:
    """Return what is wrong with several cells in one line."""
    return "；".join(dict.fromkeys(words.values()))
