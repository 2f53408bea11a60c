from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Post, Service

SECTORS = Org._meta.get_field("sector").choices


class CadreFilter(FilterSet):
    """What the roll of cadres can be narrowed to."""

    place = CharFilter(label="组织", field_name="org__name", lookup_expr="icontains")
    title = CharFilter(label="职务", field_name="title", lookup_expr="icontains")
    service = ChoiceFilter(label="类别", choices=Service.choices)
    sector = ChoiceFilter(label="领域", field_name="org__sector", choices=SECTORS)
    several = ChoiceFilter(label="任职数", choices=[("1", "任多职")], method="by_posts")

    class Meta:
        model = Post
        fields: list[str] = []

    def by_posts(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        """Narrow to those who hold several posts (T-81)."""
        return rows.filter(Q(posts__gt=1))


class GapFilter(FilterSet):
    """What a list of committees can be narrowed to."""

    q = CharFilter(label="组织", field_name="name", lookup_expr="icontains")
    sector = ChoiceFilter(label="领域", choices=SECTORS)
    lacks = ChoiceFilter(
        label="缺什么",
        choices=[("any", "没有书记或有空缺"), ("secretary", "没有书记"), ("seats", "有空缺")],
        method="by_lack",
    )

    class Meta:
        model = Org
        fields: list[str] = []

    def by_lack(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        """Narrow to those without a secretary, with an empty seat, or with either."""
        lacks = {"secretary": Q(has_secretary=False), "seats": Q(lacking__gt=0)}
        return rows.filter(lacks.get(value) or Q(has_secretary=False) | Q(lacking__gt=0))
