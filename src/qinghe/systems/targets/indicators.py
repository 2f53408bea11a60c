"""The figures that lists of work answer for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import CHARGE, CLAIM, FLOOR, ITEM, RED, STRUCK

FIELDS = Indicator(
    code="TGT-03",
    version=2,  # the first was reported, see returns
    label="改革举措方面数",
    unit="个",
    kind=Kind.COUNT,
    over=ITEM,
    where=lambda item: (item.kind == "reform") & (item.is_field == 1),
    time=Time.STOCK,
    meaning="期末已发布、没有办结的改革举措清单的一级分类（方面）数，归属编制单位；已取消的不计。",
)

MEASURES = Indicator(
    code="TGT-04",
    version=2,
    label="改革举措项数",
    unit="项",
    kind=Kind.COUNT,
    over=ITEM,
    where=lambda item: (item.kind == "reform") & (item.is_last == 1),
    time=Time.STOCK,
    meaning="期末已发布、没有办结的改革举措清单的末级任务项数：举措下面再分任务的按任务计；已取消的不计。",
)

TEAMS_EACH = Indicator(
    code="TGT-05",
    version=2,
    label="每社区志愿服务队伍下限",
    unit="支/社区",
    kind=Kind.SUM,
    over=FLOOR,
    of=lambda floor: floor.hundredths,
    per=100,
    time=Time.ANNUAL,
    is_target=True,
    meaning="当年区级清单中以社区志愿队伍覆盖率（VOL-34）计量、单位为支/社区的任务的目标值；有几项的取最新一项。",
)

OPEN_ITEMS = Indicator(
    code="LST-01",
    label="在办任务项数",
    unit="项",
    kind=Kind.COUNT,
    over=ITEM,
    where=lambda item: item.is_last == 1,
    time=Time.STOCK,
    meaning="期末已发布、没有办结的各类任务清单的末级任务项数，归属编制单位；已取消的不计。",
)

WITHOUT_LEAD = Indicator(
    code="LST-02",
    label="没有牵头单位的任务项数",
    unit="项",
    kind=Kind.COUNT,
    over=ITEM,
    where=lambda item: (item.is_last == 1) & (item.has_lead == 0),
    time=Time.STOCK,
    meaning="期末在办任务（LST-01）中还没有牵头单位的项数，含开放认领、还没有确认的。",
)

CLAIMED = Indicator(
    code="LST-03",
    label="主动认领任务数",
    unit="项",
    kind=Kind.COUNT,
    over=CLAIM,
    meaning="期内由编制单位确认的任务认领数，以确认日期计入，归属认领单位。",
)

DUE = Indicator(
    code="LST-04",
    label="到期责任事项数",
    unit="项",
    kind=Kind.COUNT,
    over=CHARGE,
    meaning="完成时限在期内的责任事项数：一项任务由几个单位承担的，每个单位计一项；已取消的任务、已改由别的单位牵头的不计。",
)

IN_TIME = Indicator(
    code="LST-05",
    label="按时销号责任事项数",
    unit="项",
    kind=Kind.COUNT,
    over=CHARGE,
    where=lambda charge: charge.in_time == 1,
    meaning="完成时限在期内、不晚于时限申请销号并已通过的责任事项数；销号后又重新办理的不计。",
)

ON_TIME = Ratio(
    code="TGT-06",
    label="任务按时完成率",
    unit="%",
    top=IN_TIME,
    bottom=DUE,
    meaning="按时销号责任事项数（LST-05）除以到期责任事项数（LST-04）；期内没有到期事项的为空。",
)

RED_CHARGES = Indicator(
    code="TGT-07",
    label="红灯责任事项数",
    unit="项",
    kind=Kind.COUNT,
    over=RED,
    time=Time.STOCK,
    meaning="期末亮红灯的责任事项数，按督办参数判定，归属责任单位；暂停督办和已销号的不计。",
)

STRUCK_OFF = Indicator(
    code="TGT-08",
    label="销号责任事项数",
    unit="项",
    kind=Kind.COUNT,
    over=STRUCK,
    meaning="期内经上级审核通过销号的责任事项数，以通过日期计入；销号后又重新办理的不计。",
)

CHARGE_INDICATORS: list[Indicator | Ratio] = [DUE, IN_TIME, ON_TIME, RED_CHARGES, STRUCK_OFF]
INDICATORS: list[Indicator | Ratio] = [
    FIELDS,
    MEASURES,
    TEAMS_EACH,
    OPEN_ITEMS,
    WITHOUT_LEAD,
    CLAIMED,
    *CHARGE_INDICATORS,
]
