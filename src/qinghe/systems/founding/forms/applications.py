import re

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.founding import models, queries
from qinghe.systems.founding.models.applications import PLANNED
from qinghe.systems.founding.queries import Unit
from qinghe.systems.founding.services import NewApplication

from .units import MOST, text

MOST_LISTED = 500
_GAP = re.compile(r"[\s,，;；、]+")


class ApplicationForm(forms.Form):
    """What a unit asks for."""

    kind = forms.ChoiceField(
        label="拟建组织类型",
        choices=PLANNED,
        help_text="团支部至少3名团员，团总支30名，团委100名；不足3名的选联合团支部。",
    )
    name = forms.CharField(label="拟建组织名称", max_length=80)
    parent = OrgField(label="上级组织", help_text="所在社区、街道，或行业团工委。")
    told = forms.IntegerField(
        label="团员数", min_value=0, max_value=MOST, help_text="下面列了名单的，按名单人数计。"
    )
    listed = text(
        "团员名单", most=12_000, hint="填人员编号，用空格、逗号或换行隔开；没有编号的可不填。"
    )
    others = text("一起组建的单位", most=1_000, hint="联合团支部才填：其他单位的统一社会信用代码。")
    secretary = forms.CharField(
        label="拟任书记", max_length=20, required=False, help_text="填人员编号；未定的不填。"
    )
    evidence = text("依据和说明", required=True, hint="会议、文件或单位意见；材料可在申请页附上。")

    def __init__(self, *args: object, actor: Actor, unit: Unit, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor, self.unit = actor, unit
        self.fields["parent"].rows = queries.parents_for(actor, unit)

    def clean_listed(self) -> list[Person]:
        """Return the persons with these numbers; each must be known."""
        numbers = list(dict.fromkeys(filter(None, _GAP.split(self.cleaned_data["listed"]))))
        if len(numbers) > MOST_LISTED:
            raise forms.ValidationError(f"名单最多{MOST_LISTED}人，请只填人数。")
        found = queries.people_numbered(self.actor, numbers)
        missing = sorted(set(numbers) - {one.number for one in found})
        if missing:
            raise forms.ValidationError(f"没有这些人员编号：{'、'.join(missing[:10])}，请核对。")
        return found

    def clean_secretary(self) -> Person | None:
        """Return the person with this number, or nothing where none was typed."""
        number = self.cleaned_data["secretary"].strip()
        if not number:
            return None
        found = queries.people_numbered(self.actor, [number])
        if not found:
            raise forms.ValidationError("没有这个人员编号，请核对。")
        return found[0]

    def clean_others(self) -> list[Unit]:
        """Return the units with these credit codes; each must be in sight."""
        codes = list(dict.fromkeys(filter(None, _GAP.split(self.cleaned_data["others"].upper()))))
        known = {
            one.credit_code: one
            for one in queries.units_seen_by(self.actor).filter(credit_code__in=codes)
        }
        missing = [code for code in codes if code not in known]
        if missing:
            raise forms.ValidationError(
                f"名单中没有这些单位：{'、'.join(missing[:10])}，请先登记或核对代码。"
            )
        return [known[code] for code in codes]

    def as_new(self) -> NewApplication:
        """Return it as the service takes it."""
        return NewApplication(unit=self.unit, **self.cleaned_data)


class ApproveForm(forms.Form):
    """Whether whom the unit proposes is put in post with the approval."""

    appoint = forms.BooleanField(label="同时任命拟任书记", required=False, initial=True)


class ApplicationFilter(FilterSet):
    """What a list of applications can be narrowed to."""

    q = CharFilter(label="单位或组织名称", method="search")
    state = ChoiceFilter(label="状态", choices=models.Application.State.choices)
    kind = ChoiceFilter(label="类型", choices=PLANNED)

    class Meta:
        model = models.Application
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose unit or organisation holds the text."""
        return rows.filter(name__icontains=value) | rows.filter(unit__name__icontains=value)
