"""What the tests of transfers stand on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.transfers import services
from qinghe.systems.transfers.models import Transfer
from tests.cast import (
    CLERK,
    NOW,
    TODAY,
    WiderCast,
    make_org,
    make_person,
    make_wider_cast,
    with_role,
)

SINCE = date(2019, 9, 1)


@dataclass(frozen=True)
class Ground:
    """The wider cast, with a member of the school's branch and branches to go to."""

    cast: WiderCast
    member: Person
    place: Membership
    workshop: Org  # a branch of the enterprise
    second: Org  # another
    local: Org  # a general branch of 红棉 community
    wen: Actor  # secretary of 红棉 community


def make_ground() -> Ground:
    """Enter everyone, one member and the branches they may go to."""
    cast = make_wider_cast()
    member = make_person("M001", "甘小棠", birth_date=date(2004, 6, 1))
    place = join(member, cast.branch)
    branch = {"kind": "branch", "level": "unit", "sector": "society", "parent": cast.enterprise}
    return Ground(
        cast=cast,
        member=member,
        place=place,
        workshop=make_org("XHKJ-01", "研发团支部", **branch),
        second=make_org("XHKJ-02", "生产团支部", **branch),
        local=make_org(
            "HM-01",
            "红棉社区团总支",
            kind="general_branch",
            level="community",
            parent=cast.hongmian,
        ),
        wen=with_role("P021", "温青", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian),
    )


def join(person: Person, org: Org, *, on: date = SINCE) -> Membership:
    """Put somebody on a roll."""
    return people.admit_member(person=person, org=org, starts_on=on, at=NOW, by=CLERK)


def actor_of(person: Person) -> Actor:
    """Return a person as an actor."""
    return access_queries.actor_of_person(person.pk, person.name, TODAY)


def later(days: int) -> datetime:
    """Return a moment so many days after the cast's now."""
    return NOW + timedelta(days=days)


def own(ground: Ground, **said: object) -> Transfer:
    """Let the member ask for a transfer to the enterprise."""
    new = {
        "person": ground.member,
        "kind": "work",
        "side": "member",
        "to_org": ground.cast.enterprise,
    }
    by = said.pop("by", None) or actor_of(said.get("person", ground.member))
    at = said.pop("at", NOW)
    return services.start_transfer(new=services.NewTransfer(**{**new, **said}), at=at, by=by)


def sent(ground: Ground, *, at: datetime = NOW, as_draft: bool = False, **said: object) -> Transfer:
    """Let the school send the member to the enterprise."""
    new = {
        "person": ground.member,
        "kind": "work",
        "side": "sender",
        "to_org": ground.cast.enterprise,
    }
    return services.start_transfer(
        new=services.NewTransfer(**{**new, **said}), as_draft=as_draft, at=at, by=ground.cast.tang
    )


def asked(ground: Ground, *, at: datetime = NOW, **said: object) -> Transfer:
    """Let the enterprise ask for the member."""
    new = {
        "person": ground.member, "kind": "work", "side": "receiver",
        "to_org": ground.cast.enterprise,
    }  # fmt: skip
    return services.start_transfer(
        new=services.NewTransfer(**{**new, **said}), at=at, by=ground.cast.liang
    )


def approve(transfer: Transfer, by: Actor, *, at: datetime = NOW) -> Transfer:
    """Agree for one side."""
    return services.approve_transfer(transfer=transfer, at=at, by=by)


def place(transfer: Transfer, into: Org, by: Actor, *, on: date = TODAY, at: datetime = NOW):
    """Place the member."""
    return services.place_transfer(transfer=transfer, into=into, on=on, at=at, by=by)


def standing(person: Person) -> list[Org]:
    """Return the organisations on whose rolls somebody stands."""
    held = Membership.objects.filter(person=person, ends_on__isnull=True)
    return [one.org for one in held.select_related("org")]
