from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import (
    Achievement,
    AchievementKind,
    AchievementState,
    Decision,
    Incentive,
    IncentiveState,
)
from qinghe.systems.cadres.services import Decided, NewAchievement

from .fields import NumberField, area


class AchievementForm(forms.Form):
    """What a cadre did well, with its evidence."""

    person = NumberField(label="团干部")
    org = OrgField(label="任职组织", max_length=80)
    day = DayField(label="日期")
    kind = forms.ChoiceField(label="类别", choices=AchievementKind.choices)
    what = forms.CharField(label="内容", max_length=200, help_text="如：区优秀共青团干部")
    evidence = forms.FileField(label="佐证", help_text="证书、通报、评议结果等，须附一份。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = actors.orgs_where(  # type: ignore[attr-defined]
            actor, Act.ENTER_ACHIEVEMENT
        )

    def as_new(self) -> NewAchievement:
        """Return it as the service takes it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "evidence"}
        return NewAchievement(**told)


class DecisionForm(forms.Form):
    """What is decided about a cadre for a year."""

    decision = forms.ChoiceField(label="决定", choices=Decision.choices)
    given = forms.CharField(
        label="激励内容",
        max_length=200,
        required=False,
        help_text="如：通报表扬、优先推荐评优、外出学习；不予激励的不填。",
    )
    reason = area("理由")

    def as_decided(self, person: Person, year: int) -> Decided:
        """Return it as the service takes it."""
        return Decided(person=person, year=year, **self.cleaned_data)


class YearForm(forms.Form):
    """Whose year a list is about."""

    year = forms.IntegerField(label="年度", min_value=2018, max_value=2100, required=False)


class AchievementFilter(FilterSet):
    """What a list of achievements can be narrowed to."""

    q = CharFilter(label="内容", field_name="what", lookup_expr="icontains")
    kind = ChoiceFilter(label="类别", choices=AchievementKind.choices)
    state = ChoiceFilter(label="状态", choices=AchievementState.choices)

    class Meta:
        model = Achievement
        fields: list[str] = []


class IncentiveFilter(FilterSet):
    """What a list of decisions can be narrowed to."""

    year = NumberFilter(label="年度")
    decision = ChoiceFilter(label="决定", choices=Decision.choices)
    state = ChoiceFilter(label="状态", choices=IncentiveState.choices)

    class Meta:
        model = Incentive
        fields: list[str] = []
