"""The figures meetings answers for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import ABOVE, COMMITTEE, DECISION, PLENARY, SITTING, TALK

TALKS = Indicator(
    code="MTG-01",
    version=2,  # the first was reported, see returns
    label="改革经验分享次数",
    unit="次",
    kind=Kind.COUNT,
    over=TALK,
    meaning=(
        "期间内在区里列为“计入”的上级交流平台（如基层改革先锋沙龙）分享改革经验的登记次数，"
        "以分享日期计入，归属登记单位；已作废的不计。"
    ),
)

ABOVE_SITTINGS = Indicator(
    code="MTG-02",
    version=2,
    label="常委会研究次数",
    unit="次",
    kind=Kind.COUNT,
    over=ABOVE,
    meaning=(
        "期间内有青年工作或共青团工作议题的常委会会议次数，按会议计，不按议题计，"
        "以开会日期计入，归属登记单位。"
    ),
)

NEXT_PLENARY = Indicator(
    code="MTG-03",
    version=2,
    label="联席会议全体会议次序",
    unit="次",
    kind=Kind.SUM,
    over=PLENARY,
    of=lambda plenary: plenary.number,
    time=Time.STOCK,
    meaning=(
        "期末正在筹备的区青少年工作联席会议全体会议的届次序号；届次连续，同一时间只筹备一次，"
        "没有在筹备的为0。"
    ),
)

SITTINGS = Indicator(
    code="MTG-04",
    label="召开会议次数",
    unit="次",
    kind=Kind.COUNT,
    over=SITTING,
    meaning=(
        "期间内由本平台会务办理、已登记召开的联席会议和青年工作委员会会议次数，以开会日期计入，"
        "归属会议办公室所在单位；上级会议不计。"
    ),
)

DUE = Indicator(
    code="MTG-05",
    label="到期议定事项数",
    unit="件",
    kind=Kind.COUNT,
    over=DECISION,
    meaning="完成时限在期间内、没有作废的议定事项件数，归属承办单位。",
)

ON_TIME = Indicator(
    code="MTG-06",
    label="按时办结议定事项数",
    unit="件",
    kind=Kind.COUNT,
    over=DECISION,
    where=lambda decision: decision.on_time == 1,
    meaning="完成时限在期间内、在时限之前报结并经验收的议定事项件数，归属承办单位。",
)

ON_TIME_RATE = Ratio(
    code="MTG-07",
    label="议定事项按时办结率",
    unit="%",
    top=ON_TIME,
    bottom=DUE,
    meaning="按时办结议定事项数（MTG-06）除以到期议定事项数（MTG-05）；没有到期事项的单位为空。",
)

COMMITTEES = Indicator(
    code="MTG-08",
    label="街道级青年工作委员会数",
    unit="个",
    kind=Kind.COUNT,
    over=COMMITTEE,
    where=lambda committee: committee.of_a_street == 1,
    time=Time.STOCK,
    meaning="期末已建立、没有撤销、办公室设在街道的青年工作委员会个数，归属所在街道。",
)

INDICATORS: list[Indicator | Ratio] = [
    TALKS,
    ABOVE_SITTINGS,
    NEXT_PLENARY,
    SITTINGS,
    DUE,
    ON_TIME,
    ON_TIME_RATE,
    COMMITTEES,
]
