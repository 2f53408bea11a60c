from django import forms
from django.utils import timezone

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.transfers import queries
from qinghe.systems.transfers.queries import Kind

from .starting import RouteForm

TOGETHER = (Kind.STUDY, Kind.WORK, Kind.HOME, Kind.OTHER)


class TogetherForm(RouteForm):
    """Where those of a class that are ticked go, all to one place."""

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, actor=actor, kinds=TOGETHER, **options)
        self.fields["to_org"].required = True
        self.fields["to_org"].help_text = "填组织名称或代码。"
        for name in ("outside", "letter"):
            del self.fields[name]


class PlaceManyForm(forms.Form):
    """In which branch those who are ticked are placed."""

    into = OrgField(label="编入团支部", help_text="填团支部的名称或代码。")
    on = DayField(label="编入日期")

    def __init__(self, *args: object, actor: Actor, under: Org, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["into"].rows = queries.branches_under(actor, under)
        self.initial.setdefault("on", timezone.localdate())
