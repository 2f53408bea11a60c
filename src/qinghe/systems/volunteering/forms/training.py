from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewTraining

from .fields import CodeField, DayField, NumbersField


class TrainingForm(forms.Form):
    """A training to be entered."""

    title = forms.CharField(label="培训名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=models.Training.Kind.choices)
    org = CodeField(label="举办单位代码")
    day = DayField(label="结业日期", help_text="结业当天起可以登记学时")
    credit_hours = forms.DecimalField(
        label="学时",
        max_digits=6,
        decimal_places=2,
        min_value=Decimal("0.25"),
        help_text="0.25的整数倍",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.TRAIN)

    def as_new(self) -> NewTraining:
        """Return the training as the service takes it."""
        return NewTraining(**self.cleaned_data)


class RosterForm(forms.Form):
    """Who attended."""

    volunteers = NumbersField(
        label="志愿者编号", help_text="一行一个，也可以用逗号隔开；已登记的不会重复登记。"
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteers"].rows = queries.volunteers_by_card(actor, Act.TRAIN)


class TrainingFilter(FilterSet):
    """What a list of trainings can be narrowed to."""

    q = CharFilter(label="名称", method="search")
    kind = ChoiceFilter(label="类别", choices=models.Training.Kind.choices)

    class Meta:
        model = models.Training
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title holds the text."""
        return rows.filter(title__icontains=value)
