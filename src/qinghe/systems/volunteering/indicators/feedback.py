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
SCORES = Indicator(
    code="VOL-76",
    label="志愿者评分合计",
    unit="分",
    kind=Kind.SUM,
    over=RATING,
    of=lambda rating: rating.score,
    meaning="期内活动收到的志愿者评分（1至5分）之和，以场次日期计入，归属主办组织。",
)
MEAN_SCORE = Ratio(
    code="VOL-77",
    label="志愿者评分均值",
    unit="分",
    top=SCORES,
    bottom=RATINGS,
    scale=1,
    decimals=1,
    meaning="志愿者评分合计（VOL-76）除以评价次数（VOL-75），各级都用合计相除，不对下级均值再平均。",
)
