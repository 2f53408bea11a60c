from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.inspections import queries
from qinghe.systems.inspections.models.checklists import PHOTOS
from qinghe.systems.inspections.rules import MOST_ITEMS, ItemText, Photo
from qinghe.systems.inspections.services import NewChecklist

EMPTY_LINES = 3


class ChecklistForm(forms.Form):
    """A version to be set."""

    kind: forms.ModelChoiceField = forms.ModelChoiceField(
        label="适用类别",
        queryset=None,
        required=False,
        empty_label="没有专用检查表的所有类别",
    )
    title = forms.CharField(label="名称", max_length=60)
    source = forms.CharField(
        label="依据", max_length=200, help_text="本地文件的名称和文号；“三有”的内容各地不同。"
    )
    pass_mark = forms.IntegerField(
        label="达标分", min_value=1, max_value=100, help_text="得分占满分的百分比，达到才算达标。"
    )
    starts_on = DayField(label="起用日期", help_text="从今天或以后起用；已做的巡查不受影响。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].queryset = queries.kinds(actor)

    def as_new(self, lines: forms.BaseFormSet) -> NewChecklist:
        """Return the version, as the service takes it; lines without a text are left out."""
        told = [one.cleaned_data for one in lines.forms if one.cleaned_data.get("text")]
        items = [
            ItemText(one["text"], one["weight"], one["veto"], Photo(one["photo"]), one["days"])
            for one in told
        ]
        return NewChecklist(**self.cleaned_data, items=items)


class ItemForm(forms.Form):
    """One item; a line whose text is emptied is taken out."""

    text = forms.CharField(label="检查项", max_length=120, required=False)
    weight = forms.IntegerField(label="分值", min_value=1, max_value=100, initial=10)
    days = forms.IntegerField(label="整改期限（工作日）", min_value=1, max_value=60, initial=5)
    photo = forms.ChoiceField(label="照片", choices=PHOTOS, initial=Photo.IF_FAILED)
    veto = forms.BooleanField(label="一票否决", required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = kind


ItemFormSet = forms.formset_factory(
    ItemForm, extra=EMPTY_LINES, max_num=MOST_ITEMS, validate_max=True
)


class KindForm(forms.Form):
    """A kind of points."""

    label = forms.CharField(label="名称", max_length=20)
    slug = forms.SlugField(
        label="标识", max_length=20, help_text="小写字母和下划线，如 library；定下后不改。"
    )
