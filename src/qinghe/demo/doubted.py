"""Hours of the last days: some entered late, some held by a check, one disputed by its volunteer."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access import queries as access
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import LateEntry, Session, Volunteer
from qinghe.systems.volunteering.rules import Doubt

from . import cast

ZONE = ZoneInfo("Asia/Shanghai")
PAPER = b"%PDF-1.7\n% a roster of the demo\n"
PLACES = (
    ("社区图书角整理", "社区党群服务中心一楼", Decimal("22.650000"), Decimal("114.190000"), 9),
    ("地铁口文明引导", "地铁站B口", Decimal("22.840000"), Decimal("114.310000"), 12),
)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Let four volunteers serve on two days, and leave of each kind of doubt one; told once."""
    if LateEntry.objects.exists():
        return
    served = Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED, attendances__state="effective"
    ).select_related("org", "person")
    volunteers = list(served.order_by("number").distinct()[:4])
    if len(volunteers) < 4:
        return
    day = now.astimezone(ZONE).date() - timedelta(days=2)
    sessions = [_publish(place, day=day, host=volunteers[0]) for place in PLACES]
    _doubt(sessions, volunteers[0], now=now)
    _enter_late(sessions[0], volunteers[1:], now=now)
    _dispute(volunteers[0], now=now)
    say("服务时长：补录 2 份、核查 1 件、异议 1 件")


def _publish(
    place: tuple[str, str, Decimal, Decimal, int], *, day: date, host: Volunteer
) -> Session:
    title, where, latitude, longitude, hour = place
    starts = datetime.combine(day, time(hour), tzinfo=ZONE)
    new = services.NewSession(
        code=f"XZ{starts:%Y%m%d%H}",
        title=title,
        org=host.org,
        place=where,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        latitude=latitude,
        longitude=longitude,
    )
    return services.publish_session(new=new, at=starts - timedelta(days=3), by=cast.officer())


def _doubt(sessions: list[Session], volunteer: Volunteer, *, now: datetime) -> None:
    by = cast.officer()
    records = []
    for session in sessions:
        record = services.check_in(
            session=session, volunteer=volunteer, at=session.starts_at, by=by
        )
        left = session.ends_at - timedelta(minutes=5)
        records.append(services.check_out(attendance=record, at=left, by=by))
    words = f"离开“{PLACES[0][0]}”5分钟后到“{PLACES[1][0]}”，两地约24公里"
    pks = tuple(sorted(record.pk for record in records))
    services.hold_doubted(doubts=[Doubt("travel", pks, words)], at=now, by="夜间核查")


def _enter_late(session: Session, volunteers: list[Volunteer], *, now: datetime) -> None:
    first, second = cast.officer(), cast.officer(second=True)
    for place, some in enumerate((volunteers[:2], volunteers[2:])):
        new = services.NewLate(
            org=session.org,
            title=session.title,
            place=session.place,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            reason="现场网络中断，未能扫码，附签到表。",
            comes=[services.LateCome(one, session.starts_at, session.ends_at) for one in some],
            session=session,
        )
        paper = ContentFile(PAPER + str(place).encode(), name=f"签到表{place + 1}.pdf")
        entry = services.ask_late(new=new, evidence=paper, at=now, by=first)
        if place == 0:
            services.approve_late(entry=entry, at=now, by=second, words="与签到表一致。")


def _dispute(volunteer: Volunteer, *, now: datetime) -> None:
    me = access.actor_of_person(volunteer.person_id, volunteer.person.name, local_day(now))
    new = services.NewDispute(
        volunteer=volunteer,
        org=volunteer.org,
        day=local_day(now) - timedelta(days=4),
        words="当天上午在社区参加了清洁家园活动，没有看到记录。",
    )
    services.dispute_hours(new=new, at=now, by=me)
