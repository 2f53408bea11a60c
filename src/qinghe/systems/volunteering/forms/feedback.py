from django import forms

from qinghe.systems.volunteering import models, rules

SCORES = [(str(score), f"{score}分") for score in range(5, 0, -1)]
VERDICTS = [
    (value, label)
    for value, label in models.Evaluation.State.choices
    if value in (models.Evaluation.State.CONFIRMED, models.Evaluation.State.WITHDRAWN)
]


class RatingForm(forms.Form):
    """What a volunteer says of a session."""

    score = forms.TypedChoiceField(
        label="评分", choices=SCORES, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="想说的话", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class EvaluationForm(forms.Form):
    """What the organiser says of a volunteer."""

    traits = forms.MultipleChoiceField(
        label="评语", choices=list(rules.TRAITS.items()), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="补充", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionAnswerForm(forms.Form):
    """What came of an objection to an evaluation."""

    verdict = forms.ChoiceField(label="结论", choices=VERDICTS, widget=forms.RadioSelect)
    answer = forms.CharField(label="答复", max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
