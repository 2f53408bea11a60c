"""Fills in any form that was shown as somebody would who wants it taken."""

from collections.abc import Callable
from datetime import date, datetime

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm, Field

from qinghe.edges.web.fields import OrgField

WORDS = "核对后更正，详见所附的材料"
PEOPLE = ("number", "numbers", "person", "people")  # how fields are called that name people


def filled(form: BaseForm, *, code: str) -> dict[str, object]:
    """Return what a form is sent: what it begins with, and what it must have, from an organisation's."""
    sent: dict[str, object] = {}
    for name, field in form.fields.items():
        begins = form.get_initial_for_field(field, name)
        if begins not in (None, "", []):
            value = _shown(field.prepare_value(begins))
        elif field.required:
            value = f"{code}P" if name.endswith(PEOPLE) else _first(field, code=code)
        else:
            continue
        if value not in (None, "", False):
            sent[form.add_prefix(name)] = value
    return sent


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _first(field: Field, *, code: str) -> object:
    """Return the first value that a field takes."""
    if isinstance(field, OrgField):
        return code
    if isinstance(field, forms.ModelChoiceField):
        return _row(field)
    if isinstance(field, forms.ChoiceField):
        return _choice(field)
    if isinstance(field, forms.IntegerField):
        return str(field.min_value if field.min_value is not None else 1)
    return next((make(field) for kind, make in BY_KIND.items() if isinstance(field, kind)), None)


def _row(field: forms.ModelChoiceField) -> object:
    row = field.queryset.first() if field.queryset is not None else None
    if row is None:
        return None
    key = getattr(row, field.to_field_name or "pk")
    return [key] if isinstance(field, forms.ModelMultipleChoiceField) else key


def _choice(field: forms.ChoiceField) -> object:
    flat = [
        key
        for value, label in field.choices
        for key in ([inner for inner, _ in label] if isinstance(label, list | tuple) else [value])
    ]
    key = next((key for key in flat if key not in ("", None)), None)
    return [key] if isinstance(field, forms.MultipleChoiceField) else key


def _file(field: Field) -> object:
    return SimpleUploadedFile("QX.pdf", b"%PDF-1.7 QX")


BY_KIND: dict[type[Field], Callable[[Field], object]] = {
    forms.BooleanField: lambda field: "on",
    forms.DateTimeField: lambda field: "2022-03-02T09:30",
    forms.DateField: lambda field: "2022-03-02",
    forms.TimeField: lambda field: "09:30",
    forms.FileField: _file,
    forms.URLField: lambda field: "https://example.com/",
    forms.EmailField: lambda field: "cen@example.com",
    forms.CharField: lambda field: WORDS[: field.max_length],
}
