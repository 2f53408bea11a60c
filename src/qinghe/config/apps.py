from django.apps import AppConfig


class App(AppConfig):
    """Plug every system into access, analytics and the edges, once, at start."""

    name = "qinghe.config"

    def ready(self) -> None:
        from django.urls import reverse

        from qinghe.analytics import access as analytics_access
        from qinghe.analytics import catalogue
        from qinghe.config.systems import EDGES, REPORTS, SYSTEMS
        from qinghe.edges import inbox
        from qinghe.edges import system as edges_system
        from qinghe.edges.jobs import runners
        from qinghe.edges.web import search
        from qinghe.kernel.access import actors, levels, register
        from qinghe.reports.drafting import system as drafting
        from qinghe.reports.drafting.views import beyond
        from qinghe.reports.half_year import writing
        from qinghe.reports.issuing import queries as issuing
        from qinghe.reports.issuing import steps

        everything = SYSTEMS + REPORTS + EDGES
        edges_system.INSTALLED[:] = everything
        inbox.QUEUES[:] = [queue for system in everything for queue in system.inbox]
        granted = [grant for system in everything for grant in system.grants]
        actors.GRANTS[:] = [
            *levels.GRANTS,
            *analytics_access.GRANTS,
            *granted,
        ]
        runners.RUNNERS[:] = [runner for system in everything for runner in system.jobs]
        kept = [field for system in everything for field in system.data]
        levels.register([*register.FIELDS, *kept])
        catalogue.register(
            facts=[fact for system in SYSTEMS for fact in system.facts],
            indicators=[indicator for system in SYSTEMS for indicator in system.indicators],
            checks=[check for system in SYSTEMS for check in system.checks],
        )
        for system in SYSTEMS:
            if system.defines is not None:
                catalogue.add_source(system.defines)
        beyond.SOURCES[:] = [steps.of_report]
        beyond.FROZEN[:] = [issuing.figures_signed]
        search.PEOPLE_ACT = "directory.see"
        search.PERSON_URL = lambda person: reverse("directory:person", args=[person.pk])
        search.ORG_URL = lambda org: reverse("directory:org", args=[org.pk])
        writing.FIND[:] = [drafting.place]
