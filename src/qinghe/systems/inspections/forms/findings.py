from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files.rules import TYPES
from qinghe.systems.inspections import models, queries
from qinghe.systems.inspections.access import Act


def text(label: str, *, most: int, required: bool = True) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", most=200)


class RectifyForm(forms.Form):
    """How something was put right, and what shows it."""

    words = text("整改情况", most=400)
    evidence = forms.FileField(
        label="佐证",
        allow_empty_file=True,  # the rules say it better
        help_text="整改后的现场照片或材料。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(TYPES))}),
        error_messages={"required": "请附整改后的照片或材料。"},
    )


class HandOverForm(forms.Form):
    """Who is to put it right instead."""

    org = OrgField(label="转交给")
    reason = text("原因", most=200)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RECHECK)


class DueForm(forms.Form):
    """A problem that a guidance visit heard of."""

    words = text("问题", most=300)
    due_on = DayField(label="解决期限")


class FindingFilter(FilterSet):
    """What a list of findings can be narrowed to."""

    q = CharFilter(label="问题或点位", method="search")
    state = ChoiceFilter(label="状态", choices=models.Finding.State.choices)
    late = ChoiceFilter(label="期限", choices=[("late", "已超期")], method="is_late")
    origin = ChoiceFilter(
        label="来源", choices=[("visit", "点位巡查"), ("guidance", "联系指导")], method="comes_from"
    )

    class Meta:
        model = models.Finding
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose words, or whose point, hold the text."""
        named = Q(answer__visit__point__name__icontains=value)
        return rows.filter(named | Q(words__icontains=value))

    def is_late(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that should have been closed before today."""
        return queries.overdue(self.request.actor, rows, today=timezone.localdate())

    def comes_from(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those from visits to points, or from guidance."""
        return rows.filter(guidance__isnull=value == "visit")
