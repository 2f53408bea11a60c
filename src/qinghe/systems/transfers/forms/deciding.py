from django import forms
from django.utils import timezone

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.transfers import queries

from .fields import text


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因")


class BranchField(forms.ModelChoiceField):
    """A branch out of those below the receiving committee."""

    def label_from_instance(self, one: Org) -> str:
        """Name it."""
        return f"{one.name}（{one.get_kind_display()}）"


class PlaceForm(forms.Form):
    """In which branch, and from which day on."""

    into = BranchField(label="编入团支部", queryset=Org.objects.none(), empty_label="请选择")
    on = DayField(label="编入日期", help_text="原团籍在同一天终止。")

    def __init__(self, *args: object, actor: Actor, under: Org, **options: object) -> None:
        super().__init__(*args, **options)
        branches = queries.branches_under(actor, under)
        self.fields["into"].queryset = branches
        self.initial.setdefault("on", timezone.localdate())
        two = list(branches[:2])
        if len(two) == 1:
            self.initial.setdefault("into", two[0])
        if not two:
            self.fields["into"].help_text = f"{under.name}还没有团支部，请先成立。"


class ReceiptForm(forms.Form):
    """What another district wrote back."""

    receipt = forms.CharField(label="回执编号", max_length=40)
    on = DayField(label="接收日期", help_text="本区团籍在这一天终止。")
