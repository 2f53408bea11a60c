"""How branches were graded: the year 2021 in bulk, and the running year in all its states."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.bulk import insert_many, update_many
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.branches import queries, rules, services
from qinghe.systems.branches.models import Grading, GradingItem, GradingRound, Score

from . import cast

CHUNK = 500
LAST = services.NewRound(2021, date(2021, 12, 1), date(2021, 12, 20), date(2022, 1, 10))
OPENED, SIGNED = date(2021, 12, 2), date(2021, 12, 15)
REVIEWED, PUBLISHED = date(2022, 1, 6), date(2022, 1, 20)
POINTS = (18, 17, 16, 19, 15, 17, 16, 18, 13, 17, 11)  # for each item, branch by branch
FIELDS = (
    "secretary_id",
    "signed_at",
    "witness_id",
    "witnessed_at",
    "reviewer_id",
    "reviewed_at",
    "words",
    "points",
    "star",
    "state",
    "published_on",
)
STEPS = 6  # how many branches of the running year go on
WORDS = "对照标准逐项自评，台账齐全。"
REPORT = "支部班子健全，按期召开支部大会，团课学时达标，团员参加志愿服务积极，制度上墙并落实。" * 11
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the grades of 2021 and let the running year go as far as it goes; told once."""
    if GradingRound.objects.exists():
        return
    by = cast.officer()
    _last_year(by=by)
    _this_year(now=now, by=by)
    graded = Grading.objects.filter(state=Grading.State.PUBLISHED).count()
    say(f"对标定级：{graded:,} 个支部已定级")


def _last_year(*, by: Actor) -> None:
    """Enter a year that is over; a branch without two members to sign was not graded."""
    found = services.open_grading(new=LAST, at=_at(OPENED), by=by)
    bounds = queries.bounds_of(by, found.terms)
    rolls = _rolls(SIGNED)
    rows: list[tuple[object, ...]] = []
    scores: list[tuple[object, ...]] = []
    entered = found.gradings.order_by("pk").values_list("pk", "org_id", "months")
    signed, reviewed = _at(SIGNED), _at(REVIEWED)
    for number, (key, org, months) in enumerate(entered):
        people = rolls.get(org, [])
        if len(people) < 2:
            continue
        each = POINTS[number % len(POINTS)]
        total = each * len(GradingItem)
        star = rules.star_for(points=total, vetoed=False, months=months, bounds=bounds)
        hands = (people[0], signed, people[1], signed, by.person_id, reviewed)
        rows.append((*hands, WORDS, total, star, Grading.State.PUBLISHED, PUBLISHED, key))
        for step in (Score.Step.SELF, Score.Step.REVIEW):
            scores += [(key, step, item, each) for item in GradingItem.values]
    _write(rows, scores)
    found.published_on = PUBLISHED
    found.save(update_fields=["published_on"])


def _write(rows: list[tuple[object, ...]], scores: list[tuple[object, ...]]) -> None:
    for start in range(0, len(rows), CHUNK):
        update_many(Grading, fields=FIELDS, rows=rows[start : start + CHUNK])
    for start in range(0, len(scores), CHUNK):
        fields = ("grading_id", "step", "item", "points")
        insert_many(Score, fields=fields, rows=scores[start : start + CHUNK])


def _this_year(*, now: datetime, by: Actor) -> None:
    """Let six branches stand at six places: signing, sent back, waiting, published, checked, reviewed."""
    today = local_day(now)
    closes, reviews = today + timedelta(days=20), today + timedelta(days=40)
    new = services.NewRound(today.year, today, closes, reviews)
    found = services.open_grading(new=new, at=now, by=by)
    rolls = _rolls(today)
    entered = found.gradings.select_related("org").order_by("pk")
    ready = [one for one in entered if len(rolls.get(one.org_id, ())) > 1]
    for place, grading in enumerate(ready[:STEPS]):
        secretary, witness = _two(grading.org, rolls[grading.org_id], now=now)
        given = services.Judged(dict.fromkeys(GradingItem.values, 19 - place), words=WORDS)
        services.grade_self(grading=grading, judged=given, report=REPORT, at=now, by=secretary)
        if place:
            services.sign_grading(grading=grading, at=now, by=witness)
            _go_on(place, grading, given, now=now, by=by)


def _go_on(
    place: int, grading: Grading, given: services.Judged, *, now: datetime, by: Actor
) -> None:
    if place == 1:
        reason = "组织生活一项缺少会议记录，请补充。"
        services.send_back_grading(grading=grading, reason=reason, at=now, by=by)
    elif place > 2:
        services.review_grading(grading=grading, judged=given, at=now, by=by)
    if place == 3:
        services.publish_gradings(found=grading.round, at=now, by=by)
    elif place == 4:
        less = services.Judged(dict.fromkeys(GradingItem.values, 14), words="抽查核减")
        other = cast.officer(second=True)
        services.check_grading(grading=grading, judged=less, at=now, by=other)


def _two(org: Org, people: list[int], *, now: datetime) -> tuple[Actor, Actor]:
    """Return a branch's secretary, who is made one, and another member."""
    first, second = (Person.objects.get(pk=one) for one in people[:2])
    today = local_day(now)
    access.give_role(
        person=first, role=Role.BRANCH_SECRETARY, org=org, starts_on=today, at=now, by="demo"
    )
    return (
        access_queries.actor_of_person(first.pk, first.name, today),
        access_queries.actor_of_person(second.pk, second.name, today),
    )


def _rolls(day: date) -> dict[int, list[int]]:
    """Return who stands on each roll on a day."""
    found: dict[int, list[int]] = {}
    rows = Membership.objects.filter(starts_on__lte=day, ends_on__isnull=True).order_by("pk")
    for org, person in rows.values_list("org_id", "person_id"):
        found.setdefault(org, []).append(person)
    return found


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)
