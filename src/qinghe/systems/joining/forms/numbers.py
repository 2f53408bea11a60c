"""Forms and filters of development numbers."""

from collections.abc import Mapping, Sequence

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org
from qinghe.systems.joining import models, queries
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.queries import Batch, Number, NumberRequest, Quota
from qinghe.systems.joining.services import Ask, NewBatch, Share

MOST = 20_000
FURTHER = ("a", "b", "c")  # organisations deeper down, named by their code


def _reason(label: str = "原因") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=200, widget=area)


class BatchForm(forms.Form):
    """A range as it came from above."""

    sector = forms.ChoiceField(label="领域", choices=Sector.choices)
    first = forms.CharField(label="起始编号", max_length=20, help_text="12位，前4位是年份。")
    last = forms.CharField(label="终止编号", max_length=20)
    source = forms.CharField(
        label="来文", max_length=120, help_text="如“团市委组织部关于下发编号的通知”。"
    )
    received_on = DayField(label="接收日期")

    def as_new(self, org: Org) -> NewBatch:
        """Return it as the service takes it."""
        return NewBatch(org=org, **self.cleaned_data)


class HandForm(forms.Form):
    """How many numbers each of several organisations is given."""

    sector = forms.ChoiceField(label="领域", choices=())

    def __init__(
        self, *args: object, actor: Actor, giver: Org, orgs: Sequence[Org],
        left: Mapping[str, int], **options: object,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.orgs = {org.pk: org for org in orgs}
        self.fields["sector"].choices = [
            (sector.value, f"{sector.label}（还剩{left.get(sector.value, 0)}个）")
            for sector in Sector
        ]
        for org in orgs:
            self.fields[f"org_{org.pk}"] = _amount(org.name)
        reach = queries.orgs_for_numbers(actor, NumberAct.SEE)
        for mark in FURTHER:
            self.fields[f"further_{mark}"] = OrgField(label="其他下级组织", required=False)
            self.fields[f"further_{mark}"].rows = reach.filter(path__startswith=giver.path)
            self.fields[f"further_{mark}"].widget.attrs |= {
                "class": "form-control",
                "aria-label": "其他下级组织",
            }
            self.fields[f"amount_{mark}"] = _amount("数量")

    def offered(self) -> list[tuple[Org, forms.BoundField]]:
        """Return the organisations right below, each with its field."""
        return [(org, self[f"org_{pk}"]) for pk, org in self.orgs.items()]

    def further(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields for organisations deeper down."""
        return [(self[f"further_{mark}"], self[f"amount_{mark}"]) for mark in FURTHER]

    def clean(self) -> dict[str, object]:
        """Refuse an organisation without its amount, and one that is named twice."""
        told = super().clean() or {}
        named: list[Org] = []
        for mark in FURTHER:
            org, amount = told.get(f"further_{mark}"), told.get(f"amount_{mark}")
            if bool(org) != bool(amount):
                self.add_error(f"further_{mark}", "组织和数量要一起填写。")
            if org:
                named.append(org)
        shares = [org for pk, org in self.orgs.items() if told.get(f"org_{pk}")]
        keys = [org.pk for org in (*shares, *named)]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError("同一个组织填写了两次，没有下发；请合成一行。")
        return told

    def as_shares(self) -> list[Share]:
        """Return who is given how many."""
        told = self.cleaned_data
        shares = [(org, told[f"org_{pk}"]) for pk, org in self.orgs.items()]
        shares += [(told[f"further_{mark}"], told[f"amount_{mark}"]) for mark in FURTHER]
        return [Share(org, amount) for org, amount in shares if org and amount]


class TakeBackForm(forms.Form):
    """How many are taken back, and why."""

    amount = forms.IntegerField(label="收回数量", min_value=1, max_value=MOST)
    reason = _reason()


class NumberReasonForm(forms.Form):
    """Why a number is put out of use, or a request refused."""

    reason = _reason()


class AskForm(forms.Form):
    """Some more numbers to be asked for."""

    org = OrgField(label="申请组织")
    sector = forms.ChoiceField(label="领域", choices=Sector.choices)
    wanted = forms.IntegerField(label="申请数量", min_value=1, max_value=MOST)
    words = _reason("用途")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for_numbers(actor, NumberAct.USE)

    def as_ask(self) -> Ask:
        """Return it as the service takes it."""
        return Ask(**self.cleaned_data)


class AnswerForm(forms.Form):
    """How many are handed down in answer."""

    amount = forms.IntegerField(label="下发数量", min_value=1, max_value=MOST)
    words = forms.CharField(label="答复", max_length=200, required=False)


class QuotaFilter(FilterSet):
    """What a list of quotas can be narrowed to."""

    q = CharFilter(label="组织", field_name="org__name", lookup_expr="icontains")
    year = NumberFilter(label="年度")
    sector = ChoiceFilter(label="领域", choices=Sector.choices)

    class Meta:
        model = Quota
        fields: list[str] = []


class NumberFilterSet(FilterSet):
    """What a list of numbers can be narrowed to."""

    q = CharFilter(label="编号", field_name="number", lookup_expr="startswith")
    org = CharFilter(label="持有组织", field_name="org__name", lookup_expr="icontains")
    year = NumberFilter(label="年度")
    sector = ChoiceFilter(label="领域", choices=Sector.choices)
    state = ChoiceFilter(label="状态", choices=models.Number.State.choices)

    class Meta:
        model = Number
        fields: list[str] = []


class BatchFilter(FilterSet):
    """What a list of ranges can be narrowed to."""

    year = NumberFilter(label="年度")
    sector = ChoiceFilter(label="领域", choices=Sector.choices)

    class Meta:
        model = Batch
        fields: list[str] = []


class NumberRequestFilter(FilterSet):
    """What a list of requests can be narrowed to."""

    q = CharFilter(label="申请组织", field_name="org__name", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.NumberRequest.State.choices)

    class Meta:
        model = NumberRequest
        fields: list[str] = []


def _amount(label: str) -> forms.IntegerField:
    box = forms.NumberInput(
        attrs={
            "class": "form-control",
            "data-adds": "hand",
            "inputmode": "numeric",
            "aria-label": label,
        }
    )
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, widget=box)
