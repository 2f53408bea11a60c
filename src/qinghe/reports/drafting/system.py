from django.urls import reverse

from qinghe.edges.handing import Source
from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period, PeriodKind
from qinghe.reports.half_year.writing import Place

from . import queries
from .access import DATA, GRANTS, WORDS, Act

SYSTEM = System(
    slug="drafting",
    label="工作总结起草",
    urls="qinghe.reports.drafting.urls",
    menu=(MenuItem("历次总结", "drafting:reports", Act.SEE, group="工作台"),),
    grants=tuple(GRANTS),
    acts=WORDS,
    data=DATA,
    gives=(Source(queries.GIVEN, "工作总结的下半年思路", queries.offers),),
    inbox=(
        Queue(
            code="drafting.passages",
            label="分给我写的段落",
            state="待交稿",
            act=Act.WRITE,
            waiting=queries.assigned_to,
            items=queries.passage_items,
            since="changed_at",
            org="street",
            due="due_on",
        ),
        Queue(
            code="drafting.remarks",
            label="工作总结的意见",
            state="待办结",
            act=Act.WRITE,
            waiting=queries.remarks_waiting_for,
            items=queries.remark_items,
            since="at",
            org="passage__report__org",
            days=3,
        ),
    ),
)


def place(actor: Actor, org: Org, period: Period) -> Place:
    """Return where the newest report of an organisation and period stands, or may be begun."""
    found = (
        queries.reports_seen_by(actor)
        .filter(org=org, period=period.name)
        .order_by("-version")
        .first()
    )
    if found is not None:
        return Place(report=reverse("drafting:report", args=[found.pk]))
    is_reported = period.kind is PeriodKind.HALF_YEAR and org.kind in AREAS
    if is_reported and actors.may(actor, Act.WRITE, at=org):
        return Place(begin=reverse("drafting:begin"))
    return Place()
