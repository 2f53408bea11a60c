"""What the forms of meetings are made of."""

from django import forms
from django.core.exceptions import ValidationError

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.meetings import queries

NO_SECRETS = "不得录入国家秘密：涉及国家秘密的会议和事项，请按保密规定办理，不在本平台登记。"
INTERNAL_HELP = (
    f"勾选后只有指定的人员看得到，列表、导出、接口和统计明细中别人都看不到。{NO_SECRETS}"
)


def text(label: str, *, required: bool = False, most: int = 400, rows: int = 3) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


def internal() -> forms.BooleanField:
    """Return the box that keeps a record to its named readers."""
    return forms.BooleanField(label="内部事项", required=False, help_text=INTERNAL_HELP)


class NamedField(forms.ModelChoiceField):
    """A record out of those given, named as it prints itself."""

    def __init__(self, *, empty_label: str = "请选择", **options: object) -> None:
        super().__init__(queryset=None, empty_label=empty_label, **options)


class PersonField(forms.CharField):
    """A person by number, or nobody."""

    def clean(self, value: object) -> Person | None:
        """Return the person with this number, or nothing where none was typed."""
        number = str(super().clean(value) or "").strip()
        if not number:
            return None
        found = queries.people_numbered(_NOBODY, [number])
        if not found:
            raise ValidationError("没有这个人员编号，请核对；不在平台内的填姓名。")
        return found[0]


_NOBODY = Actor(0)  # a number is looked up for a form, whoever types it


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", required=True, most=200)


class ReadersForm(forms.Form):
    """Who may see an internal record: numbers, one a line. Nobody opens it again."""

    numbers = forms.CharField(
        label="可见人员编号",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一个；您自己总在其中。全部清空并保存，恢复为一般事项。",
    )

    def clean_numbers(self) -> list[Person]:
        """Return the persons that were named."""
        typed = list(dict.fromkeys(self.cleaned_data["numbers"].split()))
        found = queries.people_numbered(_NOBODY, typed)
        unknown = sorted(set(typed) - {one.number for one in found})
        if unknown:
            raise ValidationError(f"没有这些人员编号：{'、'.join(unknown[:5])}，没有保存。")
        return found
