"""Every system's manifest, in menu order, and the reports that stand above them."""

from django.conf import settings
from django.utils.module_loading import import_string

from qinghe.edges.system import System

SYSTEMS: list[System] = [
    import_string(f"qinghe.systems.{name}.system.SYSTEM") for name in settings.SYSTEMS
]
REPORTS: list[System] = [import_string("qinghe.reports.half_year.system.SYSTEM")]
