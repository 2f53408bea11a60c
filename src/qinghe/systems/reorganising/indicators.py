"""The figures that reorganising answers for: what was carried out by plan within a period."""

from qinghe.analytics.indicators import Equals, Indicator, Kind

from .facts import PLAN, STEP
from .models import Step

PLANS = Indicator(
    code="REO-01",
    label="执行机构调整方案",
    unit="个",
    kind=Kind.COUNT,
    over=PLAN,
    meaning="期内执行的机构调整方案，按生效日期计入；未批准、撤回、到期未能执行的不计。",
)
OPENED = Indicator(
    code="REO-02",
    label="按方案新设组织",
    unit="个",
    kind=Kind.COUNT,
    over=STEP,
    where=Equals("kind", Step.Kind.OPEN.value),
    meaning="期内执行的方案中新设的组织，按生效日期计入；台账导入、逐个成立的不在其中。",
)
MERGED = Indicator(
    code="REO-03",
    label="按方案并入的组织",
    unit="个",
    kind=Kind.COUNT,
    over=STEP,
    where=Equals("kind", Step.Kind.MERGE.value),
    meaning="期内执行的方案中并入其他组织的组织，按生效日期计入，随接收组织的隶属汇总。",
)
CLOSED = Indicator(
    code="REO-04",
    label="按方案撤销组织",
    unit="个",
    kind=Kind.COUNT,
    over=STEP,
    where=Equals("kind", Step.Kind.CLOSE.value),
    meaning="期内执行的方案中撤销的组织，按生效日期计入，并入其他组织的不计。",
)

INDICATORS = [PLANS, OPENED, MERGED, CLOSED]
