from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.inspections import models, queries
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.services import NewPoint, Particulars

PARTICULARS = ("name", "kind", "address", "latitude", "longitude")


class PointForm(forms.Form):
    """A point; where it is changed, its code, organisation and first day stay."""

    name = forms.CharField(label="名称", max_length=60)
    kind: forms.ModelChoiceField = forms.ModelChoiceField(label="类别", queryset=None)
    code = forms.CharField(
        label="点位编号", max_length=24, help_text="大写字母、数字和短横线，如 HG-001；定下后不改。"
    )
    org = OrgField(label="责任单位", help_text="日常负责这个点位、整改巡查问题的单位。")
    address = forms.CharField(label="地点", max_length=160)
    opened_on = DayField(label="启用日期")
    latitude = forms.DecimalField(
        label="纬度", min_value=-90, max_value=90, decimal_places=6, required=False
    )
    longitude = forms.DecimalField(
        label="经度", min_value=-180, max_value=180, decimal_places=6, required=False
    )

    def __init__(self, *args: object, actor: Actor, fixed: bool, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].queryset = queries.kinds(actor)
        self.fields["org"].rows = queries.orgs_for(actor, Act.KEEP_POINTS)
        if fixed:
            del self.fields["code"], self.fields["org"], self.fields["opened_on"]

    def as_told(self) -> Particulars:
        """Return what is told, as the service takes it."""
        return Particulars(**{name: self.cleaned_data[name] for name in PARTICULARS})

    def as_new(self) -> NewPoint:
        """Return the point, as the service takes it."""
        told = self.cleaned_data
        return NewPoint(told["code"].upper(), told["org"], told["opened_on"], self.as_told())


class CloseForm(forms.Form):
    """From which day a point is no more, and why."""

    closed_on = DayField(label="停用日期", help_text="从这一天起不再巡查。")
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class PointFilter(FilterSet):
    """What a list of points can be narrowed to."""

    q = CharFilter(label="名称、编号或地点", method="search")
    kind = ModelChoiceFilter(label="类别", queryset=models.Kind.objects.all())
    standing = ChoiceFilter(
        label="状态", choices=[("open", "启用"), ("closed", "已停用")], method="stands"
    )

    class Meta:
        model = models.Point
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that say the text somewhere."""
        return rows.filter(
            Q(name__icontains=value) | Q(code__icontains=value) | Q(address__icontains=value)
        )

    def stands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that are open, or those that are closed."""
        return rows.filter(closed_on__isnull=value == "open")
