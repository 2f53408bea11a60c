"""Members who were entered twice: one merged, one that waits for its decision, one to be looked into.

The second rows stand on their rolls from today on, so that no figure of the half-year moves.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib.periods import local_day
from qinghe.systems.merging import services
from qinghe.systems.merging.models import Merge

from . import cast

GROWN_UP = date(2004, 1, 1)
WHY = "当面核对身份证，两份都是本人"
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter three members a second time, and let officers see to two of them; told once."""
    if Merge.objects.exists():
        return
    pairs = [(stay.person, _again(stay, place, now=now)) for place, stay in enumerate(_members())]
    first, second = cast.officer(), cast.officer(second=True)
    asked = [
        services.propose_merge(
            new=services.NewMerge(kept=kept, duplicate=duplicate, reason=WHY), at=now, by=first
        )
        for kept, duplicate in pairs[:2]
    ]
    for merge in asked[:1]:
        services.approve_merge(merge=merge, at=now, by=second)
    say(f"重复人员：{len(pairs)} 组，已合并 {len(asked[:1])} 组")


def _members() -> Sequence[Membership]:
    """Choose members who are of age and hold no post."""
    known = Membership.objects.filter(
        ends_on__isnull=True,
        org__closed_on__isnull=True,
        person__birth_date__lt=GROWN_UP,
    )
    one_place = known.exclude(person__in=Post.objects.values("person"))
    return list(one_place.select_related("person", "org").order_by("pk")[:3])


def _again(stay: Membership, place: int, *, now: datetime) -> Person:
    person = stay.person
    new = people.NewPerson(f"CF{place + 1:03}", person.name, person.sex, person.birth_date)
    made = people.add_person(new=new, at=now, by=cast.officer())
    people.admit_member(
        person=made, org=stay.org, starts_on=local_day(now), at=now, by=cast.officer()
    )
    return made
