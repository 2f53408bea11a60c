from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Industry, NewOrgKind
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import models, queries
from qinghe.systems.founding.queries import Unit, UnitState, Way
from qinghe.systems.founding.services import NewUnit, NewVisit

MOST = 1_000_000
LISTS = [("blank", "空白点"), ("due", "该走访或复查的"), ("mine", "我联系的")]


def text(label: str, *, required: bool = False, most: int = 400, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=area, help_text=hint
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", required=True, most=200)


class AsideForm(ReasonForm):
    """Why a unit is not fit yet, and when that is looked at again."""

    look_again_on = DayField(label="复查日期", help_text="到这一天再看条件是否具备。")


class UnitForm(forms.Form):
    """A unit and what is told of it."""

    name = forms.CharField(label="单位名称", max_length=80)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=24)
    org = OrgField(label="所在街道社区")
    kind = forms.ChoiceField(label="单位类别", choices=NewOrgKind.choices)
    is_internet = forms.BooleanField(label="属于互联网行业", required=False)
    industry = forms.ChoiceField(label="牵引团工委", choices=Industry.choices)
    way = forms.ChoiceField(label="牵引路径", choices=[("", "未定"), *Way.choices], required=False)
    employees = forms.IntegerField(label="从业人数", min_value=0, max_value=MOST, initial=0)
    youths = forms.IntegerField(label="35岁及以下人数", min_value=0, max_value=MOST, initial=0)
    members = forms.IntegerField(
        label="团员数", min_value=0, max_value=MOST, initial=0, help_text="单位告知的人数。"
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.places_for(actor)

    def clean_credit_code(self) -> str:
        """Return the code as it is kept, or say beside it what is wrong with it."""
        try:
            return identifiers.check_credit_code(self.cleaned_data["credit_code"])
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from refused

    def as_new(self) -> NewUnit:
        """Return it as the service takes it."""
        return NewUnit(**self.cleaned_data)


class AssignForm(forms.Form):
    """Who looks after a unit."""

    officer: forms.ModelChoiceField = forms.ModelChoiceField(label="联系干部", queryset=None)

    def __init__(
        self, *args: object, actor: Actor, unit: Unit, day: date, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["officer"].queryset = queries.officers_for(actor, unit, day)


class VisitForm(forms.Form):
    """A call on a unit."""

    day = DayField(label="走访日期")
    met = forms.CharField(label="接待人", max_length=40, help_text="写职务即可，如：人事负责人。")
    words = text("走访情况", required=True)
    next_on = DayField(label="下次走访", required=False)

    def as_new(self, unit: Unit) -> NewVisit:
        """Return it as the service takes it."""
        return NewVisit(unit=unit, **self.cleaned_data)


class UnitFilter(FilterSet):
    """What the list of units can be narrowed to."""

    q = CharFilter(label="名称或信用代码", method="search")
    of = ChoiceFilter(label="名单", choices=LISTS, method="on_list")
    state = ChoiceFilter(label="状态", choices=UnitState.choices)
    industry = ChoiceFilter(label="牵引团工委", choices=Industry.choices)
    way = ChoiceFilter(label="牵引路径", choices=Way.choices)

    class Meta:
        model = models.Unit
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name or code holds the text."""
        return rows.filter(Q(name__icontains=value) | Q(credit_code__istartswith=value.strip()))

    def on_list(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the white spots, those whom the reader looks after, or those due for a look."""
        if value == "mine":
            return rows.filter(officer=self.request.actor.person_id)
        blank = rows.filter(state__in=queries.BLANK)
        if value == "due":
            today = timezone.localdate()
            return blank.filter(Q(next_on__lte=today) | Q(look_again_on__lte=today))
        return blank
