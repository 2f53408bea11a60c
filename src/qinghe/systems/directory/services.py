"""What is done in the directory: the kernel's services, behind the acts that allow them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.kernel.people.services import NewPerson, NewPost
from qinghe.lib.verdicts import Refused

from . import rules
from .access import Act


@dataclass(frozen=True)
class NewMember:
    """A row of a list of members: a person, known or not, and the roll they join."""

    person: NewPerson
    org: Org
    starts_on: date


@dataclass(frozen=True)
class NewCadre:
    """A row of a list of cadres: a person, known or not, and the post they take."""

    person: NewPerson
    org: Org
    post: NewPost


@transaction.atomic
def open_org(*, new: NewOrg, at: datetime, by: Actor) -> Org:
    """Open an organisation under its parent.

    Raises Refused: not_allowed, unknown_parent, parent_needed and those of the kernel's open_org.
    """
    if not new.parent_code:
        raise Refused("parent_needed", "请选择上级组织。")
    parent = Org.objects.filter(code=new.parent_code).first()
    if parent is None:
        raise Refused("unknown_parent", f"上级组织代码{new.parent_code}不存在，请核对。")
    actors.require(by, Act.OPEN_ORG, at=parent)
    return orgs.open_org(new=new, at=at, by=by)


@transaction.atomic
def change_org(
    *, org: Org, name: str, sector: str, new_org_kind: str, industry: str, at: datetime, by: Actor
) -> Org:
    """Correct what is written about an organisation.

    Raises Refused: not_allowed and those of the kernel's change_org.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    return orgs.change_org(
        org=org,
        name=name,
        sector=sector,
        new_org_kind=new_org_kind,
        industry=industry,
        at=at,
        by=by,
    )


@transaction.atomic
def move_org(*, org: Org, parent: Org, on: date, at: datetime, by: Actor) -> Org:
    """Put an organisation and all below it under another parent from a day on.

    Raises Refused: not_allowed and those of the kernel's move_org.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    actors.require(by, Act.CHANGE_ORG, at=parent)
    return orgs.move_org(org=org, parent=parent, on=on, at=at, by=by)


@transaction.atomic
def merge_org(*, org: Org, into: Org, on: date, at: datetime, by: Actor) -> Org:
    """Close an organisation whose successor takes over what is below it and its members.

    Posts in the closed organisation end. Raises Refused: not_allowed, wrong_successor and those of
    the kernel's merge_org and transfer_roll.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    actors.require(by, Act.CHANGE_ORG, at=into)
    rules.check_successor(kind=org.kind, into_kind=into.kind)
    merged = orgs.merge_org(org=org, into=into, on=on, at=at, by=by)
    people.transfer_roll(org=merged, into=into, on=on, at=at, by=by)
    people.end_posts_of(org=merged, on=on, at=at, by=by)
    return merged


@transaction.atomic
def close_org(*, org: Org, on: date, at: datetime, by: Actor) -> Org:
    """Close an organisation with nobody on its roll and nothing below; its posts end that day.

    Raises Refused: not_allowed, has_members and those of the kernel's close_org.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    on_roll = Membership.objects.filter(org=org, ends_on__isnull=True).count()
    rules.check_nobody_left(members=on_roll, name=org.name)
    closed = orgs.close_org(org=org, on=on, at=at, by=by)
    people.end_posts_of(org=closed, on=on, at=at, by=by)
    return closed


@transaction.atomic
def admit_member(
    *, person: NewPerson, org: Org, starts_on: date, at: datetime, by: Actor
) -> Membership:
    """Enter a member on a roll; a number already known is that person, another is entered.

    Raises Refused: not_allowed, not_league, other_person and those of the kernel's admit_member.
    """
    actors.require(by, Act.KEEP_ROLL, at=org)
    rules.check_keeps_roll(kind=org.kind, name=org.name)
    known = _person(person, at=at, by=by)
    return people.admit_member(person=known, org=org, starts_on=starts_on, at=at, by=by)


@transaction.atomic
def end_membership(*, membership: Membership, on: date, at: datetime, by: Actor) -> Membership:
    """Take a member off the roll. Raises Refused: not_allowed and those of the kernel."""
    actors.require(by, Act.KEEP_ROLL, at=membership.org)
    return people.end_membership(membership=membership, on=on, at=at, by=by)


@transaction.atomic
def appoint_cadre(*, person: NewPerson, org: Org, post: NewPost, at: datetime, by: Actor) -> Post:
    """Give a cadre a post; a number already known is that person, another is entered.

    Raises Refused: not_allowed, not_league, other_person and those of the kernel's appoint.
    """
    actors.require(by, Act.APPOINT, at=org)
    rules.check_keeps_roll(kind=org.kind, name=org.name)
    known = _person(person, at=at, by=by)
    return people.appoint(person=known, org=org, new=post, at=at, by=by)


@transaction.atomic
def end_post(*, post: Post, on: date, at: datetime, by: Actor) -> Post:
    """End a cadre's post. Raises Refused: not_allowed and those of the kernel."""
    actors.require(by, Act.APPOINT, at=post.org)
    return people.end_post(post=post, on=on, at=at, by=by)


@transaction.atomic
def open_orgs(
    *, new: Sequence[NewOrg], at: datetime, by: Actor, source: Mapping[str, object]
) -> list[Org]:
    """Open a chunk of organisations that a sheet has checked.

    Raises Refused: not_allowed, parent_needed, unknown_parent.
    """
    made_here = {row.code for row in new}
    above = {row.parent_code for row in new} - made_here
    if "" in above:
        raise Refused("parent_needed", "有的行没有上级代码，没有导入。")
    for parent in Org.objects.filter(code__in=above):
        actors.require(by, Act.OPEN_ORG, at=parent)
    return orgs.open_many(new=new, at=at, by=by, source=source)


@transaction.atomic
def admit_members(
    *, new: Sequence[NewMember], at: datetime, by: Actor, source: Mapping[str, object]
) -> list[Membership]:
    """Enter a chunk of members that a sheet has checked. Raises Refused: not_allowed."""
    _require_everywhere([row.org for row in new], act=Act.KEEP_ROLL, by=by)
    known = people.add_many(new=[row.person for row in new], at=at, by=by, source=source)
    rows = [people.Admission(known[row.person.number], row.org.pk, row.starts_on) for row in new]
    return people.admit_many(new=rows, at=at, by=by, source=source)


@transaction.atomic
def appoint_cadres(
    *, new: Sequence[NewCadre], at: datetime, by: Actor, source: Mapping[str, object]
) -> list[Post]:
    """Fill a chunk of posts that a sheet has checked. Raises Refused: not_allowed."""
    _require_everywhere([row.org for row in new], act=Act.APPOINT, by=by)
    known = people.add_many(new=[row.person for row in new], at=at, by=by, source=source)
    rows = [people.Appointment(known[row.person.number], row.org.pk, row.post) for row in new]
    return people.appoint_many(new=rows, at=at, by=by, source=source)


def _require_everywhere(orgs_touched: Sequence[Org], *, act: Act, by: Actor) -> None:
    for org in {org.pk: org for org in orgs_touched}.values():
        actors.require(by, act, at=org)


def _person(new: NewPerson, *, at: datetime, by: Actor) -> Person:
    known = Person.objects.filter(number=new.number).first()
    if known is None:
        return people.add_person(new=new, at=at, by=by)
    rules.check_same_name(number=new.number, known=known.name, given=new.name)
    return known
