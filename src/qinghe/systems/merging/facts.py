"""What merging tells analytics."""

from django.db.models import F, QuerySet

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.merging.models import Merge


def _merge_rows() -> QuerySet:
    done = Merge.objects.filter(state=Merge.State.DONE)
    return done.order_by().values("org_id", record_id=F("pk"), day=F("merged_on"))


MERGE = Fact(
    name="merged_persons",
    label="人员合并",
    grain="one row about a person that was merged into another",
    model="merging.Merge",
    columns={**REQUIRED},
    records=_merge_rows,
)
FACTS = [MERGE]
