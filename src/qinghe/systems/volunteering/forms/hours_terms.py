from django import forms

from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.services import NewHoursTerms

from .fields import DayField

_LEAST = {"late_days": 0, "late_minutes": 0, "clone_people": 2, "night_people": 2}


class HoursTermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.TERM_NUMBERS:
            column = models.HoursTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=_LEAST.get(name, 1),
                max_value=32_000,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = forms.CharField(
            label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )

    def as_new(self) -> NewHoursTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.TERM_NUMBERS}
        return NewHoursTerms(numbers=numbers, **given)
