from django import forms
from django_filters import ChoiceFilter, FilterSet

from qinghe.systems.venues import models, rules


class CountForm(forms.Form):
    """One tap: how many, of what, and which button."""

    kind = forms.ChoiceField(choices=models.Count.Kind.choices)
    people = forms.IntegerField(label="人数", min_value=1, max_value=rules.MOST, initial=1)
    nonce = forms.CharField(max_length=36)


class CorrectForm(forms.Form):
    """How many were too many, and why."""

    takes = forms.IntegerField(label="核减人次", min_value=1, max_value=rules.MOST)
    reason = forms.CharField(label="原因", max_length=200)


class RateForm(forms.Form):
    """What a visitor says."""

    stars = forms.TypedChoiceField(
        label="评分",
        coerce=int,
        choices=[(5, "5 分 很满意"), (4, "4 分"), (3, "3 分"), (2, "2 分"), (1, "1 分 不满意")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="想说的话",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不写；请不要写姓名、电话等个人信息。",
    )


class RatingFilter(FilterSet):
    """What a list of ratings can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=models.Rating.State.choices)

    class Meta:
        model = models.Rating
        fields: list[str] = []
