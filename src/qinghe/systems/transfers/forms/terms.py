from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.transfers import models, queries
from qinghe.systems.transfers.services import NewTerms

from .fields import text


class TermsForm(forms.Form):
    """All limits to come, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.TERM_NUMBERS:
            column = models.TransferTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=1,
                max_value=365,
            )
        self.fields["lapses"] = forms.BooleanField(
            label="超期自动作废",
            required=False,
            help_text="不勾选的，超期后仍可办理，一直留在经办方的待办里。",
        )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = text("调整原因")

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.TERM_NUMBERS}
        return NewTerms(numbers=numbers, **given)
