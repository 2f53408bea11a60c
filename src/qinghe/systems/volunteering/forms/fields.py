"""What the forms are made of. An organisation is named by its code."""

import re

from django import forms
from django.db.models import QuerySet

from qinghe.edges.web.fields import CodeField, DayField, MomentField
from qinghe.systems.volunteering.queries import Volunteer

UNSET = [("", "未填")]
MOST_NAMED = 5


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class NumbersField(forms.CharField):
    """Volunteers named by their numbers, any number of them; all are known or none is taken."""

    rows: QuerySet[Volunteer] = Volunteer.objects.none()

    def __init__(self, **options: object) -> None:
        area = forms.Textarea(attrs={"rows": 5, "autocomplete": "off"})
        super().__init__(widget=area, **options)

    def clean(self, value: object) -> list[Volunteer]:
        """Return whom the numbers name, each once."""
        typed = super().clean(value)
        numbers = list(dict.fromkeys(re.findall(r"[^\s,，、;；]+", typed)))
        known = {one.number: one for one in self.rows.filter(number__in=numbers)}
        if unknown := [number for number in numbers if number not in known]:
            shown = "、".join(unknown[:MOST_NAMED]) + ("等" if len(unknown) > MOST_NAMED else "")
            raise forms.ValidationError(
                f"{len(unknown)}个编号不是已注册志愿者：{shown}。名单没有登记，请核对后再提交。"
            )
        return [known[number] for number in numbers]


__all__ = ["UNSET", "CodeField", "DayField", "MomentField", "NumbersField", "ReasonForm"]
