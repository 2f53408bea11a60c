"""The figures volunteering answers for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import SERVICE, SESSION, TEAM, VOLUNTEER

NEW_VOLUNTEERS = Indicator(
    code="VOL-01",
    version=2,  # the first was reported, see returns
    label="新增注册志愿者数",
    unit="人",
    kind=Kind.DISTINCT,
    over=VOLUNTEER,
    of=lambda volunteer: volunteer.person_id,
    meaning=(
        "期间内审核通过注册的志愿者，按人去重，以注册日期计入，归属其主组织；"
        "当期注册后又退出的仍计入，待审核和未通过的不计。"
    ),
)

SESSIONS = Indicator(
    code="VOL-02",
    version=2,
    label="志愿服务活动场次",
    unit="场次",
    kind=Kind.COUNT,
    over=SESSION,
    meaning=(
        "已结束且至少有一条已生效服务记录的活动场次，以场次开始当日（北京时间）计入，"
        "归属主办组织；已取消的和无人服务的不计。"
    ),
)

TURNOUT = Indicator(
    code="VOL-03",
    version=2,
    label="志愿服务参与人次",
    unit="人次",
    kind=Kind.COUNT,
    over=SERVICE,
    meaning=(
        "已生效的服务记录数：一人一场计1人次，同场多次签到只计1次，以场次开始当日计入，"
        "归属主办组织；在场、待审核、未通过和作废的不计。"
    ),
)

HOURS = Indicator(
    code="VOL-04",
    version=2,
    label="志愿服务总时长",
    unit="小时",
    kind=Kind.SUM,
    over=SERVICE,
    of=lambda service: service.minutes,
    per=60,
    decimals=1,
    meaning=(
        "已生效服务记录的实际服务分钟数之和，除以60，保留一位小数；以场次开始当日计入，"
        "归属主办组织；未签退和待审核的时长不计，路途时间不计。"
    ),
)

NEW_TEAMS = Indicator(
    code="VOL-05",
    version=2,
    label="新增团体志愿者队伍数",
    unit="支",
    kind=Kind.COUNT,
    over=TEAM,
    meaning="期间内审核成立的团体志愿者队伍，以审核日期计入，归属其主组织；当期又注销的仍计入。",
)

PEOPLE = Indicator(
    code="VOL-06",
    label="参与志愿者人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=SERVICE,
    of=lambda service: service.person_id,
    meaning=(
        "期间内至少有一条已生效服务记录的志愿者，在每一级组织内按人去重，"
        "因此下级之和可能大于本级；归属主办组织。"
    ),
)

REGISTERED = Indicator(
    code="VOL-07",
    label="注册志愿者总数",
    unit="人",
    kind=Kind.DISTINCT,
    over=VOLUNTEER,
    of=lambda volunteer: volunteer.person_id,
    time=Time.STOCK,
    meaning="期末仍在册的注册志愿者，按人去重，归属其主组织；期末当日及以前已退出的不计。",
)

ACTIVE_RATE = Ratio(
    code="VOL-08",
    label="志愿者活跃率",
    unit="%",
    top=PEOPLE,
    bottom=REGISTERED,
    meaning=(
        "参与志愿者人数（VOL-06）除以期末注册志愿者总数（VOL-07）；分子归属主办组织、"
        "分母归属主组织，跨组织服务多的单位可能超过100%；没有注册志愿者的组织为空。"
    ),
)

HOURS_EACH = Ratio(
    code="VOL-09",
    label="人均服务时长",
    unit="小时/人",
    top=HOURS,
    bottom=PEOPLE,
    scale=1,
    decimals=1,
    meaning=(
        "志愿服务总时长（VOL-04，小时）除以参与志愿者人数（VOL-06），"
        "用未取整的时长相除，保留一位小数；没有人参与的组织为空。"
    ),
)

INDICATORS: list[Indicator | Ratio] = [
    NEW_VOLUNTEERS,
    SESSIONS,
    TURNOUT,
    HOURS,
    NEW_TEAMS,
    PEOPLE,
    REGISTERED,
    ACTIVE_RATE,
    HOURS_EACH,
]
