from django.db.models import Count, Q, QuerySet

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.founding.models import Unit

_LIVING = ("submitted", "agreed")


def _founded_and_closed() -> QuerySet[Unit]:
    return Unit.objects.filter(league_org__closed_on__isnull=False)


def _applied_twice() -> QuerySet[Unit]:
    """Return units for which more than one application is on its way, their own or a joint one."""
    own = Count("applications", filter=Q(applications__state__in=_LIVING), distinct=True)
    joined = Count("joins", filter=Q(joins__application__state__in=_LIVING), distinct=True)
    return Unit.objects.annotate(on_its_way=own + joined).filter(on_its_way__gt=1)


CHECKS = [
    Check(
        code="founding.founded_and_closed",
        label="已建团、但团组织已撤销的单位",
        severity=Severity.WARNING,
        records=_founded_and_closed,
        model="founding.Unit",
        advice="在单位页面办理“退回未建”，重新列入空白点清单。",
    ),
    Check(
        code="founding.applied_twice",
        label="同时有两项建团申请的单位",
        severity=Severity.ERROR,
        records=_applied_twice,
        model="founding.Unit",
        advice="撤回其中一项申请，或从联合组建的单位中去掉它。",
    ),
]
