"""The figures of recommending, each stage apart (T-34)."""

import ibis.expr.types as ir

from qinghe.analytics.indicators import Equals, Indicator, Kind
from qinghe.systems.recommending.facts import PIONEER, RESULT


def _counted(result: ir.Table) -> ir.BooleanValue:
    """Take what the terms of the day count: a stage, or whoever was taken as either of the first."""
    first_two = (result.counted == "accepted") & (result.stage != "probationary")
    return first_two | (result.counted == result.stage)


RECOMMENDED = Indicator(
    code="AFF-01",
    version=2,  # the first was reported, see returns
    label="推优入党人数",
    unit="名",
    kind=Kind.DISTINCT,
    over=RESULT,
    of=lambda result: result.person_id,
    where=_counted,
    meaning=(
        "期间内经团组织推荐并被党组织接收的团员，按人去重，以党组织接收日期计入，归属所在团组织；"
        "默认计接收为入党积极分子或发展对象的，接收时施行的“推优参数”另有规定的从其规定；"
        "已推荐未接收的、未接收的不计。"
    ),
)
ACTIVISTS = Indicator(
    code="REC-01",
    label="推优接收为入党积极分子人数",
    unit="名",
    kind=Kind.DISTINCT,
    over=RESULT,
    of=lambda result: result.person_id,
    where=Equals("stage", "activist"),
    meaning="期间内经团组织推荐、被党组织接收为入党积极分子的人，按人去重，以接收日期计入。",
)
CANDIDATES = Indicator(
    code="REC-02",
    label="推优接收为发展对象人数",
    unit="名",
    kind=Kind.DISTINCT,
    over=RESULT,
    of=lambda result: result.person_id,
    where=Equals("stage", "candidate"),
    meaning="期间内经团组织推荐、被党组织接收为发展对象的人，按人去重，以接收日期计入。",
)
PROBATIONARY = Indicator(
    code="REC-03",
    label="推优接收为预备党员人数",
    unit="名",
    kind=Kind.DISTINCT,
    over=RESULT,
    of=lambda result: result.person_id,
    where=Equals("stage", "probationary"),
    meaning="期间内经团组织推荐、被接收为预备党员的人，按人去重，以接收日期计入。",
)
PIONEERS = Indicator(
    code="REC-04",
    label="推优入团人数",
    unit="名",
    kind=Kind.COUNT,
    over=PIONEER,
    meaning="期间内少先队推荐、大队签章并被团组织接收的队员人数，每人每学年一次，以团组织接收日期计入。",
)
INDICATORS = [RECOMMENDED, ACTIVISTS, CANDIDATES, PROBATIONARY, PIONEERS]
