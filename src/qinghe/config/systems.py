"""Every system's manifest, in menu order, and the reports that stand above them."""

from django.conf import settings
from django.utils.module_loading import import_string

from qinghe.edges.api import retention as api_retention
from qinghe.edges.health import access as health_access
from qinghe.edges.hooks import access as hooks_access
from qinghe.edges.hooks import retention as hooks_retention
from qinghe.edges.jobs import access as jobs_access
from qinghe.edges.jobs import exports
from qinghe.edges.jobs import waiting as exports_waiting
from qinghe.edges.sheets import loading
from qinghe.edges.sheets import waiting as sheets_waiting
from qinghe.edges.system import MenuItem, System

SYSTEMS: list[System] = [
    import_string(f"qinghe.systems.{name}.system.SYSTEM") for name in settings.SYSTEMS
]
REPORTS: list[System] = [
    import_string(f"qinghe.reports.{name}.system.SYSTEM") for name in settings.REPORTS
]
# Pages that every system's people share: what they brought in, what runs for them.
EDGES: list[System] = [
    System(
        slug="edges",
        label="台账",
        urls="",
        grants=(*jobs_access.GRANTS, *hooks_access.GRANTS, *health_access.GRANTS),
        acts=jobs_access.WORDS | hooks_access.WORDS | health_access.WORDS,
        inbox=(*sheets_waiting.QUEUES, *exports_waiting.QUEUES),
        jobs=(exports.RUNNER, loading.RUNNER),
        retention=(*api_retention.RETENTION, *hooks_retention.RETENTION),
        menu=(
            MenuItem(
                "导入记录",
                "sheets:index",
                tuple(sheet.act for system in SYSTEMS for sheet in system.sheets),
                "管理",
            ),
            MenuItem("后台任务", "jobs:index", "", "管理"),
            MenuItem("事件推送", "hooks:list", hooks_access.Act.SUBSCRIBE, "管理"),
            MenuItem("运行状态", "health:status", health_access.Act.SEE, "管理"),
        ),
    )
]
