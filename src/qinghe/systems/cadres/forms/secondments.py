from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.cadres.queries import Grade, Secondment, SecondmentService, SecondmentState
from qinghe.systems.cadres.services import Appraisal, NewSecondment

from .fields import NumberField, OtherOrgField, area


class SecondmentForm(forms.Form):
    """Who serves where."""

    person = NumberField(label="团干部")
    service = forms.ChoiceField(label="方式", choices=SecondmentService.choices)
    title = forms.CharField(label="在接收单位的职务", max_length=40, help_text="如：副书记（挂职）")
    task = area("任务", most=400)
    starts_on = DayField(label="起始日期")
    ends_on = DayField(label="期满日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["home"] = OtherOrgField(actor=actor, label="派出单位")
        self.fields["host"] = OtherOrgField(actor=actor, label="接收单位")
        self.order_fields(["person", "home", "host"])

    def as_new(self) -> NewSecondment:
        """Return it as the service takes it."""
        return NewSecondment(**self.cleaned_data)


class ExtendForm(forms.Form):
    """Until when somebody stays, and why."""

    until = DayField(label="延至")
    reason = area("延期原因")


class EndForm(forms.Form):
    """The end of a secondment with its appraisal."""

    on = DayField(label="结束日期")
    grade = forms.ChoiceField(label="鉴定等次", choices=Grade.choices)
    words = area("鉴定意见", most=1000, hint="本人可以看到。")
    sensitive = ("words",)

    def as_appraisal(self) -> Appraisal:
        """Return it as the service takes it."""
        return Appraisal(**self.cleaned_data)


class SecondmentFilter(FilterSet):
    """What a list of secondments can be narrowed to."""

    q = CharFilter(label="接收单位", field_name="host__name", lookup_expr="icontains")
    home = CharFilter(label="派出单位", field_name="home__name", lookup_expr="icontains")
    service = ChoiceFilter(label="方式", choices=SecondmentService.choices)
    state = ChoiceFilter(label="状态", choices=SecondmentState.choices)
    late = ChoiceFilter(
        label="期限", choices=[("late", "已超期"), ("soon", "即将期满")], method="by_end"
    )

    class Meta:
        model = Secondment
        fields: list[str] = []

    def by_end(self, rows: QuerySet[Secondment], name: str, value: str) -> QuerySet[Secondment]:
        """Narrow to those in post whose last day is over, or comes soon."""
        today = timezone.localdate()
        running = rows.filter(state=SecondmentState.RUNNING)
        if value == "late":
            return running.filter(ends_on__lt=today)
        return running.filter(ends_on__gte=today, remind_on__lte=today)
