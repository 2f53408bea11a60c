from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.systems.branches import queries, rules
from qinghe.systems.branches.queries import GradingItem, GradingTerms
from qinghe.systems.branches.services import Judged, NewGradingTerms, NewRound


class RoundForm(forms.Form):
    """A year's grading to be opened."""

    year = forms.IntegerField(label="评定年度", min_value=2019, max_value=2100)
    reference_on = DayField(label="基准日", help_text="这一天成立已满规定月数的支部参加评定。")
    self_closes_on = DayField(label="自评截止")
    review_closes_on = DayField(label="复核截止")

    def as_new(self) -> NewRound:
        """Return it as the service takes it."""
        return NewRound(**self.cleaned_data)


class PointsForm(forms.Form):
    """Points for the five items, each out of its own."""

    def __init__(self, *args: object, terms: GradingTerms, **options: object) -> None:
        super().__init__(*args, **options)
        for item, most in queries.most_of("form", terms).items():
            self.fields[item] = forms.IntegerField(
                label=f"{GradingItem(item).label}（满分{most}）", min_value=0, max_value=most
            )

    def points(self) -> dict[str, int]:
        """Return the points by item."""
        return {item: self.cleaned_data[item] for item in GradingItem.values}


class SelfForm(PointsForm):
    """What a branch says of itself."""

    def __init__(self, *args: object, terms: GradingTerms, **options: object) -> None:
        super().__init__(*args, terms=terms, **options)
        self.fields["words"] = forms.CharField(
            label="自评说明", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        )
        self.fields["report"] = forms.CharField(
            label="工作报告",
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 8}),
            help_text=f"自评五星的必填，约500字，不少于{terms.report_length}字。",
        )

    def as_judged(self) -> Judged:
        """Return it as the service takes it."""
        return Judged(points=self.points(), words=self.cleaned_data["words"])


class ReviewForm(PointsForm):
    """What a committee, or the district, gives a branch."""

    def __init__(self, *args: object, terms: GradingTerms, **options: object) -> None:
        super().__init__(*args, terms=terms, **options)
        self.fields["veto"] = forms.CharField(
            label="否决情形",
            max_length=200,
            required=False,
            help_text="有一票否决情形的写明，定为软弱涣散；没有的不填。",
        )
        self.fields["words"] = forms.CharField(
            label="说明",
            max_length=400,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="改动得分或者填了否决情形的，须写明原因。",
        )

    def as_judged(self) -> Judged:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return Judged(points=self.points(), words=told["words"], veto=told["veto"])


class GradingTermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.GRADING_NUMBERS:
            column = GradingTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=0,
                max_value=4000 if name == "report_length" else 100,
                required=not name.endswith("percent"),
                help_text="不填为不限。" if name.endswith("percent") else "",
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = forms.CharField(
            label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )

    def as_new(self) -> NewGradingTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.GRADING_NUMBERS}
        return NewGradingTerms(numbers=numbers, **given)


class GradingFilter(FilterSet):
    """What a list of gradings can be narrowed to."""

    q = CharFilter(label="支部", field_name="org__name", lookup_expr="icontains")
    star = ChoiceFilter(label="等次", choices=[(str(k), word) for k, word in rules.GRADES.items()])
    state = ChoiceFilter(label="状态", choices=queries.GradingState.choices)

    class Meta:
        model = queries.Grading
        fields: list[str] = []
