"""One subscription of the district to volunteering's events, with what was told and one that waits."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from qinghe.edges.hooks import outbox, sending, services
from qinghe.edges.hooks.models import Subscription
from qinghe.edges.hooks.outbox import News
from qinghe.edges.hooks.wire import Answer
from qinghe.systems.volunteering.models import Attendance
from qinghe.systems.volunteering.rules import Turn

from . import cast

SHOWN = 6
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Subscribe a platform, and let it have been told of some hours of the last days; once."""
    if Subscription.objects.exists():
        return
    officer = cast.officer()
    counted = Attendance.objects.filter(state=Attendance.State.EFFECTIVE).order_by("-pk")
    served = list(counted.select_related("session__org", "volunteer")[:SHOWN])
    district = served[0].session.org
    while district.parent:
        district = district.parent
    new = services.NewSubscription(
        district, "市志愿服务数据平台", "https://data.example.cn/qinghe", list(Turn)
    )
    made, _ = services.subscribe(new=new, at=now - timedelta(days=2), by=officer)
    for place, attendance in enumerate(served):
        at = now - timedelta(hours=SHOWN - place)
        outbox.tell(news=lambda one=attendance: [_news(one)], at=at)  # type: ignore[misc]
    sending.deliver_due(clock=lambda: now - timedelta(minutes=30), post=_received)
    services.try_out(subscription=made, at=now - timedelta(minutes=5), by=officer)
    sending.deliver_due(clock=lambda: now - timedelta(minutes=5), post=_silent)
    say(f"事件推送：{made.dispatches.count()} 条推送记录")


def _news(attendance: Attendance) -> News:
    told = {
        "volunteer": attendance.volunteer.number,
        "session": attendance.session.code,
        "org": attendance.session.org.code,
        "day": attendance.session.day.isoformat(),
        "minutes": attendance.minutes,
        "before": 0,
        "state": attendance.state,
    }
    return News(Turn.CONFIRMED, attendance.session.org, told)


def _received(address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
    return Answer(200, "对方已收到")


def _silent(address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
    return Answer(0, "连接不上，或对方中途断开")
