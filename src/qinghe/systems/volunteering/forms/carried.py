from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django_filters import ChoiceFilter, FilterSet

from qinghe.edges.sheets.forms import FileForm, MappingForm
from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewColumns

LINES = "不超过10MB、20,000行，读第一张工作表，列名在第一行。"
LABELS = {
    "name": "姓名",
    "shown": "证件号（可隐去中间几位）",
    "number": "平台志愿者编号",
    "activity": "活动",
    "day": "服务日期",
    "minutes": "时长",
    "host": "组织",
}
NEEDED = ("name", "day", "minutes")
GUESSES = {
    "name": "姓名",
    "shown": "证件|身份证",
    "number": "编号|志愿者号",
    "activity": "活动|项目",
    "day": "日期",
    "minutes": "时长|时数|小时|分钟",
    "host": "组织|团队|单位|队伍",
}


class SourceForm(forms.Form):
    """Another platform, by its name."""

    name = forms.CharField(
        label="平台名称", max_length=60, help_text="如：志愿深圳。全区共用一个名称。"
    )
    org = OrgField(label="登记组织", help_text="组织代码或完整名称。由它和上级维护列对应。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.UPLOAD)


class ExampleForm(FileForm):
    """A list as its platform gives it out, to say which column is which."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = "样表（.xlsx）"
        self.fields["file"].help_text = f"从平台导出的任意一份清单。{LINES}样表不保存。"


class ListForm(FileForm):
    """A list to be loaded for an organisation."""

    org = OrgField(
        label="为哪个组织导入", help_text="组织代码或完整名称。只在它和下级的注册志愿者中查找本人。"
    )
    field_order = ("org", "file")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.UPLOAD)
        self.fields["file"].label = "清单（.xlsx）"
        self.fields["file"].help_text = LINES


class ColumnsForm(MappingForm):
    """Which column says what, and how lengths are written."""

    unit = forms.ChoiceField(label="时长的写法", choices=models.SourceColumns.Unit.choices)
    labels, guesses, needed, salt = LABELS, GUESSES, NEEDED, "volunteering.columns"

    def as_new(self) -> NewColumns:
        """Return the columns as the service takes them."""
        return NewColumns(
            columns=self.columns, unit=self.cleaned_data["unit"], headings=self.headings
        )


class ChooseForm(forms.Form):
    """Whose a row is: one of those it could be, or another by number."""

    chosen = forms.ChoiceField(
        label="可能的本人", required=False, widget=forms.RadioSelect, choices=[]
    )
    number = forms.CharField(
        label="或填志愿者编号",
        max_length=20,
        required=False,
        help_text="候选中没有本人的，填写本平台编号。",
    )

    def __init__(
        self,
        *args: object,
        candidates: Mapping[models.Volunteer, str],
        roll: QuerySet[models.Volunteer],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.candidates = {f"{one.pk}": one for one in candidates}
        shown = {f"{one.pk}": words for one, words in candidates.items()}
        self.roll = roll
        self.fields["chosen"].choices = list(shown.items())
        if not self.candidates:
            del self.fields["chosen"]

    def clean(self) -> dict[str, object]:
        """Find the volunteer."""
        super().clean()
        given = self.cleaned_data
        number = (given.get("number") or "").strip()
        found = self.candidates.get(given.get("chosen") or "")
        if number:
            found = self.roll.filter(number=number).first()
        if found is None and not self.errors:
            raise forms.ValidationError("请选择一名候选，或填写所属范围内注册志愿者的编号。")
        given["volunteer"] = found
        return given


class CarriedListFilter(FilterSet):
    """What the lists can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=models.CarriedList.State.choices)

    class Meta:
        model = models.CarriedList
        fields: list[str] = []


class CarriedRowFilter(FilterSet):
    """What the rows of a list can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=models.CarriedRow.State.choices)

    class Meta:
        model = models.CarriedRow
        fields: list[str] = []
