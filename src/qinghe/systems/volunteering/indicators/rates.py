from qinghe.analytics.indicators import Ratio

from .service import HOURS, PEOPLE
from .standing import REGISTERED

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
