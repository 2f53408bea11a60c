"""What every form says of a field that is filled in wrongly: which one it is, and what to do.

The renderer named in the settings (`FORM_RENDERER`) makes each field of each form an `Asked`, so no
form has to ask for it. A sentence of a form's own stays; only those that Django ships are replaced.
"""

import re
from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise

_ASIDE = re.compile(r"（[^（）]*）")
_NOUN = re.compile(r"(?!请|或|是否)[\w、]{2,16}")
NAMELESS = "这一项"
_SHAPES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateTimeField, "请填日期和时间，如2022-06-30 09:30。"),
    (forms.DateField, "请填日期，如2022-06-30。"),
    (forms.TimeField, "请填时间，如09:30。"),
    (forms.EmailField, "请填完整的邮箱地址，如 name@example.com。"),
    (forms.URLField, "请填完整的网址，如 https://example.com。"),
    (forms.SlugField, "只能用字母、数字、连字符和下划线，请改正。"),
)


class Asked(BoundField):
    """A field on a page, whose mistakes are told with its name."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if form.is_bound:
            told = dict(mistakes(field, label=str(self.label or "")))
            wanted = told.keys() & told_by_django(field)
            field.error_messages |= {code: told[code] for code in wanted}


class Renderer(DjangoTemplates):
    """Django's own renderer, for fields that are `Asked`."""

    bound_field_class = Asked


def mistakes(field: forms.Field, *, label: str) -> Iterator[tuple[str, str]]:
    """Yield the sentence for each mistake that Django has a sentence for, by its code."""
    it = named(label)
    for code, message in field.error_messages.items():
        if isinstance(message, Promise):
            yield code, f"{it}的写法不对，请核对后改正。"
    yield "required", _required(field, it)
    yield "invalid", f"{it}{_shape(field)}"
    yield "null_characters_not_allowed", f"{it}里有不能保存的字符，请重新输入。"
    if isinstance(field, forms.IntegerField):
        yield from _number(field, it)
    elif isinstance(field, forms.FileField):
        yield from _file(it)
    elif isinstance(field, forms.ChoiceField):
        for code in ("invalid_choice", "invalid_list", "invalid_pk_value"):
            yield code, f"{it}请在列出的选项中选择。"
    elif isinstance(field, forms.CharField):
        has = "现在有%(show_value)d个"
        yield "max_length", f"{it}最多%(limit_value)d个字，{has}，请写短一些。"
        yield "min_length", f"{it}至少%(limit_value)d个字，{has}，请补全。"


def told_by_django(field: forms.Field) -> set[str]:
    """Return the codes of the mistakes for which only Django has a sentence."""
    found = set(field.error_messages)
    for check in field.validators:
        if isinstance(getattr(check, "message", ""), Promise):
            found.add(getattr(check, "code", ""))
        found |= set(getattr(check, "messages", ()))
    own = {code for code, words in field.error_messages.items() if isinstance(words, str)}
    return found - own


def named(label: str) -> str:
    """Return a field's label as it stands in a sentence, in quotes where it is no plain noun.

    What stands in brackets is left out: units, and the percent sign that would be read as a place.
    """
    bare = _ASIDE.sub("", label).replace("%", "％").strip("：: ")
    if not bare:
        return NAMELESS
    return bare if _NOUN.fullmatch(bare) else f"“{bare}”"


def _required(field: forms.Field, it: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"请勾选{it if it == NAMELESS or it.startswith('“') else f'“{it}”'}。"
    if isinstance(field, forms.FileField):
        return f"请上传{it}。"
    return f"请{'选择' if isinstance(field.widget, ChoiceWidget) else '填写'}{it}。"


def _shape(field: forms.Field) -> str:
    for kind, words in _SHAPES:
        if isinstance(field, kind):
            return words
    return "的写法不对，请核对后改正。"


def _number(field: forms.IntegerField, it: str) -> Iterator[tuple[str, str]]:
    """Yield one sentence for whatever is no number of the wanted kind and size."""
    least, most = field.min_value, field.max_value
    kind = "数字" if isinstance(field, (forms.DecimalField, forms.FloatField)) else "整数"
    if least is not None and most is not None:
        words = f"{it}请填{least}到{most}之间的{kind}。"
    elif least is not None:
        words = f"{it}请填不小于{least}的{kind}。"
    elif most is not None:
        words = f"{it}请填不大于{most}的{kind}。"
    else:
        words = f"{it}请填{kind}。"
    for code in ("invalid", "min_value", "max_value"):
        yield code, words
    yield "step_size", f"{it}请填%(limit_value)s的倍数。"
    yield "max_decimal_places", f"{it}最多填%(max)s位小数，请改正。"
    for code in ("max_digits", "max_whole_digits"):
        yield code, f"{it}的位数太多，请核对后改正。"


def _file(it: str) -> Iterator[tuple[str, str]]:
    for code in ("invalid", "missing"):
        yield code, f"请上传{it}。"
    yield "empty", "这个文件是空的，没有收下，请重新选择。"
    yield "max_length", "文件名最多%(max)d个字符，请改短后再上传。"
    yield "contradiction", "请上传新文件，或勾选清除，二者选一。"
    yield "invalid_image", "这个文件不是图片或者已经损坏，请换一张。"
