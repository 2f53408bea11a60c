from qinghe.analytics.indicators import Indicator, Kind
from qinghe.systems.volunteering.facts import CHILD_SERVICE, SERVICE, SESSION

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
CHILD_TURNOUT = Indicator(
    code="VOL-92",
    label="儿童随监护人服务人次",
    unit="人次",
    kind=Kind.COUNT,
    over=CHILD_SERVICE,
    meaning=(
        "未满14周岁的儿童由监护人带同、已生效的服务记录数，以场次开始当日的年龄为准，"
        "归属主办组织；不计入志愿服务参与人次（VOL-03）。"
    ),
)
CHILD_HOURS = Indicator(
    code="VOL-93",
    label="儿童随监护人服务时长",
    unit="小时",
    kind=Kind.SUM,
    over=CHILD_SERVICE,
    of=lambda service: service.minutes,
    per=60,
    decimals=1,
    meaning=(
        "未满14周岁的儿童由监护人带同、已生效的服务分钟数之和，除以60，保留一位小数；"
        "记在儿童名下，不计入志愿服务总时长（VOL-04），也不用于星级评定。"
    ),
)
