"""What happens to persons, memberships and posts. Who may do it is decided by the caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Coalesce

from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import models, queries, rules
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused


@dataclass(frozen=True)
class NewPerson:
    """A person to be entered."""

    number: str
    name: str
    sex: str = ""
    birth_date: date | None = None


@transaction.atomic
def add_person(*, new: NewPerson, at: datetime, by: object) -> models.Person:
    """Enter a person. Raises Refused: bad_number, number_taken, in_future."""
    rules.check_number(new.number)
    if new.birth_date:
        check_not_future(day=new.birth_date, today=local_day(at), what="出生")
    if models.Person.everybody.filter(number=new.number).exists():
        raise Refused("number_taken", f"人员编号{new.number}已被使用，请核对是否重复录入。")
    person = models.Person.objects.create(**_columns(new))
    audit.record(by=by, verb="people.add_person", subject=person, at=at)
    return person


@transaction.atomic
def admit_member(
    *, person: models.Person, org: Org, starts_on: date, at: datetime, by: object
) -> models.Membership:
    """Enter a League member on the roll of an organisation.

    Raises Refused: already_member, left_league, too_young, in_future, org_closed.
    """
    held = models.Membership.objects.filter(person=person, ends_on__isnull=True)
    check_admission(
        person=person,
        is_member=held.exists(),
        left_on=queries.left_on([person.pk]).get(person.pk),
        starts_on=starts_on,
        today=local_day(at),
    )
    orgs.check_takes_new(org=org)
    membership = models.Membership.objects.create(person=person, org=org, starts_on=starts_on)
    audit.record(
        by=by, verb="people.admit_member", subject=membership, at=at, detail={"org": org.code}
    )
    return membership


def check_admission(
    *,
    person: models.Person,
    is_member: bool,
    left_on: date | None,
    starts_on: date,
    today: date,
) -> None:
    """Refuse to enter somebody on a roll who cannot be on one.

    Who left the League comes back by being admitted anew (T-66), which opens their file first.
    Raises Refused: in_future, too_young, already_member, left_league.
    """
    check_not_future(day=starts_on, today=today, what="入团")
    rules.check_age_of_member(birth_date=person.birth_date, joined_on=starts_on)
    if is_member:
        raise Refused("already_member", f"{person.name}已在团员名册上，一人同时只在一个团组织。")
    rules.check_in_league(left_on=left_on, name=person.name)


@transaction.atomic
def end_membership(
    *, membership: models.Membership, on: date, at: datetime, by: object
) -> models.Membership:
    """Take a member off the roll; the record stays. Raises Refused: already_ended, in_future."""
    if membership.ends_on:
        raise Refused("already_ended", f"该团籍已于{membership.ends_on}终止，没有变更。")
    rules.check_order(starts_on=membership.starts_on, ends_on=on, what="团籍")
    check_not_future(day=on, today=local_day(at), what="终止")
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    audit.record(
        by=by, verb="people.end_membership", subject=membership, at=at, detail={"on": str(on)}
    )
    return membership


@transaction.atomic
def transfer_member(
    *, membership: models.Membership, into: Org, on: date, at: datetime, by: object
) -> models.Membership:
    """Let a member leave one roll and stand on another from the same day on (T-65).

    Both happen or neither, and one line of the trail covers both: nobody is ever on two rolls, and
    nobody falls between them. Raises Refused: already_ended, same_org, ends_before_start, in_future,
    org_closed.
    """
    held = models.Membership.objects.select_for_update(of=("self",)).select_related("org")
    leaving = held.get(pk=membership.pk)
    check_transfer(leaving=leaving, into=into, on=on, today=local_day(at))
    orgs.check_takes_new(org=into)
    leaving.ends_on = on
    leaving.save(update_fields=["ends_on"])
    begun = models.Membership.objects.create(person_id=leaving.person_id, org=into, starts_on=on)
    audit.record_many(
        by=by,
        verb="people.transfer_member",
        model=models.Membership,
        ids=[leaving.pk, begun.pk],
        at=at,
        detail={"from": leaving.org.code, "to": into.code, "on": str(on)},
    )
    return begun


@transaction.atomic
def transfer_many(
    *, memberships: Sequence[models.Membership], into: Org, on: date, at: datetime, by: object
) -> list[models.Membership]:
    """Let many leave their rolls, each their own, and stand on one from the same day on (T-65).

    All of them or nobody, and one line of the trail covers them. Raises what transfer_member raises.
    """
    held = models.Membership.objects.select_for_update(of=("self",)).select_related("org")
    leaving = list(held.filter(pk__in=[one.pk for one in memberships]).order_by("pk"))
    for one in leaving:
        check_transfer(leaving=one, into=into, on=on, today=local_day(at))
    orgs.check_takes_new(org=into)
    _end(model=models.Membership, records=leaving, on=on)
    begun = models.Membership.objects.bulk_create(
        models.Membership(person_id=one.person_id, org=into, starts_on=on) for one in leaving
    )
    audit.record_many(
        by=by,
        verb="people.transfer_many",
        model=models.Membership,
        ids=[one.pk for one in (*leaving, *begun)],
        at=at,
        detail={
            "from": "、".join(sorted({one.org.code for one in leaving})),
            "to": into.code,
            "on": str(on),
        },
    )
    return begun


def check_transfer(*, leaving: models.Membership, into: Org, on: date, today: date) -> None:
    """Refuse a way from one roll to another that cannot be.

    Raises Refused: already_ended, same_org, ends_before_start, in_future.
    """
    if leaving.ends_on:
        raise Refused("already_ended", f"该团籍已于{leaving.ends_on}终止，没有变更。")
    if leaving.org_id == into.pk:
        raise Refused("same_org", f"已在{into.name}的团员名册上，没有变更。")
    rules.check_order(starts_on=leaving.starts_on, ends_on=on, what="团籍")
    check_not_future(day=on, today=today, what="转接")


@dataclass(frozen=True)
class NewPost:
    """A post to be filled."""

    title: str
    service: str
    starts_on: date


@transaction.atomic
def appoint(
    *, person: models.Person, org: Org, new: NewPost, at: datetime, by: object
) -> models.Post:
    """Give a cadre a post. Raises Refused: already_appointed, in_future, org_closed."""
    check_not_future(day=new.starts_on, today=local_day(at), what="任职")
    orgs.check_takes_new(org=org)
    held = models.Post.objects.filter(person=person, org=org, title=new.title, ends_on__isnull=True)
    if held.exists():
        raise Refused("already_appointed", f"{person.name}已任{org.name}{new.title}，没有变更。")
    post = models.Post.objects.create(
        person=person, org=org, title=new.title, service=new.service, starts_on=new.starts_on
    )
    audit.record(by=by, verb="people.appoint", subject=post, at=at, detail={"org": org.code})
    return post


@transaction.atomic
def end_post(*, post: models.Post, on: date, at: datetime, by: object) -> models.Post:
    """End a cadre's post; the record stays. Raises Refused: already_ended, in_future."""
    if post.ends_on:
        raise Refused("already_ended", f"该职务已于{post.ends_on}离任，没有变更。")
    rules.check_order(starts_on=post.starts_on, ends_on=on, what="任职")
    check_not_future(day=on, today=local_day(at), what="离任")
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    audit.record(by=by, verb="people.end_post", subject=post, at=at, detail={"on": str(on)})
    return post


@transaction.atomic
def add_many(
    *, new: Sequence[NewPerson], at: datetime, by: object, source: Mapping[str, object]
) -> dict[str, int]:
    """Enter a chunk of persons checked before; those already known by number are kept as they are.

    Returns the key of each by number. One audit row names the file and lines in `source`.
    """
    wanted = {row.number: row for row in new}
    people = models.Person.everybody.filter(number__in=list(wanted))
    known = dict(people.values_list("number", Coalesce("merged_into", "pk")))
    missing = [row for number, row in wanted.items() if number not in known]
    made = insert_many(
        models.Person,
        fields=("number", "name", "sex", "birth_date"),
        rows=[(row.number, row.name, row.sex, row.birth_date) for row in missing],
    )
    audit.record_many(
        by=by, verb="people.add_many", model=models.Person, ids=made, at=at, detail=source
    )
    return known | dict(zip((row.number for row in missing), made, strict=True))


@dataclass(frozen=True)
class Admission:
    """A person, already entered, who joins the roll of an organisation."""

    person_id: int
    org_id: int
    starts_on: date


@dataclass(frozen=True)
class Appointment:
    """A person, already entered, who takes a post at an organisation."""

    person_id: int
    org_id: int
    post: NewPost


@transaction.atomic
def admit_many(
    *, new: Sequence[Admission], at: datetime, by: object, source: Mapping[str, object]
) -> list[models.Membership]:
    """Enter a chunk of members checked before. One audit row names the file and lines in `source`."""
    made = models.Membership.objects.bulk_create(
        models.Membership(person_id=row.person_id, org_id=row.org_id, starts_on=row.starts_on)
        for row in new
    )
    ids = [membership.pk for membership in made]
    audit.record_many(
        by=by, verb="people.admit_many", model=models.Membership, ids=ids, at=at, detail=source
    )
    return made


@transaction.atomic
def appoint_many(
    *, new: Sequence[Appointment], at: datetime, by: object, source: Mapping[str, object]
) -> list[models.Post]:
    """Fill a chunk of posts checked before. One audit row names the file and lines in `source`."""
    made = models.Post.objects.bulk_create(
        models.Post(
            person_id=row.person_id,
            org_id=row.org_id,
            title=row.post.title,
            service=row.post.service,
            starts_on=row.post.starts_on,
        )
        for row in new
    )
    ids = [post.pk for post in made]
    audit.record_many(
        by=by, verb="people.appoint_many", model=models.Post, ids=ids, at=at, detail=source
    )
    return made


@transaction.atomic
def transfer_roll(
    *, org: Org, into: Org, on: date, at: datetime, by: object
) -> list[models.Membership]:
    """Enter all members of one organisation on the roll of another from a day on.

    One audit row covers the places that end, one those that begin. Raises Refused: too_early,
    org_closed.
    """
    ending = models.Membership.objects.filter(org=org, ends_on__isnull=True)
    return transfer_some(memberships=list(ending), org=org, into=into, on=on, at=at, by=by)


@transaction.atomic
def transfer_some(  # from where to where, and when
    *,
    memberships: Sequence[models.Membership],
    org: Org,
    into: Org,
    on: date,
    at: datetime,
    by: object,
) -> list[models.Membership]:
    """Enter some members of one organisation on the roll of another from a day on.

    One audit row covers the places that end, one those that begin. Raises Refused: too_early,
    org_closed.
    """
    _check_all_started(starts=[m.starts_on for m in memberships], on=on, what="入册")
    orgs.check_takes_new(org=into)
    _end(model=models.Membership, records=memberships, on=on)
    begun = models.Membership.objects.bulk_create(
        models.Membership(person_id=m.person_id, org=into, starts_on=on) for m in memberships
    )
    detail = {"from": org.code, "to": into.code, "on": str(on)}
    for records in (memberships, begun):
        audit.record_many(
            by=by,
            verb="people.transfer_roll",
            model=models.Membership,
            ids=[membership.pk for membership in records],
            at=at,
            detail=detail,
        )
    return begun


@transaction.atomic
def move_posts(*, org: Org, into: Org, on: date, at: datetime, by: object) -> list[models.Post]:
    """Let all posts at an organisation go on at another from a day on.

    Who holds the same title there already keeps that one. Raises Refused: too_early.
    """
    held = set(
        models.Post.objects.filter(org=into, ends_on__isnull=True).values_list("person_id", "title")
    )
    ending = end_posts_of(org=org, on=on, at=at, by=by)
    new = [
        Appointment(post.person_id, into.pk, NewPost(post.title, post.service, on))
        for post in ending
        if (post.person_id, post.title) not in held
    ]
    return appoint_many(new=new, at=at, by=by, source={"from": org.code, "to": into.code})


@transaction.atomic
def end_posts_of(*, org: Org, on: date, at: datetime, by: object) -> list[models.Post]:
    """End all posts at an organisation on a day, in one audit row. Raises Refused: too_early."""
    ending = list(models.Post.objects.filter(org=org, ends_on__isnull=True))
    _check_all_started(starts=[post.starts_on for post in ending], on=on, what="任职")
    _end(model=models.Post, records=ending, on=on)
    audit.record_many(
        by=by,
        verb="people.end_posts_of",
        model=models.Post,
        ids=[post.pk for post in ending],
        at=at,
        detail={"org": org.code, "on": str(on)},
    )
    return ending


def _check_all_started(*, starts: Sequence[date], on: date, what: str) -> None:
    latest = max(starts, default=on)
    if latest > on:
        raise Refused(
            "too_early", f"该组织有人在{latest.isoformat()}{what}，变更日期不能早于这一天，请改正。"
        )


def _end(*, model: type[Model], records: Sequence[Model], on: date) -> None:
    model._default_manager.filter(pk__in=[record.pk for record in records]).update(ends_on=on)


def _columns(new: NewPerson) -> dict[str, object]:
    return {
        "number": new.number,
        "name": new.name,
        "sex": new.sex,
        "birth_date": new.birth_date,
    }
