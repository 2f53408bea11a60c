"""What a roll is narrowed to: ages, what is missing, who is to leave for their age."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import BRANCHES
from qinghe.kernel.people.models import Membership, Post
from qinghe.systems.rolls import rules

from .members import holding


class Gap(TextChoices):
    """What stands out about a member."""

    FILE = "file", "缺档案"
    NUMBER = "number", "缺编号"
    BIRTH = "birth", "缺出生日期"
    NO_BRANCH = "no_branch", "不在团支部"
    CLOSED = "closed", "所在组织已撤销"
    PARTY = "party", "保留团籍"
    SOON = "soon", "三个月内满28周岁"
    OF_AGE = "of_age", "已满28周岁未任职"
    OFF = "off", "未离团而不在任何名册"


def aged(actor: Actor, *, band: rules.Band, day: date) -> Q:
    """Tell who is of a band of ages on a day (I-07)."""
    found = Q(person__birth_date__lte=rules.born_by(day=day, years=band.since))
    if band.until is not None:
        found &= Q(person__birth_date__gt=rules.born_by(day=day, years=band.until))
    return found


def lacking(actor: Actor, gap: Gap, *, day: date) -> Q:
    """Tell what stands out about members on a day; who holds a post is asked by `held`."""
    grown = rules.born_by(day=day, years=rules.LEAVES_AT)
    file = Q(person__league_file__isnull=False)
    return {
        Gap.FILE: ~file,
        Gap.NUMBER: file
        & Q(
            person__league_file__number="",
            person__league_file__joined_on__gte=rules.NUMBERED_SINCE,  # T-22
        ),
        Gap.BIRTH: Q(person__birth_date__isnull=True),
        Gap.NO_BRANCH: ~Q(org__kind__in=sorted(BRANCHES)),
        Gap.CLOSED: Q(org__closed_on__lte=day),
        Gap.PARTY: Q(person__league_file__party_on__lte=day),
        Gap.SOON: Q(
            person__birth_date__gt=grown,
            person__birth_date__lte=rules.born_by(day=day + rules.SOON, years=rules.LEAVES_AT),
        ),
        Gap.OF_AGE: Q(person__birth_date__lte=grown) & ~held(actor, day),
        Gap.OFF: _off_every_roll(actor, day),
    }[gap]


def _off_every_roll(actor: Actor, day: date) -> Q:
    """Tell the last place of who is in the League still, and on no roll any more (T-65)."""
    of_them = Membership.objects.filter(person=OuterRef("person"))
    since = Q(ends_on__gt=OuterRef("ends_on")) | Q(
        ends_on=OuterRef("ends_on"), pk__gt=OuterRef("pk")
    )
    stays = Q(person__league_file__left_on__isnull=True) | Q(person__league_file__left_on__gt=day)
    return (
        stays
        & Q(person__league_file__isnull=False, ends_on__lte=day)
        & ~Exists(of_them.filter(holding(actor, day)))
        & ~Exists(of_them.filter(since, ends_on__lte=day))
    )


def held(actor: Actor, day: date) -> Q:
    """Tell of each place on a roll if its person held a post on a day."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    posts = Post.objects.filter(still, person=OuterRef("person"), starts_on__lte=day)
    return Q(Exists(posts))


def short_of(
    actor: Actor, rows: QuerySet[Membership], gap: Gap, *, day: date
) -> QuerySet[Membership]:
    """Narrow a roll to those about whom something stands out on a day."""
    return rows.filter(lacking(actor, gap, day=day))


def leaving_of_age(actor: Actor, rows: QuerySet[Membership], *, day: date) -> QuerySet[Membership]:
    """Narrow a roll to those who are 28 without a post, the eldest first (T-66)."""
    return short_of(actor, rows, Gap.OF_AGE, day=day).order_by("person__birth_date", "pk")
