"""What recommending tells analytics."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.recommending.models import (
    CountedAs,
    PartyResult,
    PioneerNomination,
    RecommendingTerms,
)


def _result_rows() -> QuerySet:
    """Give each result with what the terms of its day count as F020 (T-34)."""
    terms = RecommendingTerms.objects.filter(starts_on__lte=OuterRef("on")).order_by("-starts_on")
    return PartyResult.objects.order_by().values(
        "stage",
        record_id=F("pk"),
        org_id=F("recommendation__org_id"),
        day=F("on"),
        person_id=F("recommendation__person_id"),
        way=F("recommendation__way"),
        counted=Coalesce(Subquery(terms.values("counted")[:1]), Value(CountedAs.ACCEPTED.value)),
    )


def _pioneer_rows() -> QuerySet:
    taken = PioneerNomination.objects.filter(state=PioneerNomination.State.TAKEN_UP)
    return taken.order_by().values("org_id", record_id=F("pk"), day=F("taken_up_on"))


RESULT = Fact(
    name="party_results",
    label="党组织接收",
    grain="一名经推优的人被党组织接收为一个阶段",
    model="recommending.PartyResult",
    columns={
        **REQUIRED,
        "stage": "string",
        "person_id": "int64",
        "way": "string",
        "counted": "string",
    },
    records=_result_rows,
)
PIONEER = Fact(
    name="pioneers_taken_up",
    label="推优入团",
    grain="一名被团组织接收的推优入团队员",
    model="recommending.PioneerNomination",
    columns={**REQUIRED},
    records=_pioneer_rows,
)
FACTS = [RESULT, PIONEER]
