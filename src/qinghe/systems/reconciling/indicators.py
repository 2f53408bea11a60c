"""The figures reconciling answers for: how far both rolls agree, what is open, who has answered."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import SENT, STILL_OPEN, TALLY

_LAST = "以期末有效的最近一次对账为准，之后有覆盖该组织的新对账的不再计"

ROWS = Indicator(
    code="RCN-01",
    label="来源名册行数",
    unit="条",
    kind=Kind.SUM,
    over=TALLY,
    of=lambda tally: tally.rows,
    time=Time.STOCK,
    meaning=f"最近一次对账中来源名册的行数，归属对应到的团组织，没有对应到的归上传组织；{_LAST}。",
)

AGREED = Indicator(
    code="RCN-02",
    label="一致行数",
    unit="条",
    kind=Kind.SUM,
    over=TALLY,
    of=lambda tally: tally.agreed,
    time=Time.STOCK,
    meaning=f"来源名册中找到本人、所对应各项都一致的行数，包括两边都已不在册的；{_LAST}。",
)

RATE = Ratio(
    code="RCN-03",
    label="名册一致率",
    unit="%",
    top=AGREED,
    bottom=ROWS,
    meaning="一致行数（RCN-02）除以来源名册行数（RCN-01）；没有对过账的组织为空。",
)

OPEN = Indicator(
    code="RCN-04",
    label="未了结差异数",
    unit="条",
    kind=Kind.COUNT,
    over=STILL_OPEN,
    time=Time.STOCK,
    meaning=(
        "期末还没有确认的差异条数：多出、缺少、变动（一项一条）和无法确定；"
        "从发现它的对账完成之日起，到确认、或下一次对账不再出现之日止，归属负责核对的团组织。"
    ),
)

ASKED = Indicator(
    code="RCN-05",
    label="退回核对团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=SENT,
    time=Time.STOCK,
    meaning=f"有差异需要核对答复的团组织数；{_LAST}。",
)

ANSWERED = Indicator(
    code="RCN-06",
    label="已答复团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=SENT,
    where=lambda sent: sent.is_answered == 1,
    time=Time.STOCK,
    meaning=f"退回核对的团组织中，到汇总时所有差异都已答复的；{_LAST}。",
)

ANSWERS = Ratio(
    code="RCN-07",
    label="退回核对答复率",
    unit="%",
    top=ANSWERED,
    bottom=ASKED,
    meaning="已答复团组织数（RCN-06）除以退回核对团组织数（RCN-05）；没有退回核对的为空。",
)

INDICATORS: list[Indicator | Ratio] = [ROWS, AGREED, RATE, OPEN, ASKED, ANSWERED, ANSWERS]
