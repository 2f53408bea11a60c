from qinghe.analytics.indicators import Indicator, Kind, Ratio
from qinghe.systems.volunteering.facts import RATING

RATINGS = Indicator(
    code="VOL-75",
    label="志愿者评价活动次数",
    unit="次",
    kind=Kind.COUNT,
    over=RATING,
    meaning="期内活动收到的志愿者评分次数，以场次日期计入，归属主办组织；一次服务只计最后一次评分。",
)
GOOD_RATINGS = Indicator(
    code="VOL-76",
    label="志愿者好评次数",
    unit="次",
    kind=Kind.SUM,
    over=RATING,
    of=lambda rating: rating.good,
    meaning="期内活动收到的4分和5分的志愿者评分次数，以场次日期计入，归属主办组织。",
)
GOOD_RATE = Ratio(
    code="VOL-77",
    label="志愿者好评率",
    unit="%",
    top=GOOD_RATINGS,
    bottom=RATINGS,
    meaning="志愿者好评次数（VOL-76）除以评价次数（VOL-75），各级都用次数相除，不对下级的率再平均。",
)
