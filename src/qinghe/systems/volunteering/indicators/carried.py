from qinghe.analytics.indicators import Indicator, Kind
from qinghe.systems.volunteering.facts import CARRIED, UNOWNED

CARRIED_HOURS = Indicator(
    code="VOL-90",
    label="其他平台转入时长",
    unit="小时",
    kind=Kind.SUM,
    over=CARRIED,
    of=lambda carried: carried.minutes,
    per=60,
    decimals=1,
    meaning=(
        "从其他平台清单转入、经两人核对后生效的分钟数之和，除以60，保留一位小数；"
        "以清单写明的服务日期计入，归属计入时志愿者的主组织。"
        "与志愿服务总时长（VOL-04）分开，不相加；撤销或被更正的不计。"
    ),
)
UNOWNED_ROWS = Indicator(
    code="VOL-91",
    label="其他平台未定本人的记录数",
    unit="条",
    kind=Kind.COUNT,
    over=UNOWNED,
    meaning=(
        "已导入的其他平台清单中，至今没有找到本人或有多名候选的记录数，"
        "以清单写明的服务日期计入，归属为其导入的组织。"
    ),
)
