"""What is forgotten of volunteers once its time is over (S-08); the nightly retention asks."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.consent.retention import Action, Retention
from qinghe.systems.volunteering import models

State = models.SignUp.State
LET_GO = (State.CANCELLED, State.DECLINED, State.EXPIRED)
NEVER_HELD = (State.WAITING, State.OFFERED)
A_YEAR = 366


@transaction.atomic
def _drop_sign_ups(until: datetime, at: datetime) -> int:
    """Delete the sign-ups that came to nothing, of sessions over before a moment.

    What held a place to the end stays: what came of it is counted by period.
    """
    old = models.SignUp.objects.filter(post__session__ends_at__lt=until)
    return old.filter(state__in=LET_GO + NEVER_HELD).delete()[0]


@transaction.atomic
def _forget_whereabouts(until: datetime, at: datetime) -> int:
    """Take the place off scans that came in before a moment (V-30): it has served its check."""
    somewhere = Q(latitude__isnull=False) | Q(longitude__isnull=False)
    old = models.Scan.objects.filter(somewhere, received_at__lt=until)
    return old.update(latitude=None, longitude=None)


@transaction.atomic
def _drop_calls(until: datetime, at: datetime) -> int:
    """Delete before a moment who was asked to come to which session."""
    return models.SessionCall.objects.filter(at__lt=until).delete()[0]


RETENTION = (
    Retention(
        model="volunteering.Attendance",
        label="服务时长",
        days=0,
        starts="pk",
        action=Action.KEEP,
        why="出具证明的依据；注销后不能识别到个人",
    ),
    Retention(
        model="volunteering.SignUp",
        label="没有参加成的活动报名",
        days=A_YEAR,
        starts="moved_at",
        action=Action.DELETE,
        why="取消、放弃、逾期和候补未成的，从活动结束起算；占了名额的作为到场统计的依据保留",
        least=31,
        run=_drop_sign_ups,
    ),
    Retention(
        model="volunteering.SessionCall",
        label="活动邀请",
        days=A_YEAR,
        starts="at",
        action=Action.DELETE,
        why="避免重复打扰",
        least=31,
        run=_drop_calls,
    ),
    Retention(
        model="volunteering.Scan",
        label="签到位置",
        days=92,
        starts="received_at",
        action=Action.ANONYMISE,
        why="只为核对是否在现场，清除坐标，签到记录保留",
        run=_forget_whereabouts,
    ),
)
