from qinghe.edges.system import MenuItem, System

from . import access
from .access import Act

SYSTEM = System(
    slug="dashboard",
    label="工作台",
    urls="qinghe.systems.dashboard.urls",
    menu=(
        MenuItem("工作台", "dashboard:desk", Act.SEE, group="工作台"),
        MenuItem("大屏", "dashboard:wall", Act.SEE, group="工作台"),
        MenuItem("青年端", "dashboard:mine", Act.SEE_OWN, group="工作台"),
        MenuItem("数据检查", "dashboard:check_list", Act.CHECK, group="管理"),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
)
