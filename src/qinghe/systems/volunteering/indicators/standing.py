from qinghe.analytics.indicators import Indicator, Kind, Time
from qinghe.systems.volunteering.facts import TEAM, VOLUNTEER

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
NEW_TEAMS = Indicator(
    code="VOL-05",
    version=2,
    label="新增团体志愿者队伍数",
    unit="支",
    kind=Kind.COUNT,
    over=TEAM,
    meaning="期间内审核成立的团体志愿者队伍，以审核日期计入，归属其主组织；当期又注销的仍计入。",
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
