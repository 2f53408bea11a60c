from collections.abc import Sequence

from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.orgs.models import Org
from qinghe.systems.founding import models, queries
from qinghe.systems.founding.services import NewTarget, NewTerms

from .units import ReasonForm, text

EQUAL, BASE, HAND = "equal", "base", "hand"
WAYS = ((EQUAL, "平均分"), (BASE, "按空白点单位数分"), (HAND, "逐个填写"))
MOST = 100_000
_BOUNDS = {"pace_from": (1, 12), "pace_to": (1, 12)}


class HandDownForm(forms.Form):
    """The target of a year."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    number = forms.IntegerField(label="建团指标（家）", min_value=0, max_value=MOST)
    source = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号。")
    handed_on = DayField(label="下达日期")

    def as_new(self) -> NewTarget:
        """Return it as the service takes it."""
        return NewTarget(**self.cleaned_data)


class AdjustForm(ReasonForm):
    """Another number for one target, and why."""

    number = forms.IntegerField(label="新指标（家）", min_value=0, max_value=MOST)
    field_order = ("number", "reason")


class ShareForm(forms.Form):
    """How a target is shared out, and by hand to whom how much."""

    way = forms.ChoiceField(label="办法", choices=WAYS)

    def __init__(
        self, *args: object, below: Sequence[Org], given: dict[int, int], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.below = below
        for org in below:
            self.fields[f"to_{org.pk}"] = forms.IntegerField(
                label=org.name,
                min_value=0,
                max_value=MOST,
                required=False,
                initial=given.get(org.pk),
            )
        self.fields["reason"] = text("说明", required=True, most=200)

    def clean(self) -> dict[str, object]:
        """Ask for every number where they are typed one by one."""
        told = super().clean() or {}
        if told.get("way") == HAND:
            for org in self.below:
                if told.get(f"to_{org.pk}") is None and not self.has_error(f"to_{org.pk}"):
                    self.add_error(f"to_{org.pk}", "逐个填写时都要填，没有的填0。")
        return told

    def numbers(self) -> dict[Org, int]:
        """Return what was typed for each."""
        return {org: self.cleaned_data[f"to_{org.pk}"] for org in self.below}


class TermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.TERM_NUMBERS:
            column = models.FoundingTerms._meta.get_field(name)
            least, most = _BOUNDS.get(name, (1, 300))
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=least,
                max_value=most,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期。"
        )
        self.fields["reason"] = text("调整原因", required=True, most=200)

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.TERM_NUMBERS}
        return NewTerms(numbers=numbers, **given)
