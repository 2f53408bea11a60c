"""What the forms are made of. An organisation is named by its code."""

from django import forms

from qinghe.edges.web.fields import CodeField, DayField, MomentField

UNSET = [("", "未填")]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


__all__ = ["UNSET", "CodeField", "DayField", "MomentField", "ReasonForm"]
