"""What people signed up for: some sittings of the half-year, and what is open these days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import (
    Activity,
    Attendance,
    CoOrganiser,
    ServicePost,
    Session,
    SignUp,
    Training,
    Volunteer,
)

from . import cast

ZONE = ZoneInfo("Asia/Shanghai")
STREET, COMMUNITY, DISTRICT = "440307017", "440307017001", "440307"
HELD = 8  # sittings of the half-year whose people had signed up
ADULTS_BORN_BEFORE = date(2000, 1, 1)
SPOT = services.Spot("人民公园北门", Decimal("22.644000"), Decimal("114.203000"))
HALL = services.Spot("党群服务中心一楼大厅", Decimal("22.651500"), Decimal("114.188200"))
CONTACT = "街道志愿服务站 0755-00000000"
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Let people sign up for what was and for what is to come; told once."""
    if Activity.objects.exists():
        return
    _held()
    _open(now=now, by=cast.officer())
    say(f"活动报名：{Activity.objects.count()} 个活动、{SignUp.objects.count()} 次报名")


def _held() -> None:
    """Give some sittings the posts and lists they would have had; who came stays as it was."""
    sessions = Session.objects.filter(attendances__state=Attendance.State.EFFECTIVE).distinct()
    street = Org.objects.get(code=STREET)
    absent = Volunteer.objects.filter(attendances__isnull=True).order_by("number")
    missing = list(absent.filter(state=Volunteer.State.REGISTERED)[:HELD])
    for place, session in enumerate(sessions.order_by("pk")[:HELD]):
        activity = Activity.objects.create(
            org=session.org,
            title=session.title,
            kind=Activity.Kind.COMMUNITY,
            about="按街道志愿服务计划开展。",
            risks="户外活动，注意防晒和交通安全。",
            contact=CONTACT,
            published_at=session.starts_at - timedelta(days=7),
        )
        Session.objects.filter(pk=session.pk).update(activity=activity)
        if not place % 3 and session.org != street:
            CoOrganiser.objects.create(activity=activity, org=street)
        came = list(
            Volunteer.objects.filter(attendances__session=session).order_by("number").distinct()
        )
        signed = [*came[1:], *missing[place : place + 1]]  # the first joined on the spot
        _listed(session, signed, absent=set(missing))


def _listed(session: Session, signed: list[Volunteer], *, absent: set[Volunteer]) -> None:
    post = ServicePost.objects.create(
        session=session, name="志愿者", capacity=len(signed) + 1, taken=len(signed), minors=True
    )
    SignUp.objects.bulk_create(
        SignUp(
            post=post,
            volunteer=one,
            state=SignUp.State.ABSENT if one in absent else SignUp.State.SIGNED,
            signed_at=session.starts_at - timedelta(days=3),
            moved_at=session.starts_at - timedelta(days=3),
            told_evening=True,
            told_soon=True,
        )
        for one in signed
    )


def _open(*, now: datetime, by: Actor) -> None:
    street, community = Org.objects.get(code=STREET), Org.objects.get(code=COMMUNITY)
    saturday = local_day(now) + timedelta(days=(5 - local_day(now).weekday()) % 7 or 7)
    cleaning = services.publish_activity(
        new=services.NewActivity(
            org=street,
            title="周末公园净滩",
            kind=Activity.Kind.ENVIRONMENT,
            about="清理河岸垃圾，劝导文明游园。请穿防滑鞋，手套和垃圾袋由现场发放。",
            risks="临水作业，注意防滑；高温时请带水。",
            contact=CONTACT,
            spot=SPOT,
            times=tuple(_at(saturday + timedelta(weeks=week), 9, 12) for week in range(4)),
            posts=(
                services.NewPost("净滩", 3),
                services.NewPost("急救保障", 1, skills="急救员证", training=Training.Kind.SKILLS),
            ),
            partners=(community,),
            project=services.open_project(
                title="护河行动", org=street, about="每周一次的河岸净滩。", at=now, by=by
            ),
            offer_minutes=2880,
        ),
        at=now,
        by=by,
    )
    reading = services.publish_activity(
        new=services.NewActivity(
            org=community,
            title="社区阅读陪伴",
            kind=Activity.Kind.YOUTH,
            about="陪小学生读书、做手工，整理图书角。",
            risks="室内活动，没有特别风险；未成年志愿者由监护人接送。",
            contact=CONTACT,
            spot=HALL,
            times=(_at(local_day(now) + timedelta(days=1), 19, 21),),
            posts=(services.NewPost("陪读", 4, minors=True),),
            partners=(Org.objects.get(code=DISTRICT),),
            cancel_hours=2,
        ),
        at=now,
        by=by,
    )
    _crowd(cleaning, reading, now=now, by=by)


def _crowd(cleaning: Activity, reading: Activity, *, now: datetime, by: Actor) -> None:
    """Fill the first Saturday: three have a place, one gives it back, the demo's own is asked."""
    mine = _demo_volunteer()
    others = Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED, person__birth_date__lt=ADULTS_BORN_BEFORE
    ).exclude(pk=mine.pk if mine else 0)
    four = list(others.select_related("person").order_by("number")[:4])
    post = _post(cleaning)
    signed = [_join(post, one, now=now, by=by) for one in four[:3]]
    if mine and mine.person.birth_date and mine.person.birth_date < ADULTS_BORN_BEFORE:
        _join(post, mine, now=now, by=by)
        _join(_post(reading), mine, now=now, by=by)
    for one in four[3:]:
        _join(post, one, now=now, by=by)
    if signed:
        services.release_sign_up(sign_up=signed[0], reason="本人来电改期", at=now, by=by)


def _join(post: ServicePost, volunteer: Volunteer, *, now: datetime, by: Actor) -> SignUp:
    return services.sign_up_other(post=post, volunteer=volunteer, vouched=False, at=now, by=by)


def _post(activity: Activity) -> ServicePost:
    posts = ServicePost.objects.filter(session__activity=activity)
    return posts.select_related("session__org").order_by("session__starts_at", "pk")[0]


def _demo_volunteer() -> Volunteer | None:
    user = User.objects.filter(username=cast.VOLUNTEER).first()
    if user is None:
        return None
    found = Volunteer.objects.filter(person__account__user=user)
    return found.select_related("person").first()


def _at(day: date, first: int, last: int) -> tuple[datetime, datetime]:
    starts, ends = (datetime.combine(day, time(hour), tzinfo=ZONE) for hour in (first, last))
    return starts.astimezone(UTC), ends.astimezone(UTC)
