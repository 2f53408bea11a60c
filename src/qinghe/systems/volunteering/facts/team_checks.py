"""What is looked over in teams."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.volunteering.models import Team, TeamPost, TeamStanding


def _without_head() -> QuerySet[Team]:
    led = TeamPost.objects.filter(
        team=OuterRef("pk"), post=TeamPost.Post.HEAD, ends_on__isnull=True
    )
    return Team.objects.filter(~Exists(led), state=Team.State.APPROVED)


def _standing_astray() -> QuerySet[Team]:
    stands = TeamStanding.objects.filter(team=OuterRef("pk"), ends_on__isnull=True)
    wrong = Team.objects.annotate(stands=Exists(stands))
    sound = {"state": Team.State.APPROVED, "suspended_on__isnull": True}
    return wrong.filter(stands=False, **sound) | wrong.filter(stands=True).exclude(**sound)


def _notice_left_hanging() -> QuerySet[Team]:
    return Team.objects.filter(
        state=Team.State.NOTICED, notice_until__lt=Now() - timedelta(days=30)
    )


CHECKS = [
    Check(
        code="VOL-C291",
        label="没有负责人的志愿队伍",
        severity=Severity.WARNING,
        records=_without_head,
        model="volunteering.Team",
        advice="请在成员页为队伍申请负责人，由主组织审核。",
    ),
    Check(
        code="VOL-C292",
        label="队伍状态与在册期间不一致",
        severity=Severity.ERROR,
        records=_standing_astray,
        model="volunteering.Team",
        advice="覆盖率按在册期间计算。请联系系统管理员核对该队伍的成立、停发和注销记录。",
    ),
    Check(
        code="VOL-C293",
        label="队伍公示期满一个月仍未办结",
        severity=Severity.WARNING,
        records=_notice_left_hanging,
        model="volunteering.Team",
        advice="请核实公示异议，办结准予成立或不予成立。",
    ),
]
