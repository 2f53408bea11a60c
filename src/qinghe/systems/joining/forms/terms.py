from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.orgs.kinds import Sector
from qinghe.systems.joining import models, queries
from qinghe.systems.joining.services import NewJoiningTerms

_LEAST = {
    "volunteer_hours": 0,
    "lesson_hours": 0,
    "cultivation_months": 0,
    "youngest": 14,
    "rejoin_months": 0,
    "expelled_months": 0,
}
_MOST = {"scan_megabytes": 20}
MOST = 1_000


class JoiningTermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")
    sector = forms.ChoiceField(
        label="适用领域", choices=[("", "全部领域"), *Sector.choices], required=False
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.NUMBERS:
            column = models.JoiningTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=_LEAST.get(name, 1),
                max_value=_MOST.get(name, MOST),
            )
        self.fields[queries.FLAG] = forms.BooleanField(label="须为注册志愿者", required=False)
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = forms.CharField(
            label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )

    def as_new(self) -> NewJoiningTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.NUMBERS}
        return NewJoiningTerms(numbers=numbers, **given)
