"""A community's federation, compound teams, a notice, a training, an insurance: living ones.

What is told here is of today; the half-year of the reference report stays what it is.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.orgs import services as org_services
from qinghe.kernel.orgs.kinds import Level, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Policy, Team, Volunteer

from . import cast, reported

DISTRICT, STREET, COMMUNITY = "440307", "440307017", "440307017001"
ON_THE_ROLL = date(2022, 6, 30)
FOUNDERS = 5
SCOPE = "环境清洁、邻里互助、反诈宣传"
AGO = timedelta(days=12)  # long enough for a notice of five working days
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Tell what the net of teams looks like today; told once."""
    if Policy.objects.exists():
        return
    officer = cast.officer()
    _federation(now=now)
    crowd = _crowd()
    secretary = reported.who_answers().secretaries[cast.place(STREET).pk]
    _stands(crowd[:FOUNDERS], now=now, by=secretary)
    _waits(crowd[1 : FOUNDERS + 1], now=now, by=secretary)
    _from_a_phone(crowd[-FOUNDERS:], now=now)
    _trained(crowd[:2], now=now, by=officer)
    _insured(now=now, by=officer)
    say(f"组织网：志愿队伍 {Team.objects.count()} 支，小区队 2 支")


def _federation(*, now: datetime) -> None:
    """Give one community its federation; what the others lack is listed as gaps."""
    new = NewOrg(
        code=f"{COMMUNITY}-LHH",
        name=f"{cast.place(COMMUNITY).name}志愿者联合会",
        kind=OrgKind.VOLUNTEER_FEDERATION,
        level=Level.COMMUNITY,
        opened_on=local_day(now) - timedelta(days=60),
        parent_code=COMMUNITY,
    )
    org_services.open_org(new=new, at=now, by="demo")


def _crowd() -> list[Volunteer]:
    found = Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED,
        registered_on__lte=ON_THE_ROLL,
        org__path__startswith=cast.place(STREET).path,
    )
    return list(found.select_related("person", "org").order_by("number")[: FOUNDERS + 3])


def _stands(crowd: Sequence[Volunteer], *, now: datetime, by: Actor) -> None:
    """A compound team that was reviewed, shown and founded, with a deputy; the one on the phone is invited."""
    team = _apply("XQ0001", "禾苑小区志愿服务队", "禾苑", COMMUNITY, crowd, at=now - AGO, by=by)
    services.approve_team(team=team, at=now - AGO, by=by)
    services.stand_team(team=team, at=now, by=by)
    member = team.members.filter(state="member").exclude(volunteer=crowd[0])[0]
    services.appoint_deputy(member=member, at=now, by=by)
    phone = Account.objects.filter(user__username=cast.VOLUNTEER).values("person")
    for volunteer in Volunteer.objects.filter(person__in=phone, state="registered"):
        services.invite_member(team=team, volunteer=volunteer, at=now, by=by)


def _waits(crowd: Sequence[Volunteer], *, now: datetime, by: Actor) -> None:
    """One team on notice, one application that waits."""
    noticed = _apply("XQ0002", "青翠小区志愿服务队", "青翠", _next().code, crowd, at=now, by=by)
    services.approve_team(team=noticed, at=now, by=by)
    _apply("XQ0003", "锦园小区志愿服务队", "锦园", COMMUNITY, crowd, at=now, by=by)


def _from_a_phone(crowd: Sequence[Volunteer], *, now: datetime) -> None:
    """A volunteer applies on the phone; those named say yes, and the one on the demo's phone is asked."""
    first, *others = crowd
    phone = Account.objects.filter(user__username=cast.VOLUNTEER).values("person")
    asked = Volunteer.objects.filter(person__in=phone, state="registered").exclude(pk=first.pk)
    new = services.OwnTeam(
        name="晨光邻里服务队",
        org=first.org,
        founders=tuple(dict.fromkeys((*others, *asked))),
        scope="独居老人陪伴、楼道整理",
    )
    team = services.propose_team(new=new, at=now - timedelta(days=1), by=_themself(first))
    for member in team.members.filter(state="invited").exclude(volunteer__in=asked):
        services.accept_invitation(member=member, at=now, by=_themself(member.volunteer))


def _themself(volunteer: Volunteer) -> Actor:
    return Actor(person_id=volunteer.person_id, name=volunteer.person.name)


def _apply(
    code: str,
    name: str,
    compound: str,
    host: str,
    crowd: Sequence[Volunteer],
    *,
    at: datetime,
    by: Actor,
) -> Team:
    new = services.NewTeam(
        code=code,
        name=name,
        org=cast.place(host),
        kind=Team.Kind.COMPOUND,
        compound=compound,
        scope=SCOPE,
        head=crowd[0],
        founders=tuple(crowd[1:]),
    )
    return services.found_team(new=new, at=at, by=by)


def _trained(crowd: Sequence[Volunteer], *, now: datetime, by: Actor) -> None:
    district = cast.place(DISTRICT)
    day = local_day(now) - timedelta(days=9)
    heads = services.NewTraining("“头雁”培训第一期", "heads", district, day, Decimal("4.5"))
    training = services.enter_training(new=heads, at=now, by=by)
    services.credit(training=training, volunteers=crowd, at=now, by=by)
    coming = services.NewTraining(
        "志愿者精神理念与素养讲师队备课会",
        "lecturers",
        district,
        local_day(now) + timedelta(days=20),
        Decimal("2"),
    )
    services.enter_training(new=coming, at=now, by=by)


def _insured(*, now: datetime, by: Actor) -> None:
    today = local_day(now)
    policy = services.enter_policy(
        new=services.NewPolicy(
            "青禾财产保险（虚构）",
            "QH-2026-0001",
            cast.place(DISTRICT),
            today - timedelta(days=30),
            today + timedelta(days=335),
            "志愿者人身意外伤害，每人身故伤残20万元、医疗2万元",
        ),
        at=now,
        by=by,
    )
    starts_at = now + timedelta(days=6)
    services.publish_session(
        new=services.NewSession(
            code="FX0001",
            title="水库周边防溺水巡护",
            org=cast.place(COMMUNITY),
            place="水库东门集合",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            team=Team.objects.get(code="XQ0001"),
            risk="high",
            policy=policy,
        ),
        at=now,
        by=by,
    )


def _next() -> Org:
    """Return another community of the street."""
    others = Org.objects.filter(parent=cast.place(STREET), kind=OrgKind.COMMUNITY, closed_on=None)
    return others.exclude(code=COMMUNITY).order_by("code")[0]
