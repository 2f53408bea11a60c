from django.db.models import Q, QuerySet

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.targets.models import Item, Share

_LAPSED = Q(org__closed_on__isnull=False, org__successor__isnull=True)


def _carried_by_nobody() -> QuerySet[Share]:
    """Return shares of organisations that were closed and that nobody succeeds."""
    standing = Share.objects.filter(item__task_list__state="published", number__gt=0)
    return standing.filter(_LAPSED, children__isnull=True)


def _led_by_a_closed_one() -> QuerySet[Item]:
    standing = Item.objects.filter(task_list__state="published", dropped_on__isnull=True)
    return standing.filter(lead__closed_on__isnull=False)


CHECKS = [
    Check(
        code="targets.carried_by_nobody",
        label="分解给已撤销单位、没有人承担的数",
        severity=Severity.WARNING,
        records=_carried_by_nobody,
        model="targets.Share",
        advice="在分解页面提出调整：把它调为0，再加到接手的单位。",
    ),
    Check(
        code="targets.led_by_a_closed_one",
        label="牵头单位已撤销的任务",
        severity=Severity.WARNING,
        records=_led_by_a_closed_one,
        model="targets.Item",
        advice="在任务页面改为接手的单位，并写明原因。",
    ),
]
