from qinghe.analytics.indicators import Indicator, Kind, Ratio
from qinghe.systems.volunteering.facts import JOINED, POST, SIGN_UP

SIGNED = Indicator(
    code="VOL-40",
    label="志愿服务报名人次",
    unit="人次",
    kind=Kind.COUNT,
    over=SIGN_UP,
    meaning=(
        "已结束场次中占有名额的报名（已报名和未到场），以场次开始当日计入，归属主办组织；"
        "候补、已取消、放弃和逾期未确认的不计，取消的场次不计。"
    ),
)
CAME = Indicator(
    code="VOL-41",
    label="报名到场人次",
    unit="人次",
    kind=Kind.COUNT,
    over=SIGN_UP,
    where=lambda sign_up: sign_up.came == 1,
    meaning=(
        "VOL-40中在该场有签到记录（未作废）的报名，以场次开始当日计入，归属主办组织；"
        "未报名现场加入的不计。"
    ),
)
TURN_UP = Ratio(
    code="VOL-42",
    label="报名到场率",
    unit="%",
    top=CAME,
    bottom=SIGNED,
    meaning="报名到场人次（VOL-41）除以志愿服务报名人次（VOL-40）；没有报名的组织为空。",
)
WANTED = Indicator(
    code="VOL-43",
    label="岗位招募人数",
    unit="人次",
    kind=Kind.SUM,
    over=POST,
    of=lambda post: post.capacity,
    meaning="已结束场次各岗位招募人数之和，以场次开始当日计入，归属主办组织；取消的场次不计。",
)
FILLED = Indicator(
    code="VOL-44",
    label="岗位报满人次",
    unit="人次",
    kind=Kind.SUM,
    over=POST,
    of=lambda post: post.taken,
    meaning=(
        "已结束场次各岗位已占名额之和（含未到场的），以场次开始当日计入，归属主办组织；"
        "现场加入的不占名额，不计。"
    ),
)
FILL_RATE = Ratio(
    code="VOL-45",
    label="岗位招满率",
    unit="%",
    top=FILLED,
    bottom=WANTED,
    meaning="岗位报满人次（VOL-44）除以岗位招募人数（VOL-43）；没有岗位的组织为空。",
)
JOINED_SESSIONS = Indicator(
    code="VOL-46",
    label="协办志愿服务场次数",
    unit="个",
    kind=Kind.DISTINCT,
    over=JOINED,
    of=lambda joined: joined.session_id,
    meaning=(
        "已结束且至少有一条已生效服务记录、由本组织及以下协办的场次，以场次开始当日计入，归属协办组织；"
        "同一场在每一级只计1场。场次本身只归主办组织（VOL-02），两项不能相加。"
    ),
)
