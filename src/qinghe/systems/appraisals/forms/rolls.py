from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.systems.appraisals import models


class RollFilter(FilterSet):
    """What a list of branches can be narrowed to."""

    q = CharFilter(label="团支部", field_name="org__name", lookup_expr="icontains")
    year = NumberFilter(label="年度", field_name="campaign__year")
    state = ChoiceFilter(label="状态", choices=models.Roll.State.choices)

    class Meta:
        model = models.Roll
        fields: list[str] = []
