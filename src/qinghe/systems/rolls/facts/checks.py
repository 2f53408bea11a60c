"""Questions that check the rolls; what is checked of the tree's own stands in the directory."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.kernel.orgs.kinds import BRANCHES
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.models import Leaving

LATE = timedelta(days=30)
GROWN = timedelta(days=rules.LEAVES_AT * 1461 // 4)  # 28 years to the day: seven leap days


def _on_the_roll() -> QuerySet[Membership]:
    return Membership.objects.filter(ends_on__isnull=True)


def _without_file() -> QuerySet[Membership]:
    return _on_the_roll().filter(person__league_file__isnull=True)


def _without_number() -> QuerySet[Membership]:
    return _on_the_roll().filter(
        person__league_file__number="", person__league_file__joined_on__gte=rules.NUMBERED_SINCE
    )


def _on_the_roll_though_left() -> QuerySet[Membership]:
    return _on_the_roll().filter(person__league_file__left_on__isnull=False)


def _off_every_roll() -> QuerySet[Membership]:
    of_them = Membership.objects.filter(person=OuterRef("person"))
    later = Q(ends_on__gt=OuterRef("ends_on")) | Q(
        ends_on=OuterRef("ends_on"), pk__gt=OuterRef("pk")
    )
    return Membership.objects.filter(
        ~Exists(of_them.filter(later | Q(ends_on__isnull=True))),
        ends_on__isnull=False,
        person__league_file__isnull=False,
        person__league_file__left_on__isnull=True,
    )


def _of_age() -> QuerySet[Membership]:
    posts = Post.objects.filter(person=OuterRef("person"), ends_on__isnull=True)
    old = _on_the_roll().filter(person__birth_date__lt=Now() - GROWN - LATE)
    return old.filter(~Exists(posts))


def _large_branches() -> QuerySet[Org]:
    on_roll = Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    branches = Org.objects.filter(kind__in=sorted(BRANCHES), closed_on__isnull=True)
    return branches.annotate(on_roll=on_roll).filter(on_roll__gt=rules.MOST)


def _never_decided() -> QuerySet[Leaving]:
    waiting = Leaving.objects.filter(state=Leaving.State.PROPOSED)
    return waiting.filter(proposed_at__lt=Now() - LATE)


CHECKS = [
    Check(
        code="ROL-C01",
        label="没有档案的团员",
        severity=Severity.WARNING,
        records=_without_file,
        model="people.Membership",
        advice="请按《入团志愿书》补建团员档案，可用台账一次导入。",
    ),
    Check(
        code="ROL-C02",
        label="没有编号的团员",
        severity=Severity.WARNING,
        records=_without_number,
        model="people.Membership",
        advice="2017年及以后入团的须有12位发展团员编号，请核对《入团志愿书》后补登。",
    ),
    Check(
        code="ROL-C03",
        label="已离团而仍在名册的团员",
        severity=Severity.ERROR,
        records=_on_the_roll_though_left,
        model="people.Membership",
        advice="档案已经办结，请核对后移出名册。",
    ),
    Check(
        code="ROL-C04",
        label="满28周岁一个月仍未办理的团员",
        severity=Severity.WARNING,
        records=_of_age,
        model="people.Membership",
        advice="没有担任团内职务的，请所在团支部办理超龄离团。",
    ),
    Check(
        code="ROL-C05",
        label="超过50人的团支部",
        severity=Severity.WARNING,
        records=_large_branches,
        model="orgs.Org",
        advice="团支部一般不超过50人；确需扩大的报上级批准，否则分设团支部。",
    ),
    Check(
        code="ROL-C06",
        label="一个月未审批的离团事项",
        severity=Severity.WARNING,
        records=_never_decided,
        model="rolls.Leaving",
        advice="请上级团组织审批；材料不齐的写明原因退回。",
    ),
    Check(
        code="ROL-C07",
        label="未离团而不在任何名册的团员",
        severity=Severity.ERROR,
        records=_off_every_roll,
        model="people.Membership",
        advice="请核实去向：仍是团员的由现在的团组织编入名册，已离团的补办离团手续。",
    ),
]
