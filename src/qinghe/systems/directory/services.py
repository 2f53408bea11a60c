"""What is done in the directory: the kernel's services, behind the acts that allow them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.edges import standing
from qinghe.kernel.access import actors
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people import queries as person_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import ChildAccess, ContactField, Membership, Person, Post
from qinghe.kernel.people.services import NewContact, NewPerson, NewPost
from qinghe.lib.verdicts import Refused

from . import queries, rules
from .access import Act


@dataclass(frozen=True)
class NewMember:
    """A row of a list of members: a person, known or not, and the roll they join."""

    person: NewPerson
    org: Org
    starts_on: date
    contact: NewContact | None = None


@dataclass(frozen=True)
class NewCadre:
    """A row of a list of cadres: a person, known or not, and the post they take."""

    person: NewPerson
    org: Org
    post: NewPost
    contact: NewContact | None = None


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

    Posts and roles in the closed organisation end. Raises Refused: not_allowed, under_way and those
    of the kernel's dissolve_into.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    actors.require(by, Act.CHANGE_ORG, at=into)
    on_roll = Membership.objects.filter(org=org, ends_on__isnull=True)
    standing.check_none_on_the_way_out(on_roll, org=org)
    return access.dissolve_into(org=org, into=into, on=on, at=at, by=by)


@transaction.atomic
def close_org(*, org: Org, on: date, at: datetime, by: Actor) -> Org:
    """Close an organisation with nobody on its roll and nothing below; its posts and roles end that day.

    Raises Refused: not_allowed and those of the kernel's dissolve.
    """
    actors.require(by, Act.CHANGE_ORG, at=org)
    return access.dissolve(org=org, on=on, at=at, by=by)


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
    _keep_contacts(new, known=known, at=at, by=by, source=source)
    rows = [people.Admission(known[row.person.number], row.org.pk, row.starts_on) for row in new]
    return people.admit_many(new=rows, at=at, by=by, source=source)


@transaction.atomic
def appoint_cadres(
    *, new: Sequence[NewCadre], at: datetime, by: Actor, source: Mapping[str, object]
) -> list[Post]:
    """Fill a chunk of posts that a sheet has checked. Raises Refused: not_allowed."""
    _require_everywhere([row.org for row in new], act=Act.APPOINT, by=by)
    known = people.add_many(new=[row.person for row in new], at=at, by=by, source=source)
    _keep_contacts(new, known=known, at=at, by=by, source=source)
    rows = [people.Appointment(known[row.person.number], row.org.pk, row.post) for row in new]
    return people.appoint_many(new=rows, at=at, by=by, source=source)


@transaction.atomic
def keep_contact(*, person: Person, new: NewContact, at: datetime, by: Actor) -> None:
    """Seal how a person on a roll is reached. Raises Refused: not_allowed and the kernel's."""
    if not queries.may_keep(by, person):
        raise Refused("not_allowed", "您不管理此人所在的名册，不能填写联系方式，没有任何改动。")
    people.keep_contact(person=person, new=new, at=at, by=by)


@transaction.atomic
def reveal(*, person: Person, field: ContactField, reason: str, at: datetime, by: Actor) -> str:
    """Return a sealed text in clear, with a trail. Raises Refused: not_allowed and the kernel's."""
    _require_reader(person, field=field, by=by)
    return people.reveal(person=person, field=field, reason=reason, at=at, by=by)


@transaction.atomic
def ask_child_access(*, person: Person, reason: str, at: datetime, by: Actor) -> ChildAccess:
    """Ask to read about a minor. Raises Refused: not_allowed and those of the kernel."""
    _require_reader(person, field=ContactField.GUARDIAN_PHONE, by=by)
    return people.ask_child_access(person=person, reason=reason, at=at, by=by)


@transaction.atomic
def approve_child_access(*, access: ChildAccess, at: datetime, by: Actor) -> ChildAccess:
    """Let another read about a minor. Raises Refused: not_allowed and those of the kernel."""
    _require_decides(access.person, by=by)
    return people.approve_child_access(access=access, at=at, by=by)


@transaction.atomic
def refuse_child_access(
    *, access: ChildAccess, reason: str, at: datetime, by: Actor
) -> ChildAccess:
    """Tell another that they may not. Raises Refused: not_allowed and those of the kernel."""
    _require_decides(access.person, by=by)
    return people.refuse_child_access(access=access, reason=reason, at=at, by=by)


def _require_reader(person: Person, *, field: ContactField, by: Actor) -> None:
    if not queries.may_show(by, field, of=person):
        raise Refused("not_allowed", "您没有查看此人敏感信息的权限，没有显示。")


def _require_decides(person: Person, *, by: Actor) -> None:
    if not queries.may_decide_about(by, person):
        raise Refused("not_allowed", "您没有审批此项查看申请的权限，没有任何改动。")


def _keep_contacts(
    new: Sequence[NewMember | NewCadre],
    *,
    known: Mapping[str, int],
    at: datetime,
    by: Actor,
    source: Mapping[str, object],
) -> None:
    told = {known[row.person.number]: row.contact for row in new if row.contact}
    people.keep_contacts(new=told, at=at, by=by, source=source)


def _require_everywhere(orgs_touched: Sequence[Org], *, act: Act, by: Actor) -> None:
    for org in {org.pk: org for org in orgs_touched}.values():
        actors.require(by, act, at=org)


def _person(new: NewPerson, *, at: datetime, by: Actor) -> Person:
    known = person_queries.by_number(new.number)
    if known is None:
        return people.add_person(new=new, at=at, by=by)
    rules.check_same_name(number=new.number, known=known.name, given=new.name)
    return known
