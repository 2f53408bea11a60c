from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.cadres import queries
from qinghe.systems.cadres.services import NewTerms

from .fields import area

MOST = 100


class TermsForm(forms.Form):
    """All numbers to come, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.TERM_NUMBERS:
            column = queries.CadreTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=0 if name.startswith("points") else 1,
                max_value=MOST,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = area("调整原因")

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.TERM_NUMBERS}
        return NewTerms(numbers=numbers, **given)
