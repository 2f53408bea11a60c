from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet

from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import queries, rules
from qinghe.systems.targets.queries import Rule

from .lists import ReasonForm, text


class RuleForm(forms.Form):
    """By which rule a number is given on."""

    way = forms.ChoiceField(label="分解方式", choices=Rule.choices)
    code = forms.ChoiceField(label="基数指标", required=False)
    period = forms.ChoiceField(label="基数期间", required=False)

    def __init__(
        self, *args: object, actor: Actor, periods: Sequence[tuple[str, str]], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", "不用"), *queries.bases(actor)]
        self.fields["period"].choices = periods

    def clean(self) -> dict[str, object]:
        """Ask for the figure where it is shared by one."""
        told = super().clean() or {}
        if told.get("way") == Rule.BASE and not told.get("code"):
            self.add_error("code", "按基数分解时要选一个指标。")
        return told


class SplitForm(forms.Form):
    """Why, and where it is done by hand to whom how much."""

    def __init__(
        self,
        *args: object,
        below: Sequence[Org],
        by_hand: bool,
        owners: QuerySet[Org],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.below = below
        for org in below if by_hand else ():
            self.fields[f"to_{org.pk}"] = forms.IntegerField(
                label=org.name,
                min_value=0,
                max_value=rules.MOST,
                error_messages={"required": "逐个填写时都要填，没有的填0。"},
            )
        if by_hand:
            self.fields["gap_org"] = OrgField(
                label="差额由谁承担",
                required=False,
                help_text="分不完或多分时填；不填由本单位承担。",
            )
            self.fields["gap_org"].rows = owners
        self.fields["reason"] = text("说明", required=True)

    def cell(self, org: Org) -> forms.BoundField | None:
        """Return the field in which an organisation's number is typed, where it is."""
        return self[f"to_{org.pk}"] if f"to_{org.pk}" in self.fields else None

    def numbers(self) -> dict[Org, int]:
        """Return what was typed for each."""
        return {org: self.cleaned_data[f"to_{org.pk}"] for org in self.below}


class AdjustForm(ReasonForm):
    """Another number for one share, and why."""

    number = forms.IntegerField(label="新数", min_value=0, max_value=rules.MOST)
    field_order = ("number", "reason")


class GapForm(forms.Form):
    """Who owns what is not given on."""

    org = OrgField(label="差额由谁承担")

    def __init__(self, *args: object, owners: QuerySet[Org], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = owners


class ClaimForm(forms.Form):
    """In whose name an item is claimed, and why there."""

    org = OrgField(label="认领单位")
    words = text("认领说明", required=True, hint="写明已有的基础和打算。")

    def __init__(self, *args: object, claimants: QuerySet[Org], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = claimants
