from django import forms

from qinghe.systems.appraisals import models, rules


class OwnForm(forms.Form):
    """A word and a grade on oneself."""

    words = forms.CharField(
        label="自我评价",
        max_length=rules.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写一年来的学习、工作和参加团的活动的情况，以及不足。",
    )
    grade = forms.ChoiceField(
        label="自评等次", choices=models.Grade.choices, widget=forms.RadioSelect
    )
