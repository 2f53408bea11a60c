"""The figures projects answers for."""

from qinghe.analytics.indicators import Indicator, Kind, Time

from .facts import CLOSED, PART, RUNNING

PROJECTS = Indicator(
    code="PRJ-01",
    label="在办统筹项目数",
    unit="个",
    kind=Kind.COUNT,
    over=RUNNING,
    time=Time.STOCK,
    meaning="期末已立项、没有结项也没有终止的区街社统筹项目数，归属牵头单位；筹划中的不计。",
)

CLOSED_PROJECTS = Indicator(
    code="PRJ-02",
    label="结项统筹项目数",
    unit="个",
    kind=Kind.COUNT,
    over=CLOSED,
    meaning="期间内写明总结、办理结项的统筹项目数，以结项日期计入，归属牵头单位；终止的不计。",
)

DUE_PARTS = Indicator(
    code="PRJ-03",
    label="到期项目分工数",
    unit="项",
    kind=Kind.COUNT,
    over=PART,
    meaning="完成日期在期间内、已承接的项目分工数，归属承接单位；待承接、不承接和已取消的不计。",
)

PARTS_IN_TIME = Indicator(
    code="PRJ-04",
    label="按时完成项目分工数",
    unit="项",
    kind=Kind.COUNT,
    over=PART,
    where=lambda part: part.in_time == 1,
    meaning="到期项目分工（PRJ-03）中，不晚于完成日期交验并经上级验收的项数，归属承接单位。",
)

INDICATORS = [PROJECTS, CLOSED_PROJECTS, DUE_PARTS, PARTS_IN_TIME]
