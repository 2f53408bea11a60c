"""The figures that cadres answer for; those of posts (DIR-06 … DIR-08) are the directory's."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import DUE, OVERDUE, RESERVE, SECONDMENT

_WHO = "团委、团总支、团支部和联合团支部；团工委由上级任命，不计（T-01），临时、流动团员和学社衔接支部不计（T-07）"

RENEWED = Indicator(
    code="CAD-02",
    label="按期换届的团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=DUE,
    where=lambda due: due.in_time == 1,
    meaning=f"任期在期间内届满、在届满之日或以前已经换届的届次（T-06），以批复的换届登记为准。{_WHO}。",
)
DUE_TENURES = Indicator(
    code="CAD-03",
    label="应换届的团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=DUE,
    meaning=f"任期在期间内届满的届次（T-06）；期间没有结束的，期末以前将届满的也计入。{_WHO}。",
)
IN_TIME_RATE = Ratio(
    code="CAD-01",
    label="换届按期率",
    unit="%",
    top=RENEWED,
    bottom=DUE_TENURES,
    meaning="期间内按期换届的团组织数（CAD-02）除以应换届的团组织数（CAD-03）。",
)
OVERDUE_ORGS = Indicator(
    code="CAD-04",
    label="届满未换届的团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=OVERDUE,
    time=Time.STOCK,
    meaning=f"期末任期已经届满、还没有换届的团组织；届满当日起计，下届选举当日起不计。{_WHO}；没有换届记录的不计。",
)
IN_RESERVE = Indicator(
    code="CAD-05",
    label="团干部储备库人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=RESERVE,
    of=lambda candidate: candidate.person_id,
    time=Time.STOCK,
    meaning="期末在储备库的人数，按人去重，审定入库之日起计，出库或在库期满之日起不计。",
)
SECONDED = Indicator(
    code="CAD-06",
    label="在岗的互兼互挂数",
    unit="件",
    kind=Kind.COUNT,
    over=SECONDMENT,
    time=Time.STOCK,
    meaning="期末在岗的组织间挂职、兼职件数，计在接收单位；到岗之日起计，结束之日起不计，过期没有结束的仍计。",
)

INDICATORS: list[Indicator | Ratio] = [
    IN_TIME_RATE,
    RENEWED,
    DUE_TENURES,
    OVERDUE_ORGS,
    IN_RESERVE,
    SECONDED,
]
