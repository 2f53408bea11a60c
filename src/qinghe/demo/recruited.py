"""Young people on their way into the League: at every step, some late, some at rest, a dozen arrived."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import typst
from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.joining import queries, services
from qinghe.systems.joining.models import Case, Way
from qinghe.systems.joining.services import Kept, Served, Share, Vote

from . import cast, names

DISTRICT = "440307"
SERIAL = 44_995_001  # numbers of their own, beside those that the districts' quotas come from
EACH_YEAR = 60
LETTER = "我志愿加入中国共产主义青年团，坚决拥护中国共产党的领导，遵守团的章程。"
VOTE = Vote(entitled=24, present=22, agreed=21, opposed=0, abstained=1)
SECRETARY, APPLICANT = "zhishu", "shenqingren"
ARRIVED = 12
MEMBERS, ENROLLED = 3, date(2023, 9, 10)  # of each branch, to answer for those who apply
# How long after the application each step is taken, in days.
AFTER: Mapping[str, int] = {
    "hold_talk": 10,
    "propose_activist": 20,
    "confirm_activist": 25,
    "name_contacts": 28,
    "finish_cultivation": 120,
    "recommend": 122,
    "preview": 126,
    "post_notice": 127,
    "close_notice": 145,  # after the longest holidays too
    "name_introducers": 146,
    "fill_form": 147,
    "hold_meeting": 150,
    "approve": 157,
    "tell_result": 158,
    "hold_ceremony": 161,
    "archive": 168,
}
ROAD = tuple(AFTER)
# Who stands where today: the last step taken, and how many days ago the application was handed in.
STANDING: Sequence[tuple[str, int]] = (
    ("", 6),
    ("", 47),  # nobody talked with them yet: late
    ("hold_talk", 16),
    ("propose_activist", 24),
    ("propose_activist", 31),
    ("confirm_activist", 26),
    ("name_contacts", 60),
    ("name_contacts", 90),
    ("name_contacts", 112),
    ("finish_cultivation", 121),
    ("recommend", 125),
    ("preview", 126),
    ("post_notice", 129),
    ("close_notice", 145),
    ("name_introducers", 146),
    ("fill_form", 149),
    ("hold_meeting", 154),
    ("hold_meeting", 196),  # approval is late
    ("approve", 158),
    ("hold_ceremony", 170),
    ("hold_ceremony", 214),  # the archive is late
)
COMMITTEE = ("confirm_activist", "preview", "approve")
Say = Callable[[str], None]


@dataclass
class Branch:
    """A branch with who acts for it and for the committee above."""

    org: Org
    secretary: Actor
    committee: Actor
    random: Random
    made: list[Case] = field(default_factory=list)


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Lead some along the road up to where they stand today; told once."""
    if Case.objects.exists():
        return
    today, (first, second) = local_day(now), _branches(now=now)
    _numbers(first, second, today=today)
    for upto, ago in STANDING:
        _walk(first, today - timedelta(days=ago), upto=upto, today=today)
    for place in range(ARRIVED):
        _walk(second, today - timedelta(days=175 + 12 * place), upto="archive", today=today)
    _stop(first, today=today, now=now)
    applicant = first.made[6].person
    access.give_role(
        person=applicant,
        role=Role.VOLUNTEER,
        org=first.org,
        starts_on=cast.SINCE,
        at=now,
        by="demo",
    )
    _let_in(applicant, APPLICANT, now=now)
    say(f"发展团员：{Case.objects.count()} 份入团申请")


def _branches(*, now: datetime) -> list[Branch]:
    """Return the first branches of two schools, each with a secretary of its own."""
    schools = Org.objects.filter(
        kind=OrgKind.LEAGUE_COMMITTEE, sector=Sector.SCHOOL, closed_on__isnull=True
    ).order_by("code")
    found: list[Branch] = []
    for school in schools[:2]:
        there = Org.objects.filter(parent=school, kind=OrgKind.BRANCH, closed_on__isnull=True)
        org = there.order_by("code")[0]
        found.append(_branch(org, place=len(found), now=now))
    return found


def _branch(org: Org, *, place: int, now: datetime) -> Branch:
    random = Random(f"recruited-{place}")
    new = people.NewPerson(
        f"ZS{place + 1:04}", names.person(random), birth_date=date(1993, 5, 4 + place)
    )
    person = people.add_person(new=new, at=now, by="demo")
    role = Role.BRANCH_SECRETARY
    access.give_role(person=person, role=role, org=org, starts_on=cast.SINCE, at=now, by="demo")
    if place == 0:
        _let_in(person, SECRETARY, now=now)
    for number in range(MEMBERS):
        new = people.NewPerson(
            f"TY{place + 1}{number + 1:03}", names.person(random), birth_date=date(2008, 3, 1)
        )
        member = people.add_person(new=new, at=now, by="demo")
        people.admit_member(person=member, org=org, starts_on=ENROLLED, at=now, by="demo")
    secretary = Actor(person.pk, person.name, (Held(role, org.path),))
    return Branch(org, secretary, cast.officer(second=True), random)


def _let_in(person: Person, username: str, *, now: datetime) -> None:
    access.open_account(person=person, username=username, at=now, by="demo")


def _numbers(*branches: Branch, today: date) -> None:
    """Hand numbers of each year that the roads below touch down to the two schools."""
    officer, district = cast.officer(), cast.place(DISTRICT)
    for year in range((today - timedelta(days=366)).year, today.year + 1):
        first = year * 10**8 + SERIAL
        new = services.NewBatch(
            org=district,
            sector="school",
            first=str(first),
            last=str(first + EACH_YEAR - 1),
            source=f"团市委关于补充下发{year}年度发展团员编号的通知",
            received_on=date(year, 1, 1),
        )
        at = _at(date(year, 1, 1))
        services.enter_batch(new=new, at=at, by=officer)
        shares = [Share(one.org.parent, EACH_YEAR // 2) for one in branches if one.org.parent]
        services.hand_down(
            giver=district, kept=Kept(year, "school"), shares=shares, at=at, by=officer
        )


def _walk(branch: Branch, applied: date, *, upto: str, today: date) -> Case:
    """Enter an application and take every step up to one."""
    case = _apply(branch, applied)
    for verb in ROAD[: ROAD.index(upto) + 1] if upto else ():
        if verb == "finish_cultivation":
            _teach(branch, case, applied)
        if verb == "archive":
            services.file_case(
                case=case, at=_at(applied + timedelta(days=AFTER["approve"] + 1)), by=cast.officer()
            )
        day = min(applied + timedelta(days=AFTER[verb]), today)
        case = _take(branch, case, verb, day=day)
    if upto == "name_contacts":
        _teach(branch, case, applied, until=today)
    return case


def _apply(branch: Branch, applied: date) -> Case:
    place = len(branch.made) + 1
    born = applied.replace(day=1) - timedelta(days=365 * 15 + 31 * (place % 9))
    new = people.NewPerson(
        f"RT{branch.org.pk}{place:03}",
        names.person(branch.random),
        sex=("female", "male")[place % 2],
        birth_date=born,
    )
    case = services.enter_application(
        new=services.NewApplication(branch.org, applied, LETTER),
        applicant=new,
        at=_at(applied),
        by=branch.secretary,
    )
    branch.made.append(case)
    return case


def _teach(branch: Branch, case: Case, applied: date, *, until: date | None = None) -> None:
    """Let somebody attend lessons of two 学时 each, as far as the days have come."""
    titles = ("团的性质和任务", "团史", "团章", "新时代青年")
    for place, title in enumerate(titles):
        day = applied + timedelta(days=35 + 20 * place)
        if until is None or day <= until:
            services.add_lesson(
                case=case, on=day, title=title, quarters=8, at=_at(day), by=branch.secretary
            )


def _take(branch: Branch, case: Case, verb: str, *, day: date) -> Case:
    do: Callable[..., Case] = getattr(services, verb)
    told = _told(branch, case, verb, day=day)
    by = branch.committee if verb in COMMITTEE else branch.secretary
    return do(case=case, on=day, **told, at=_at(day + timedelta(days=verb == "fill_form")), by=by)


def _told(branch: Branch, case: Case, verb: str, *, day: date) -> Mapping[str, object]:
    told: Mapping[str, Callable[[], Mapping[str, object]]] = {
        "hold_talk": lambda: {"words": "支部书记谈话，入团动机端正。"},
        "propose_activist": lambda: {"way": Way.MEMBERS},
        "name_contacts": lambda: {"members": _members(branch, case)},
        "finish_cultivation": lambda: {
            "served": Served(24, f"ZYZ{case.pk:06}", "考察合格，志愿服务证明已核。")
        },
        "preview": lambda: {"words": "同意列为发展对象。"},
        "name_introducers": lambda: {"members": _members(branch, case)},
        "fill_form": lambda: {"opinion_on": day + timedelta(days=1), "words": "同意介绍入团。"},
        "hold_meeting": lambda: {"vote": VOTE},
        "approve": lambda: {"words": "同意接收为团员。"},
        "archive": lambda: {"scan": ContentFile(_paper(), name="入团志愿书.pdf")},
    }
    return told[verb]() if verb in told else {}


def _members(branch: Branch, case: Case) -> list[Person]:
    return list(queries.members_of(branch.secretary, case)[:2])


def _stop(branch: Branch, *, today: date, now: datetime) -> None:
    """Let one rest, refuse one, take one back."""
    by = branch.secretary
    rests, refused, back = (
        _walk(branch, today - timedelta(days=ago), upto=upto, today=today)
        for upto, ago in (("name_contacts", 70), ("hold_talk", 33), ("confirm_activist", 55))
    )
    services.pause(case=rests, reason="赴外校交流，返校后继续培养", at=now, by=by)
    services.refuse(case=refused, reason="支委会讨论认为还需继续培养", at=now, by=by)
    services.withdraw(case=back, reason="本人书面申请撤回", at=now, by=by)


def _paper() -> bytes:
    """Return twelve empty pages, as if they had been scanned."""
    made = typst.compile(
        b"#set page(width: 60pt, height: 84pt)\n" + b"#pagebreak()\n" * 11, format="pdf"
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one piece")
    return made


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=TZ).astimezone(UTC)
