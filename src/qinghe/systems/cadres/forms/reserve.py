from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person, Sex
from qinghe.lib.periods import months_after
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import Candidate, CandidateState, Verdict
from qinghe.systems.cadres.services import Nomination

from .fields import NumberField, area

GROUP_SIZE = 5


class NominationForm(forms.Form):
    """Somebody proposed for the reserve."""

    person = NumberField(label="人选")
    org = OrgField(label="所在组织", max_length=80)
    politics = forms.ChoiceField(label="政治面貌", choices=Candidate.Politics.choices)
    education = forms.ChoiceField(label="学历", choices=Candidate.Education.choices)
    strengths = forms.CharField(
        label="专长", max_length=200, required=False, help_text="如：文字、活动策划、英语"
    )
    reason = area("推荐理由", most=400)
    sensitive = ("reason", "strengths")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = actors.orgs_where(  # type: ignore[attr-defined]
            actor, Act.KEEP_RESERVE
        )

    def as_new(self) -> Nomination:
        """Return it as the service takes it."""
        return Nomination(**self.cleaned_data)


class GroupForm(forms.Form):
    """Who examines a candidate."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for place in range(1, GROUP_SIZE + 1):
            self.fields[f"examiner{place}"] = NumberField(
                label=f"考察人{place}", required=place <= 2
            )

    def examiners(self) -> list[Person]:
        """Return those that were named."""
        return [one for one in self.cleaned_data.values() if one is not None]


class OpinionForm(forms.Form):
    """What one of the group found."""

    verdict = forms.ChoiceField(label="结论", choices=Verdict.choices)
    opinion = area("考察意见", most=1000)
    sensitive = ("opinion",)


class WordsForm(forms.Form):
    """What is said of a decision."""

    words = area("审定意见", most=400)
    sensitive = ("words",)


class LetOutForm(forms.Form):
    """How somebody leaves the reserve."""

    how = forms.ChoiceField(
        label="出库方式",
        choices=[one for one in Candidate.OutAs.choices if one[0] != Candidate.OutAs.WITHDRAWN],
    )
    words = area("说明", most=400)


class CandidateFilter(FilterSet):
    """The conditions by which the reserve is searched."""

    state = ChoiceFilter(label="状态", choices=CandidateState.choices)
    politics = ChoiceFilter(label="政治面貌", choices=Candidate.Politics.choices)
    education = ChoiceFilter(label="学历", choices=Candidate.Education.choices)
    sex = ChoiceFilter(label="性别", field_name="person__sex", choices=Sex.choices)
    younger = NumberFilter(label="年龄不超过", method="by_age", min_value=18, max_value=70)
    strengths = CharFilter(label="专长", field_name="strengths", lookup_expr="icontains")
    place = CharFilter(label="组织", field_name="org__name", lookup_expr="icontains")

    class Meta:
        model = Candidate
        fields: list[str] = []

    def by_age(self, rows: QuerySet[Candidate], name: str, value: object) -> QuerySet[Candidate]:
        """Narrow to those who are not older than so many full years today."""
        born_after = months_after(timezone.localdate(), months=-12 * (int(str(value)) + 1))
        return rows.filter(person__birth_date__gt=born_after)
