from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.branches import queries, rules
from qinghe.systems.branches.queries import Every, MeetingKind
from qinghe.systems.branches.services import NewTerms


class TermsForm(forms.Form):
    """What is asked of branches from a coming year on, beginning with what holds."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期", help_text="某年1月1日。")
    committee_from = forms.IntegerField(
        label="设支委会的团员人数", min_value=3, max_value=50, help_text="不到的支部不要求支委会。"
    )
    source = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号，或会议及日期")
    reason = forms.CharField(
        label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for kind in MeetingKind:
            self.fields[f"{kind.value}_every"] = forms.ChoiceField(
                label=f"{kind.label}周期", choices=Every.choices
            )
            self.fields[f"{kind.value}_times"] = forms.IntegerField(
                label=f"{kind.label}每期次数", min_value=1, max_value=60
            )
        self.order_fields([*list(self.fields)[:3], *list(self.fields)[5:], "source", "reason"])

    @staticmethod
    def beginning_with(terms: queries.MeetingTerms, duties: list[rules.Asked]) -> dict[str, object]:
        """Return what a form begins with."""
        told: dict[str, object] = {"committee_from": terms.committee_from}
        for one in duties:
            told |= {f"{one.kind}_every": one.every, f"{one.kind}_times": one.times}
        return told

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        told = self.cleaned_data
        names = ("title", "starts_on", "committee_from", "source", "reason")
        duties = [
            rules.Asked(kind.value, told[f"{kind.value}_every"], told[f"{kind.value}_times"])
            for kind in MeetingKind
        ]
        return NewTerms(duties=duties, **{name: told[name] for name in names})
