"""Development numbers in an actor's sight: quotas as a tree, the numbers themselves, requests."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS, COUNTED, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.models import Batch, Number, NumberRequest, Quota

NumberState = Number.State
RequestState = NumberRequest.State
Given: TypeAlias = "defaultdict[tuple[int | None, str], list[Quota]]"  # by giver and field
MOST_OFFERED = 80  # organisations in one form of handing down


@dataclass(frozen=True)
class Standing:
    """How the numbers of one quota stand, with all that was handed on below it."""

    quota: Quota
    counts: Mapping[str, int] = field(default_factory=dict)  # by state
    here: int = 0  # unused numbers that lie at the organisation itself

    @property
    def rate(self) -> Decimal | None:
        """Return the 编号使用率 in percent: used over issued (T-28), or nothing over nothing."""
        if not self.quota.amount:
            return None
        used = Decimal(self.counts.get(NumberState.USED, 0) * 100) / self.quota.amount
        return used.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def issued(self) -> int:
        """Return how many are still unused, here and below."""
        return self.counts.get(NumberState.ISSUED, 0)

    @property
    def reserved(self) -> int:
        """Return how many are kept for somebody."""
        return self.counts.get(NumberState.RESERVED, 0)

    @property
    def used(self) -> int:
        """Return how many were used."""
        return self.counts.get(NumberState.USED, 0)

    @property
    def void(self) -> int:
        """Return how many are out of use."""
        return self.counts.get(NumberState.VOID, 0)


@dataclass(frozen=True)
class Board:
    """The quotas of an organisation in one year, and of those to whom it handed numbers."""

    own: Sequence[Standing]
    below: Sequence[Standing]


def quotas_seen_by(actor: Actor) -> QuerySet[Quota]:
    """Return the quotas of organisations in sight, each with how its numbers stand there."""
    held = Number.objects.filter(
        org=OuterRef("org"), year=OuterRef("year"), sector=OuterRef("sector")
    ).order_by()
    counted = {
        f"{state}_here": Coalesce(
            Subquery(
                held.filter(state=state).values("org").annotate(n=Count("pk")).values("n"),
                output_field=IntegerField(),
            ),
            0,
        )
        for state in NumberState.values
    }
    found = Quota.objects.filter(actors.within_reach(actor, NumberAct.SEE))
    return found.select_related("org", "giver").annotate(**counted)


def numbers_seen_by(actor: Actor) -> QuerySet[Number]:
    """Return the numbers held where this actor may look, and those that somebody there was kept."""
    held = actors.within_reach(actor, NumberAct.SEE)
    kept = actors.within_reach(actor, NumberAct.SEE, path="for_org__path")
    return Number.objects.filter(held | kept).select_related("org", "person", "for_org", "batch")


def numbers_in(actor: Actor, path: str) -> QuerySet[Number]:
    """Return the numbers in sight that are held under a path, or kept for somebody there."""
    return numbers_seen_by(actor).filter(
        Q(org__path__startswith=path) | Q(for_org__path__startswith=path)
    )


def batches_seen_by(actor: Actor) -> QuerySet[Batch]:
    """Return the ranges received where this actor may look, the newest first."""
    found = Batch.objects.filter(actors.within_reach(actor, NumberAct.SEE))
    return found.select_related("org")


def requests_seen_by(actor: Actor) -> QuerySet[NumberRequest]:
    """Return the requests of which this actor may see either side, the newest first."""
    either = actors.within_reach(actor, NumberAct.SEE) | actors.within_reach(
        actor, NumberAct.SEE, path="giver__path"
    )
    return NumberRequest.objects.filter(either).select_related("org", "giver", "asked_by")


def number_requests_waiting_for(actor: Actor) -> QuerySet[NumberRequest]:
    """Return the requests that this actor may answer."""
    mine = actors.within_reach(actor, NumberAct.HAND, path="giver__path")
    return NumberRequest.objects.filter(mine, state=RequestState.ASKED).select_related(
        "org", "giver"
    )


def number_request_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show requests to answer as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}申请{one.wanted}个{one.get_sector_display()}编号",
            org=one.org.name,
            url=reverse("joining:number_request", args=[one.pk]),
        )
        for one in number_requests_waiting_for(actor).filter(pk__in=ids)
    ]


def years_of(actor: Actor, org: Org) -> list[int]:
    """Return the years for which there are quotas at an organisation or below, newest first."""
    found = _below(actor, org).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def board_of(actor: Actor, org: Org, *, year: int) -> Board:
    """Tell how an organisation's numbers of a year stand, and those of whom it gave some.

    Who got theirs from above this organisation, past it, is shown among those below.
    """
    quotas = list(
        _below(actor, org).filter(year=year).select_related("org", "giver").order_by("org__path")
    )
    here = _counts(_numbers_below(org, year=year))
    given: Given = defaultdict(list)
    for quota in quotas:
        given[quota.giver_id, quota.sector].append(quota)
    standing = [_standing(quota, given=given, here=here) for quota in quotas]
    inside = {quota.org_id for quota in quotas}
    return Board(
        own=[one for one in standing if one.quota.org_id == org.pk],
        below=[
            one
            for one in standing
            if one.quota.org_id != org.pk
            and (one.quota.giver_id == org.pk or one.quota.giver_id not in inside)
        ],
    )


def left_at(actor: Actor, org: Org, *, year: int) -> dict[str, int]:
    """Return how many unused numbers lie at an organisation, by field."""
    held = Number.objects.filter(
        actors.within_reach(actor, NumberAct.SEE), org=org, year=year, state=NumberState.ISSUED
    )
    found = held.order_by().values_list("sector").annotate(n=Count("pk"))
    return {sector: dict(found).get(sector, 0) for sector in Sector.values}


def orgs_to_give(actor: Actor, giver: Org, *, year: int) -> list[Org]:
    """Return the organisations that a form of handing down offers: those right below a giver.

    Whoever was given numbers by it this year is among them; each tells what it has of either field.
    """
    given = Quota.objects.filter(giver=giver, year=year).values("org")
    nearby = Q(parent=giver, kind__in=[*AREAS, *COUNTED]) | Q(pk__in=given)
    found = actors.orgs_where(actor, NumberAct.SEE).filter(nearby, closed_on__isnull=True)
    amount = Quota.objects.filter(org=OuterRef("pk"), year=year).values("amount")
    return list(
        found.annotate(
            **{
                sector: Coalesce(Subquery(amount.filter(sector=sector)), 0)
                for sector in Sector.values
            }
        ).order_by("path")[:MOST_OFFERED]
    )


def orgs_for_numbers(actor: Actor, act: NumberAct) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def quota_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return quotas behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one}",
            cells=(
                ("下发组织", one.giver.name if one.giver else "上级号段"),
                ("首次下发日期", one.given_on.isoformat()),
                ("下发数", str(one.amount)),
            ),
            url=reverse("joining:quota", args=[one.pk]),
        )
        for one in quotas_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def number_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return numbers behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.number,
            cells=(
                ("持有组织", one.org.name),
                ("状态", one.get_state_display()),
                ("入团日期", one.used_on.isoformat() if one.used_on else "—"),
            ),
            url=reverse("joining:number", args=[one.pk]),
        )
        for one in numbers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def year_of_board(actor: Actor, years: Iterable[int], *, asked: str, today: date) -> int:
    """Return which year a board shows: the one asked for, else the newest that there is."""
    if asked.isascii() and asked.isdigit() and len(asked) == 4:
        return int(asked)
    return next(iter(years), today.year)


def _below(actor: Actor, org: Org) -> QuerySet[Quota]:
    seen = actors.within_reach(actor, NumberAct.SEE)
    return Quota.objects.filter(seen, org__path__startswith=org.path)


def _numbers_below(org: Org, *, year: int) -> QuerySet[Number]:
    return Number.objects.filter(org__path__startswith=org.path, year=year)


def _counts(numbers: QuerySet[Number]) -> dict[tuple[int, str], Counter[str]]:
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    rows = numbers.order_by().values_list("org_id", "sector", "state").annotate(n=Count("pk"))
    for org_id, sector, state, count in rows:
        counts[org_id, sector][state] += count
    return counts


def _standing(
    quota: Quota, *, given: Given, here: Mapping[tuple[int, str], Counter[str]]
) -> Standing:
    total: Counter[str] = Counter()
    for one in _with_all_below(quota, given=given):
        total += here.get((one.org_id, one.sector), Counter())
    own = here.get((quota.org_id, quota.sector), Counter())
    return Standing(quota, dict(total), own[NumberState.ISSUED])


def _with_all_below(quota: Quota, *, given: Given) -> Iterator[Quota]:
    yield quota
    for one in given[quota.org_id, quota.sector]:
        yield from _with_all_below(one, given=given)
