from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access import levels
from qinghe.kernel.orgs.models import Org
from qinghe.systems.transfers import models, queries
from qinghe.systems.transfers.queries import Kind, State

MINE = [("mine", "待我办理"), ("sent", "本级转出的"), ("coming", "转入本级的")]


class BranchFilter(FilterSet):
    """What the branches that a class may leave can be narrowed to."""

    q = CharFilter(label="团支部", field_name="name", lookup_expr="icontains")

    class Meta:
        model = Org
        fields: list[str] = []


class TransferFilter(FilterSet):
    """What the list of transfers can be narrowed to."""

    part = ChoiceFilter(label="范围", choices=MINE, empty_label="全部", method="of_part")
    q = CharFilter(label="姓名或编号", method="of_person")
    state = ChoiceFilter(label="状态", choices=State.choices)
    kind = ChoiceFilter(label="类别", choices=Kind.choices)

    class Meta:
        model = models.Transfer
        fields: list[str] = []

    def of_part(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the reader, or what leaves or comes to the chosen organisation."""
        if value == "mine":
            return rows.filter(pk__in=queries.waiting_for(self.request.actor).values("pk"))
        end = "from_org" if value == "sent" else "to_org"
        return rows.filter(**{f"{end}__path__startswith": self.request.scope.org.path})

    def of_person(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find somebody by number, or by name as far as the reader may know it."""
        actor, today = self.request.actor, timezone.localdate()
        known = levels.names_known_to(actor, person="person", org="from_org", on=today)
        known |= levels.names_known_to(actor, person="person", org="to_org", on=today)
        numbered = rows.filter(person__number=value.strip())
        return numbered | rows.filter(known, person__name__icontains=value.strip())
