from qinghe.edges.system import MenuItem, System

from . import access, tasks
from .access import Act

SYSTEM = System(
    slug="oversight",
    label="审计监督",
    urls="qinghe.systems.oversight.urls",
    menu=(
        MenuItem("操作记录", "oversight:entries", Act.SEE, group="审计"),
        MenuItem("授权变更", "oversight:grants", Act.SEE, group="审计"),
        MenuItem("敏感信息查看", "oversight:reveals", Act.SEE, group="审计"),
        MenuItem("登录情况", "oversight:sign_ins", Act.SEE, group="审计"),
        MenuItem("导出记录", "oversight:exports", Act.SEE, group="审计"),
        MenuItem("审计员的操作", "oversight:auditors", Act.SEE_AUDITORS, group="审计"),
        MenuItem("链校验", "oversight:chain", Act.VERIFY, group="审计"),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    jobs=(tasks.CHECK,),
)
