"""The figures places answer for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import OPEN_DAY, OPEN_VENUE, SERVED, USED, WEEK

STANDING = "期末状态为开放的{}数，归属管理单位；筹备中、暂停开放和已关闭的不计。"

OPEN = Indicator(
    code="VEN-01",
    label="开放阵地数",
    unit="个",
    kind=Kind.COUNT,
    over=OPEN_VENUE,
    time=Time.STOCK,
    meaning=STANDING.format("各类阵地"),
)

HOMES = Indicator(
    code="VEN-02",
    label="志愿者之家数",
    unit="个",
    kind=Kind.COUNT,
    over=OPEN_VENUE,
    where=Equals("kind", "volunteer_home"),
    time=Time.STOCK,
    meaning=STANDING.format("志愿者之家"),
)

STATIONS = Indicator(
    code="VEN-03",
    label="U站数",
    unit="个",
    kind=Kind.COUNT,
    over=OPEN_VENUE,
    where=Equals("kind", "u_station"),
    time=Time.STOCK,
    meaning=STANDING.format("U站"),
)

YOUTH_HOMES = Indicator(
    code="VEN-04",
    label="青年之家数",
    unit="个",
    kind=Kind.COUNT,
    over=OPEN_VENUE,
    where=Equals("kind", "youth_home"),
    time=Time.STOCK,
    meaning=STANDING.format("青年之家"),
)

WEEKLY = Indicator(
    code="VEN-05",
    label="每周开放小时数",
    unit="小时",
    kind=Kind.SUM,
    over=WEEK,
    of=lambda week: week.minutes,
    time=Time.STOCK,
    per=60,
    decimals=1,
    meaning=(
        "期末有效的每周开放时间之和（分钟相加后除以60），归属管理单位；"
        "暂停开放期间仍按其开放时间计，关闭的不计；节假日和特殊日期不影响此数。"
    ),
)

OPEN_HOURS = Indicator(
    code="VEN-06",
    label="实际开放小时数",
    unit="小时",
    kind=Kind.SUM,
    over=OPEN_DAY,
    of=lambda day: day.minutes,
    per=60,
    decimals=1,
    meaning=(
        "期间内各阵地每天开放分钟之和除以60，按当天的开放时间、法定节假日和特殊日期计，"
        "归属管理单位；暂停开放的日子不计，当天结束后计入。"
    ),
)

DUTY_HOURS = Indicator(
    code="VEN-07",
    label="有人值班小时数",
    unit="小时",
    kind=Kind.SUM,
    over=OPEN_DAY,
    of=lambda day: day.covered,
    per=60,
    decimals=1,
    meaning=(
        "开放时间内至少有一人签到在岗的分钟之和除以60，多人同时在岗只计一次；"
        "忘记签退的计到班次结束。值班不是志愿服务，不计志愿服务时长（V-34）。"
    ),
)

COVERAGE = Ratio(
    code="VEN-08",
    label="值班覆盖率",
    unit="%",
    top=DUTY_HOURS,
    bottom=OPEN_HOURS,
    meaning="有人值班小时数（VEN-07）除以实际开放小时数（VEN-06）；期间内没有开放的组织为空。",
)

BOOKINGS = Indicator(
    code="VEN-09",
    label="场地使用次数",
    unit="次",
    kind=Kind.COUNT,
    over=USED,
    meaning=(
        "期间内登记为已使用的预约和现场使用次数，以使用日期计入，归属阵地管理单位；"
        "未到场、取消和未登记到场情况的不计。"
    ),
)

VISITS = Indicator(
    code="VEN-10",
    label="阵地来访人次",
    unit="人次",
    kind=Kind.SUM,
    over=SERVED,
    of=lambda count: count.people,
    where=lambda count: count.kind == "visit",
    meaning="期间内在阵地登记的来访人次，减去更正，以登记当天计入，归属阵地管理单位。",
)

SERVICES = Indicator(
    code="VEN-11",
    label="阵地服务人次",
    unit="人次",
    kind=Kind.SUM,
    over=SERVED,
    of=lambda count: count.people,
    where=lambda count: count.kind != "visit",
    meaning=(
        "期间内在阵地登记的咨询、便民物资、培训、活动和其他服务的人次，减去更正，"
        "以登记当天计入，归属阵地管理单位；来访（VEN-10）另计。"
    ),
)

INDICATORS: list[Indicator | Ratio] = [
    OPEN,
    HOMES,
    STATIONS,
    YOUTH_HOMES,
    WEEKLY,
    OPEN_HOURS,
    DUTY_HOURS,
    COVERAGE,
    BOOKINGS,
    VISITS,
    SERVICES,
]
