from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.pioneers import models, queries
from qinghe.systems.pioneers.access import Act
from qinghe.systems.pioneers.queries import Ceremony
from qinghe.systems.pioneers.services import Held

MOST_PEOPLE = 20_000
GAPS = [("any", "缺任一类"), ("education", "没有入团教育"), ("admission", "没有入队仪式")]


class KindForm(forms.Form):
    """Which kind of ceremony, as the address says."""

    kind = forms.ChoiceField(choices=models.CeremonyKind.choices)


class CeremonyForm(forms.Form):
    """One ceremony of one kind, with the points that it may have had."""

    org = OrgField(label="学校")
    day = DayField(label="日期")
    place = forms.CharField(label="地点", max_length=80, help_text="如“学校操场”。")
    people = forms.IntegerField(label="参加人数", min_value=1, max_value=MOST_PEOPLE)
    leaders = forms.CharField(
        label="主持和领誓人员", max_length=120, help_text="教师、辅导员或团干部；不写学生姓名。"
    )
    steps = forms.MultipleChoiceField(
        label="已做要点", required=False, widget=forms.CheckboxSelectMultiple
    )
    again = forms.CharField(
        label="同日另有一场的说明",
        max_length=80,
        required=False,
        help_text="只在当天还有另一场同类仪式时填，如“下午场”。",
    )

    def __init__(self, *args: object, actor: Actor, kind: str, **options: object) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["org"].rows = queries.orgs_for(actor, Act.REGISTER)
        steps = queries.steps_to_tick(actor, kind, on=self._day() or timezone.localdate())
        self.fields["steps"].choices = [
            (one.pk, one.text if one.is_required else f"{one.text}（可选）") for one in steps
        ]

    def _day(self) -> date | None:
        """Return the day that was typed or is known: the points are those of that day."""
        try:
            return self.fields["day"].clean(self["day"].value())
        except forms.ValidationError:
            return None

    def as_held(self) -> Held:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return Held(kind=self.kind, steps=[int(key) for key in told.pop("steps")], **told)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class CeremonyFilter(FilterSet):
    """What a list of ceremonies can be narrowed to."""

    q = CharFilter(label="学校", field_name="org__name", lookup_expr="icontains")
    kind = ChoiceFilter(label="类别", choices=models.CeremonyKind.choices)
    state = ChoiceFilter(label="状态", choices=models.Ceremony.State.choices)
    since = DateFilter(label="从", field_name="day", lookup_expr="gte", widget=DayField().widget)
    until = DateFilter(label="到", field_name="day", lookup_expr="lte", widget=DayField().widget)

    class Meta:
        model = Ceremony
        fields: list[str] = []


class SchoolFilter(FilterSet):
    """What a list of schools can be narrowed to."""

    q = CharFilter(label="学校", field_name="name", lookup_expr="icontains")
    gap = ChoiceFilter(label="空白", choices=GAPS, method="lacks")

    class Meta:
        model = Org
        fields: list[str] = []

    def lacks(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        """Keep the schools that held none of a kind."""
        return queries.lacking(self.request.actor, rows, what=value)
