from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.facts import DISPUTE, FINDING, HELD, SERVICE

from .service import HOURS

LATE_HOURS = Indicator(
    code="VOL-60",
    label="补录服务时长",
    unit="小时",
    kind=Kind.SUM,
    over=SERVICE,
    of=lambda service: service.minutes,
    where=Equals("how", "late"),
    per=60,
    decimals=1,
    meaning=(
        "经补录申请、他人审核后生效的服务分钟数之和，除以60，保留一位小数；"
        "以场次开始当日计入，归属主办组织，已包含在志愿服务总时长（VOL-04）内。"
    ),
)
MANUAL_HOURS = Indicator(
    code="VOL-61",
    label="手工登记服务时长",
    unit="小时",
    kind=Kind.SUM,
    over=SERVICE,
    of=lambda service: service.minutes,
    where=lambda service: service.how.isin(rules.MANUAL),
    per=60,
    decimals=1,
    meaning=(
        "台账导入和补录的已生效服务分钟数之和，除以60，保留一位小数；"
        "扫码和现场名册登记的不计；以场次开始当日计入，归属主办组织。"
    ),
)
MANUAL_SHARE = Ratio(
    code="VOL-62",
    label="手工登记时长占比",
    unit="%",
    top=MANUAL_HOURS,
    bottom=HOURS,
    meaning=(
        "手工登记服务时长（VOL-61）除以志愿服务总时长（VOL-04），"
        "用未取整的时长相除；没有服务时长的组织为空。"
    ),
)
LATE_SHARE = Ratio(
    code="VOL-63",
    label="补录时长占比",
    unit="%",
    top=LATE_HOURS,
    bottom=HOURS,
    meaning=(
        "补录服务时长（VOL-60）除以志愿服务总时长（VOL-04），"
        "用未取整的时长相除；没有服务时长的组织为空。"
    ),
)
HELD_RECORDS = Indicator(
    code="VOL-64",
    label="暂停计入的服务记录数",
    unit="条",
    kind=Kind.COUNT,
    over=HELD,
    meaning=(
        "因异常核查暂停计入、尚未办结的服务记录数，以场次开始当日计入，归属主办组织；"
        "暂停期间不计入人次、人数和时长。"
    ),
)
FINDINGS = Indicator(
    code="VOL-65",
    label="服务时长异常核查数",
    unit="件",
    kind=Kind.COUNT,
    over=FINDING,
    meaning="期内发现的服务时长异常件数，以发现当日（北京时间）计入，归属首条所涉记录的主办组织。",
)
FINDINGS_CLOSED = Indicator(
    code="VOL-66",
    label="已办结异常核查数",
    unit="件",
    kind=Kind.COUNT,
    over=FINDING,
    where=lambda finding: finding.closed == 1,
    meaning=(
        "期内发现的服务时长异常中，至今已核实、更正或作废的件数，"
        "以发现当日（北京时间）计入，归属首条所涉记录的主办组织。"
    ),
)
DISPUTES = Indicator(
    code="VOL-67",
    label="到期应答复的时长异议数",
    unit="件",
    kind=Kind.COUNT,
    over=DISPUTE,
    meaning="答复期限在期内的服务时长异议件数，归属主办组织；本人撤回的不计。",
)
DISPUTES_IN_TIME = Indicator(
    code="VOL-68",
    label="按期答复的时长异议数",
    unit="件",
    kind=Kind.COUNT,
    over=DISPUTE,
    where=lambda dispute: dispute.in_time == 1,
    meaning="答复期限在期内、且在期限当日及以前已答复的服务时长异议件数，归属主办组织。",
)
ANSWERED_IN_TIME = Ratio(
    code="VOL-69",
    label="时长异议按期答复率",
    unit="%",
    top=DISPUTES_IN_TIME,
    bottom=DISPUTES,
    meaning=(
        "按期答复的时长异议数（VOL-68）除以到期应答复的时长异议数（VOL-67）；"
        "期内没有应答复异议的组织为空。"
    ),
)
