"""Two members of a street put forward for expulsion, and the graduating classes of a school."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import local_day, school_year
from qinghe.systems.joining import services as joining
from qinghe.systems.joining.models import GraduatingClass, Stage
from qinghe.systems.rolls import rules, services
from qinghe.systems.rolls.models import Expulsion
from qinghe.systems.transfers.models import Transfer

from . import cast
from .reported import who_answers

STREET = "440307017"
PAPER = b"%PDF-1.4\n% the resolution of a branch's meeting, invented\n"
BALLOT = rules.Ballot(entitled=12, present=11, agreed=10, opposed=1, abstained=0)
CLASSES, STUDENTS, PER_MILLE = 3, 46, 300
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Put two forward, expel one who appeals; then write classes and a ceiling down; once."""
    if Expulsion.objects.exists() or GraduatingClass.objects.exists():
        return
    by, second = cast.officer(), cast.officer(second=True)
    _expulsions(now=now, by=by, second=second)
    _classes(now=now, by=by)
    say(f"开除团籍：{Expulsion.objects.count()} 件；毕业班：{GraduatingClass.objects.count()} 个")


def _expulsions(*, now: datetime, by: Actor, second: Actor) -> None:
    below = orgs.below(cast.place(STREET))
    free = Membership.objects.filter(org__in=below, ends_on__isnull=True).filter(
        person__league_file__isnull=False, person__posts__isnull=True, person__leavings__isnull=True
    )
    free = free.exclude(person__in=Transfer.objects.values("person"))
    free = free.exclude(person__in=Account.objects.values("person"))  # they show other things
    asked = []
    for member in free.select_related("person", "org").order_by("pk")[:2]:
        found = services.propose_expulsion(member=member, new=_new(now), at=now, by=by)
        paper = ContentFile(PAPER, name="支部大会决议.pdf")
        files.attach(subject=found, upload=paper, label="支部大会决议", at=now, by=by)
        asked.append(found)
    for found in asked[:1]:
        services.approve_expulsion(expulsion=found, on=local_day(now), at=now, by=second)
        services.appeal_expulsion(
            expulsion=found, words="来信申诉：认为处分过重，请求复议。", at=now, by=by
        )


def _new(now: datetime) -> services.NewExpulsion:
    today = local_day(now)
    return services.NewExpulsion(
        conduct="（演示）违反团的纪律，情节严重，经支部查证属实。",
        hearing=Expulsion.Hearing.PRESENT,
        heard_on=today - timedelta(days=9),
        resolved_on=today - timedelta(days=7),
        ballot=BALLOT,
        statement="（演示）本人到会说明了经过，承认事实。",
    )


def _classes(*, now: datetime, by: Actor) -> None:
    today = local_day(now)
    schools = Org.objects.filter(
        kind=OrgKind.LEAGUE_COMMITTEE, sector=Sector.SCHOOL, closed_on__isnull=True
    )
    secretaries = who_answers().secretaries
    school = schools.filter(pk__in=secretaries).order_by("code").first()
    if school is None:
        return
    there = Org.objects.filter(parent=school, kind=OrgKind.BRANCH, closed_on__isnull=True)
    for org in there.order_by("code")[:CLASSES]:
        joining.enter_class(
            org=org,
            year=school_year(today) + 1,
            stage=Stage.JUNIOR,
            students=STUDENTS,
            at=now,
            by=secretaries[school.pk],
        )
    joining.set_ceiling(
        new=joining.NewCeiling(
            stage=Stage.JUNIOR,
            starts_on=today,
            per_mille=PER_MILLE,
            is_hard=False,
            source="（演示）当年发展团员工作通知",
            reason="按当年通知设定",
        ),
        at=now,
        by=by,
    )
