"""The figures transfers answer for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import CLOSED, IN, LATE_OPEN, OUT, STILL_OPEN

LEFT = Indicator(
    code="TRF-01",
    label="转出人次",
    unit="人次",
    kind=Kind.COUNT,
    over=OUT,
    meaning="期间内经转接离开本级团支部的人次，以新团籍起始（区外为回执接收）日期计入，归属原团支部；"
    "在办、退回、作废和撤回的不计，本级内部调动也计入。",
)

CAME = Indicator(
    code="TRF-02",
    label="转入人次",
    unit="人次",
    kind=Kind.COUNT,
    over=IN,
    meaning="期间内经转接编入本级团支部的人次，以编入日期计入，归属编入的团支部；已接收未编入的不计，"
    "本级内部调动也计入。",
)

DONE = Indicator(
    code="TRF-03",
    label="转接办结人次",
    unit="人次",
    kind=Kind.COUNT,
    over=CLOSED,
    where=Equals("state", "placed"),
    meaning="期间内办结（编入团支部或收到区外回执）的转接人次，以办结日期计入，归属最后经办的组织。",
)

LAPSED = Indicator(
    code="TRF-04",
    label="转接超期作废件数",
    unit="件",
    kind=Kind.COUNT,
    over=CLOSED,
    where=Equals("state", "expired"),
    meaning="期间内因超过办理期限而作废的转接件数，以作废日期计入，归属没有按期办理的组织。",
)

UNDER_WAY = Indicator(
    code="TRF-05",
    label="在办转接件数",
    unit="件",
    kind=Kind.COUNT,
    over=STILL_OPEN,
    time=Time.STOCK,
    meaning="期末已提交而没有结束的转接件数，退回待修改的也计，草稿不计，归属正在经办的组织。",
)

LATE = Indicator(
    code="TRF-06",
    label="超期未办结件数",
    unit="件",
    kind=Kind.COUNT,
    over=LATE_OPEN,
    time=Time.STOCK,
    meaning="期末仍未结束、且已超过当前一步办理期限的转接件数，暂停办理的不计，归属正在经办的组织。",
)

LATE_SHARE = Ratio(
    code="TRF-07",
    label="超期未办结占比",
    unit="%",
    top=LATE,
    bottom=UNDER_WAY,
    meaning="期末超期未办结件数（TRF-06）除以期末在办转接件数（TRF-05）；没有在办件的组织为空。",
)

INDICATORS: list[Indicator | Ratio] = [
    LEFT,
    CAME,
    DONE,
    LAPSED,
    UNDER_WAY,
    LATE,
    LATE_SHARE,
]
