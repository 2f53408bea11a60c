"""Forms and filters of recommending."""

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.recommending import models, queries
from qinghe.systems.recommending.queries import (
    PartyStage,
    PioneerNomination,
    Recommendation,
)
from qinghe.systems.recommending.services import NewPioneer, NewRecommendation, NewTerms, Vote

AIMS = [(one.value, one.label) for one in PartyStage if one is not PartyStage.PROBATIONARY]
MOST_PEOPLE = 10_000


def _words(label: str, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=200, required=required, widget=area)


class ProposalForm(forms.Form):
    """Whom a branch committee proposes."""

    org = OrgField(label="所在团支部")
    person = forms.CharField(label="人员编号", max_length=20)
    aim = forms.ChoiceField(label="推荐为", choices=AIMS)
    applied_on = DayField(label="递交入党申请书日期")
    proposed_on = DayField(label="支委会提名日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.fields["org"].rows = queries.branches_for_proposals(actor)

    def clean_person(self) -> Person:
        """Return who has this number."""
        found = queries.person_to_propose(self.actor, self.cleaned_data["person"])
        if found is None:
            raise forms.ValidationError("没有这个人员编号，请核对团员名册。")
        return found

    def as_new(self) -> NewRecommendation:
        """Return it as the service takes it."""
        return NewRecommendation(**self.cleaned_data)


class DecisionForm(forms.Form):
    """On which day something was decided, and in which words."""

    on = DayField(label="日期")
    words = _words("意见")


class DayForm(forms.Form):
    """On which day something was done."""

    on = DayField(label="日期")


class EndForm(forms.Form):
    """On which day something ended, and why."""

    on = DayField(label="日期")
    reason = _words("原因", required=True)


class RecommendingReasonForm(forms.Form):
    """Why something is taken back or ends."""

    reason = _words("原因", required=True)


class VoteForm(forms.Form):
    """How a branch's meeting voted."""

    voted_on = DayField(label="支部大会日期")
    entitled = forms.IntegerField(label="应到会人数", min_value=1, max_value=MOST_PEOPLE)
    present = forms.IntegerField(label="实到会人数", min_value=0, max_value=MOST_PEOPLE)
    votes = forms.IntegerField(label="赞成票", min_value=0, max_value=MOST_PEOPLE)
    is_secret = forms.BooleanField(label="采取无记名投票", required=False)

    def as_vote(self) -> Vote:
        """Return it as the service takes it."""
        return Vote(**self.cleaned_data)


class TermsForm(forms.Form):
    """The numbers that hold from a coming day on."""

    starts_on = DayField(label="施行日期")
    league_months = forms.IntegerField(label="团龄（月）", min_value=0, max_value=120)
    application_months = forms.IntegerField(label="递交申请书（月）", min_value=0, max_value=60)
    validity_months = forms.IntegerField(label="推荐有效期（月）", min_value=1, max_value=120)
    cap_percent = forms.IntegerField(
        label="每年推荐比例上限（%）", min_value=0, max_value=100, help_text="0为不限。"
    )
    counted = forms.ChoiceField(label="推优入党人数的口径", choices=models.CountedAs.choices)
    source = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号，或会议及日期")

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        return NewTerms(**self.cleaned_data)


class PioneerForm(forms.Form):
    """Whom a squad nominates; of a child no more than this."""

    org = OrgField(label="学校")
    squad = forms.CharField(label="中队", max_length=40)
    name = forms.CharField(label="姓名", max_length=60)
    school_number = forms.CharField(
        label="校内编号", max_length=20, help_text="学籍辅助号或班级学号；不要填身份证号。"
    )
    nominated_on = DayField(label="中队委员会提名日期")
    is_of_age = forms.BooleanField(label="已满14周岁", required=False)
    sensitive = ("name", "school_number")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.schools_to_nominate(actor)

    def clean_school_number(self) -> str:
        """Refuse what looks like an identity number (S-04: least data)."""
        typed = self.cleaned_data["school_number"].strip()
        if len(typed) >= 15:
            raise forms.ValidationError("看起来像身份证号，没有保存；请填校内编号。")
        return typed

    def as_new(self) -> NewPioneer:
        """Return it as the service takes it."""
        return NewPioneer(**self.cleaned_data)


class RecommendationFilter(FilterSet):
    """What a list of recommendations can be narrowed to."""

    org = CharFilter(label="团支部", field_name="org__name", lookup_expr="icontains")
    aim = ChoiceFilter(label="推荐为", choices=AIMS)
    state = ChoiceFilter(label="状态", choices=models.Recommendation.State.choices)

    class Meta:
        model = Recommendation
        fields: list[str] = []


class PioneerFilter(FilterSet):
    """What a list of nominations can be narrowed to."""

    school_year = NumberFilter(label="学年")
    state = ChoiceFilter(label="状态", choices=models.PioneerNomination.State.choices)

    class Meta:
        model = PioneerNomination
        fields: list[str] = []
