"""How lists of filings are narrowed."""

from collections.abc import Callable

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.systems.returns import models


def _titles() -> list[tuple[str, str]]:
    forms = models.ReportForm.objects.exclude(state=models.ReportForm.State.DRAFT)
    return list(dict(forms.order_by("slug", "version").values_list("slug", "title")).items())


TITLES: Callable[[], list[tuple[str, str]]] = _titles


class ReviewFilter(FilterSet):
    """By form and by organisation."""

    form = ChoiceFilter(field_name="round__slug", label="报表", choices=TITLES, empty_label="全部")
    named = CharFilter(field_name="org__name", lookup_expr="icontains", label="组织名称")

    class Meta:
        model = models.Filing
        fields: tuple[str, ...] = ()


class FilingFilter(ReviewFilter):
    """By state as well."""

    state = ChoiceFilter(label="状态", choices=models.Filing.State.choices, empty_label="全部")
    late = ChoiceFilter(
        label="是否逾期",
        choices=[("yes", "逾期报送"), ("no", "按时报送")],
        empty_label="全部",
        method="by_late",
    )

    def by_late(
        self, rows: QuerySet[models.Filing], _name: str, value: str
    ) -> QuerySet[models.Filing]:
        """Keep those that were sent late, or those that were sent in time."""
        sent = rows.filter(submitted_at__isnull=False)
        return sent.filter(late=value == "yes")


class LateFilter(FilterSet):
    """By name."""

    name = CharFilter(lookup_expr="icontains", label="组织名称")
