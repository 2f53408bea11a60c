"""The figures inspections answer for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import CLOSED, EXCHANGE, FINDING, GUIDANCE, LATE, POINT, VISIT

POINTS_VISITED = Indicator(
    code="INS-01",
    version=2,  # the first was reported, see returns
    label="巡查志愿服务点位数",
    unit="个",
    kind=Kind.DISTINCT,
    over=VISIT,
    of=lambda visit: visit.point_id,
    meaning=(
        "期间内至少被巡查一次的志愿服务点位数，一个点位巡查多次只计一个，以开始巡查的日期计入，"
        "归属当时的责任单位；草稿、已放弃和已作废的巡查不计。"
    ),
)

VISITS = Indicator(
    code="INS-02",
    label="点位巡查次数",
    unit="次",
    kind=Kind.COUNT,
    over=VISIT,
    meaning="期间内提交的巡查次数，以开始巡查的日期计入，归属当时的责任单位；草稿和已作废的不计。",
)

VISITS_PASSED = Indicator(
    code="INS-03",
    label="巡查达标次数",
    unit="次",
    kind=Kind.COUNT,
    over=VISIT,
    where=lambda visit: visit.good == 1,
    meaning="点位巡查（INS-02）中达标的次数：得分达到检查表的达标分，且没有一票否决的项不达标。",
)

PASS_RATE = Ratio(
    code="INS-04",
    label="巡查达标率",
    unit="%",
    top=VISITS_PASSED,
    bottom=VISITS,
    meaning="巡查达标次数（INS-03）除以点位巡查次数（INS-02）；没有巡查的组织为空。",
)

FOUND = Indicator(
    code="INS-05",
    label="发现问题数",
    unit="项",
    kind=Kind.COUNT,
    over=FINDING,
    meaning="期间内巡查和联系指导发现的问题项数，以发现日期计入，归属责任单位；已撤销的不计。",
)

SOLVED = Indicator(
    code="INS-06",
    label="办结问题数",
    unit="项",
    kind=Kind.COUNT,
    over=CLOSED,
    meaning="期间内复查通过而办结的问题项数，以办结日期计入，归属责任单位；不论何时发现。",
)

OPEN = Indicator(
    code="INS-07",
    label="未办结问题数",
    unit="项",
    kind=Kind.COUNT,
    over=FINDING,
    time=Time.STOCK,
    meaning="期末已发现而没有办结的问题项数，含待整改和待复查，归属责任单位；已撤销的不计。",
)

OVERDUE = Indicator(
    code="INS-08",
    label="超期未办结问题数",
    unit="项",
    kind=Kind.COUNT,
    over=LATE,
    time=Time.STOCK,
    meaning="期末已过整改期限而没有办结的问题项数，含待复查的，归属责任单位；期限当天不算超期。",
)

GUIDED = Indicator(
    code="INS-09",
    label="联系指导街道义工联数",
    unit="个",
    kind=Kind.DISTINCT,
    over=GUIDANCE,
    of=lambda guidance: guidance.guided_id,
    where=Equals("level", "street"),
    meaning="期间内至少被联系指导一次的街道义工联数，一个义工联指导多次只计一个；区级和社区的不计。",
)

GUIDANCES = Indicator(
    code="INS-10",
    label="联系指导次数",
    unit="次",
    kind=Kind.COUNT,
    over=GUIDANCE,
    meaning="期间内登记的联系指导次数，以指导日期计入，归属被指导的义工联。",
)

EXCHANGES = Indicator(
    code="INS-11",
    label="交流互动次数",
    unit="次",
    kind=Kind.COUNT,
    over=EXCHANGE,
    meaning="期间内与外区志愿服务组织的交流次数，以交流日期计入，归属登记单位。",
)

POINTS = Indicator(
    code="INS-12",
    label="在用志愿服务点位数",
    unit="个",
    kind=Kind.COUNT,
    over=POINT,
    time=Time.STOCK,
    meaning="期末已启用而没有停用的志愿服务点位数，归属责任单位。",
)

INDICATORS: list[Indicator | Ratio] = [
    POINTS_VISITED,
    VISITS,
    VISITS_PASSED,
    PASS_RATE,
    FOUND,
    SOLVED,
    OPEN,
    OVERDUE,
    GUIDED,
    GUIDANCES,
    EXCHANGES,
    POINTS,
]
