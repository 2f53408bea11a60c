from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.services import NewRound

from .fields import DayField

STARS = [(star, f"{star}星") for star in range(1, 6)]
VERDICTS = [
    (value, label)
    for value, label in models.StarObjection.State.choices
    if value != models.StarObjection.State.OPEN
]


class StarRoundForm(forms.Form):
    """A season of giving stars."""

    title = forms.CharField(label="批次名称", max_length=80)
    counted_until = DayField(label="时长计至", help_text="按这一天施行的评定办法评定")
    opens_on = DayField(label="申报开始")
    closes_on = DayField(label="申报截止")

    def as_new(self, *, org: Org) -> NewRound:
        """Return the season as the service takes it."""
        return NewRound(org=org, **self.cleaned_data)


class WordsForm(forms.Form):
    """What somebody holds against a star."""

    words = forms.CharField(
        label="异议内容", max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )


class ObjectionForm(forms.Form):
    """What came of looking into an objection."""

    verdict = forms.ChoiceField(label="核实结论", choices=VERDICTS, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="核实情况", max_length=380, widget=forms.Textarea(attrs={"rows": 4})
    )


class StarFilter(FilterSet):
    """What a list of star cases can be narrowed to."""

    q = CharFilter(label="志愿者编号", field_name="volunteer__number", method="search")
    star = ChoiceFilter(label="星级", choices=STARS)
    state = ChoiceFilter(label="状态", choices=models.StarCase.State.choices)

    class Meta:
        model = models.StarCase
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those of the volunteer with this number."""
        return rows.filter(**{name: value.strip()})
