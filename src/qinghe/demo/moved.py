"""Transfers of membership in every state, and a class of graduates of whom some have arrived."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import local_day
from qinghe.systems.transfers import services
from qinghe.systems.transfers.models import Transfer

from . import cast, names

OUTSIDE = "广州市天河区团委"
CLASS = 9  # members of the class that leaves, as far as it has so many
KINDS = (OrgKind.BRANCH, OrgKind.JOINT_BRANCH)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Let a class leave its school and others go one by one, all of it in the last weeks; once."""
    if Transfer.objects.exists():
        return
    by = cast.officer()
    leaving = _branch(sector="school")
    target = _branch(sector="society")
    if leaving is None or target is None or target.parent is None:
        return
    _class(leaving, target, now=now, by=by)
    _one_by_one(leaving, target, now=now, by=by)
    say(f"组织关系转接：{Transfer.objects.count()} 件")


def _branch(*, sector: str) -> Org | None:
    """Return the open branch of a sector with most members."""
    still = Q(memberships__ends_on__isnull=True)
    found = Org.objects.filter(sector=sector, kind__in=KINDS, closed_on__isnull=True)
    counted = found.annotate(members=Count("memberships", filter=still)).order_by("-members", "pk")
    return counted.select_related("parent").filter(members__gt=0).first()


def _free() -> QuerySet[Membership]:
    """Return who is on a roll and whose way out of the League waits for nobody."""
    held = Membership.objects.filter(ends_on__isnull=True)
    return held.exclude(person__leavings__state="proposed")


def _members(branch: Org) -> list[Membership]:
    held = _free().filter(org=branch)
    return list(held.select_related("person", "org").order_by("person__number"))


def _filled(leaving: Org, *, at: datetime, by: Actor) -> list[Membership]:
    """Return a class of nine; a small demo's branch has fewer, and gets the rest."""
    random = Random("a class that leaves")
    since = local_day(at) - timedelta(days=700)
    for number in range(len(_members(leaving)), CLASS):
        new = NewPerson(f"B{number:06}", names.person(random), birth_date=date(2006, 3, 1 + number))
        person = people.add_person(new=new, at=at, by=by)
        people.admit_member(person=person, org=leaving, starts_on=since, at=at, by=by)
    return _members(leaving)[:CLASS]


def _class(leaving: Org, target: Org, *, now: datetime, by: Actor) -> None:
    """Send most of a class: two arrive, one is looked at, one comes back, two have no place yet."""
    begun, came = now - timedelta(days=6), now - timedelta(days=3)
    going = _filled(leaving, at=begun, by=by)[:-2]
    new = services.Mended(kind="work", to_org=target.parent, note="应届毕业")
    services.draft_together(memberships=going, new=new, at=begun, by=by)
    drafts = list(Transfer.objects.order_by("pk"))
    services.send_many(transfers=drafts[:-1], at=begun, by=by)
    services.accept_many(transfers=drafts[:3], at=came, by=by)
    services.place_many(transfers=drafts[:2], into=target, on=local_day(came), at=came, by=by)
    for one in drafts[4:5]:
        services.reject_transfer(transfer=one, reason="没有到岗，请核对去向", at=came, by=by)


def _one_by_one(leaving: Org, target: Org, *, now: datetime, by: Actor) -> None:
    others = iter(_elsewhere(leaving, target))
    old, recent = now - timedelta(days=14), now - timedelta(days=2)
    for kind, at in (("member", old), ("waits", recent), ("withdrawn", recent)):
        one = _asked(others, target, at=at)
        if one and kind == "withdrawn":
            services.withdraw_transfer(
                transfer=one, reason="本人撤回", at=now, by=_self(one.person_id)
            )
    services.expire_due(at=now - timedelta(days=1), by="定时任务")
    if sent := _sent(others, target, at=recent, by=by):
        services.suspend_transfer(transfer=sent, reason="核对入职材料", at=recent, by=by)
    _sent(others, None, at=recent, by=by)
    newcomer = NewPerson("W000001", "覃小来", birth_date=date(2000, 5, 4))
    new = services.NewTransfer(
        kind="in",
        side="receiver",
        newcomer=newcomer,
        to_org=target.parent,
        outside=OUTSIDE,
        letter="天河介字第17号",
    )
    services.start_transfer(new=new, at=recent, by=by)
    if abroad := next(others, None):
        first = local_day(now) - timedelta(days=90)
        stay = services.NewStay(abroad.person, "新加坡，某大学", first, first + timedelta(days=700))
        services.begin_stay(new=stay, at=now, by=by)


def _elsewhere(*branches: Org) -> Iterator[Membership]:
    """Yield members of other branches, one of each, as far as the demo has them."""
    held = _free().filter(org__closed_on__isnull=True)
    others = held.exclude(org__in=branches).select_related("person", "org").order_by("pk")
    seen: set[int] = set()
    for one in others[:200]:
        if one.org_id not in seen:
            seen.add(one.org_id)
            yield one


def _asked(others: Iterator[Membership], target: Org, *, at: datetime) -> Transfer | None:
    one = next(others, None)
    if one is None:
        return None
    new = services.NewTransfer(person=one.person, kind="work", side="member", to_org=target.parent)
    return services.start_transfer(new=new, at=at, by=_self(one.person_id))


def _sent(
    others: Iterator[Membership], target: Org | None, *, at: datetime, by: Actor
) -> Transfer | None:
    one = next(others, None)
    if one is None:
        return None
    new = services.NewTransfer(
        person=one.person,
        kind="work" if target else "out",
        to_org=target.parent if target else None,
        outside="" if target else OUTSIDE,
        letter="" if target else "龙岗介字第8号",
    )
    return services.start_transfer(new=new, at=at, by=by)


def _self(person_id: int) -> Actor:
    return access_queries.actor_of_person(person_id, "团员", cast.SINCE)
