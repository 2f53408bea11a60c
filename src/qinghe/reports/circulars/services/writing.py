"""Beginning a circular and writing it: which figures, which words, to whom, and by what day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.analytics import catalogue
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import queries, rules, standing
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Addressee, Chosen, Circular, RankedBy

SIGNATURE = "共青团{name}委员会"


@dataclass(frozen=True)
class Text:
    """What is written by hand in a circular."""

    title: str
    opening: str
    demands: str
    signature: str
    dated_on: date | None
    answer_by: date | None


@transaction.atomic
def begin(*, org: Org, period: Period, at: datetime, by: Actor) -> Circular:
    """Begin a circular on a period, addressed to every street, each to answer.

    Raises Refused: not_allowed, wrong_period, no_streets.
    """
    actors.require(by, Act.WRITE, at=org)
    rules.check_period(period)
    streets = queries.streets(by, org, period)
    if not streets:
        raise Refused("no_streets", f"{org.name}在{period.label}没有街道，没有可以通报的对象。")
    circular = Circular.objects.create(
        org=org,
        period=period.name,
        title=f"关于{period.label}工作情况的通报",
        signature=SIGNATURE.format(name=org.name),
        writer=by.person_id,
        writer_name=by.name,
        begun_at=at,
    )
    Addressee.objects.bulk_create(Addressee(circular=circular, org=each) for each in streets)
    audit.record(
        by=by, verb="circulars.begin", subject=circular, at=at, detail={"period": period.name}
    )
    return circular


@transaction.atomic
def choose(*, circular: Circular, chosen: Mapping[str, str], at: datetime, by: Actor) -> None:
    """Choose the figures of a circular: each code with what its streets are ranked by.

    Raises Refused: not_allowed, not_a_draft, unknown_indicator, unknown_order, too_many_figures.
    """
    circular = standing.locked(circular, act=Act.WRITE, by=by)
    rules.check_draft(circular.state)
    rules.check_count(len(chosen))
    for code, ranked_by in chosen.items():
        catalogue.indicator(code)
        if ranked_by not in RankedBy.values:
            raise Refused("unknown_order", "没有这种排名依据，请重新选择。")
    circular.chosen.all().delete()
    Chosen.objects.bulk_create(
        Chosen(circular=circular, place=place, code=code, ranked_by=ranked_by)
        for place, (code, ranked_by) in enumerate(chosen.items(), start=1)
    )
    audit.record(
        by=by, verb="circulars.choose", subject=circular, at=at, detail={"codes": "、".join(chosen)}
    )


@transaction.atomic
def keep_text(*, circular: Circular, text: Text, at: datetime, by: Actor) -> Circular:
    """Keep what was written. Raises Refused: not_allowed, not_a_draft."""
    circular = standing.locked(circular, act=Act.WRITE, by=by)
    rules.check_draft(circular.state)
    for name, value in vars(text).items():
        setattr(circular, name, value)
    circular.save(update_fields=list(vars(text)))
    audit.record(by=by, verb="circulars.keep_text", subject=circular, at=at)
    return circular


@transaction.atomic
def address(
    *, circular: Circular, noted: Sequence[Org], asked: Sequence[Org], at: datetime, by: Actor
) -> None:
    """Say which streets a circular goes to: some to note it, some to answer it.

    Raises Refused: not_allowed, not_a_draft, not_a_street.
    """
    circular = standing.locked(circular, act=Act.WRITE, by=by)
    rules.check_draft(circular.state)
    streets = {street.pk for street in queries.streets(by, circular.org, circular.span)}
    if {org.pk for org in (*noted, *asked)} - streets:
        raise Refused("not_a_street", f"通报只下发给{circular.org.name}的街道，没有保存。")
    circular.addressees.all().delete()
    state = Addressee.State
    told = [(org, state.WAITING) for org in asked]
    told += [(org, state.NOTED) for org in noted if org not in asked]
    Addressee.objects.bulk_create(
        Addressee(circular=circular, org=org, state=kept) for org, kept in told
    )
    audit.record(
        by=by,
        verb="circulars.address",
        subject=circular,
        at=at,
        detail={"noted": len(told) - len(asked), "asked": len(asked)},
    )
