from decimal import Decimal

from django import forms

from qinghe.analytics import catalogue
from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.founding import queries
from qinghe.systems.founding.models.hundreds import AS_THE_LOCAL_PAPER_SAYS
from qinghe.systems.founding.queries import Hundred
from qinghe.systems.founding.services import NewHundred, NewTold


def _percents() -> list[tuple[str, str]]:
    known = sorted(catalogue.INDICATORS.items())
    by_figure = [(code, f"{code} {one.label}") for code, one in known if one.unit == "%"]
    return [("", "由街道填报"), *by_figure]


class HundredForm(forms.Form):
    """An aim of a hundred percent."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    name = forms.CharField(label="名称", max_length=60)
    code = forms.ChoiceField(label="由哪个指标计算", choices=_percents, required=False)
    note = forms.CharField(
        label="说明", max_length=200, required=False, initial=AS_THE_LOCAL_PAPER_SAYS
    )

    def as_new(self) -> NewHundred:
        """Return it as the service takes it."""
        return NewHundred(**self.cleaned_data)


class ToldForm(forms.Form):
    """How far a street is with an aim."""

    org = OrgField(label="街道或行业团工委")
    day = DayField(label="截至日期")
    percent = forms.DecimalField(
        label="完成（%）", min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    basis = forms.CharField(label="依据", max_length=200, help_text="如：台账、名单、分子和分母。")

    def __init__(self, *args: object, actor: Actor, hundred: Hundred, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.sharing(actor, hundred.org)

    def as_new(self, hundred: Hundred) -> NewTold:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        percent: Decimal = told.pop("percent")
        return NewTold(hundred=hundred, hundredths=int(percent * 100), **told)
