from django.apps import AppConfig


class App(AppConfig):
    """Plug every system into access, analytics and the edges, once, at start."""

    name = "qinghe.config"

    def ready(self) -> None:
        from django.urls import reverse

        from qinghe.analytics import access as analytics_access
        from qinghe.analytics import catalogue
        from qinghe.config.systems import REPORTS, SYSTEMS
        from qinghe.edges import system as edges_system
        from qinghe.edges.web import search
        from qinghe.kernel.access import actors

        everything = SYSTEMS + REPORTS
        edges_system.INSTALLED[:] = everything
        granted = [grant for system in everything for grant in system.grants]
        actors.GRANTS[:] = [*analytics_access.GRANTS, *granted]
        catalogue.register(
            facts=[fact for system in SYSTEMS for fact in system.facts],
            indicators=[indicator for system in SYSTEMS for indicator in system.indicators],
            checks=[check for system in SYSTEMS for check in system.checks],
        )
        search.PEOPLE_ACT = "directory.see"
        search.ORG_URL = lambda org: reverse("directory:org", args=[org.pk])
