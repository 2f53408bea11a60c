"""Dues in an actor's sight: terms, what each pays, who is behind."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import DateField, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.rolls import models, rules
from qinghe.systems.rolls.access import Act

from .members import name_of, on_the_roll

DuesTerms = models.DuesTerms
DuesRate = models.DuesRate
DuesPayment = models.DuesPayment
DuesCategory = models.DuesRate.Category
DuesState = models.DuesRate.State
DUES_NUMBERS = ("pay_from", "low_fen", "per_mille", "most_fen", "student_fen")
FIRST = "团费标准（2016年规定）"


def dues_terms_on(actor: Actor, day: date) -> models.DuesTerms:
    """Return the terms that hold on a day; before any were entered the columns' defaults do."""
    entered = DuesTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return entered or _first()


def all_dues_terms(actor: Actor) -> list[models.DuesTerms]:
    """Return all terms, the newest first, and last those that were shipped."""
    return [*DuesTerms.objects.all(), _first()]


def numbers_in(actor: Actor, terms: models.DuesTerms) -> list[tuple[str, int]]:
    """Return the numbers of terms with what they are called."""
    columns = {name: DuesTerms._meta.get_field(name) for name in DUES_NUMBERS}
    return [
        (str(column.verbose_name), getattr(terms, name))  # type: ignore[union-attr]
        for name, column in columns.items()
    ]


def scale_of(actor: Actor, terms: models.DuesTerms) -> rules.Scale:
    """Return the numbers of terms as the rule takes them."""
    return rules.Scale(**{name: getattr(terms, name) for name in DUES_NUMBERS})


def payers_seen_by(actor: Actor, day: date) -> QuerySet:
    """Return who is on a roll on a day, with what each pays and to which month each has paid."""
    month = rules.month_of(day)
    rates = DuesRate.objects.filter(person=OuterRef("person"), state=DuesState.HOLDING)
    held = rates.filter(starts_on__lte=month).order_by("-starts_on")
    paid = DuesPayment.objects.filter(person=OuterRef("person"), voided_at__isnull=True)
    return on_the_roll(actor, day).annotate(
        fen=Subquery(held.values("fen")[:1], output_field=IntegerField()),
        category=Subquery(held.values("category")[:1]),
        since=Subquery(
            rates.order_by("starts_on").values("starts_on")[:1], output_field=DateField()
        ),
        paid_to=Subquery(paid.order_by("-month").values("month")[:1], output_field=DateField()),
    )


def behind(actor: Actor, rows: QuerySet, *, day: date) -> QuerySet:
    """Narrow payers to those who have not paid three months in a row."""
    third = rules.months_on(rules.month_of(day), -rules.BEHIND)
    unpaid = Q(paid_to__isnull=True) | Q(paid_to__lt=third)
    return rows.filter(unpaid, since__lte=third)


def rate_on(actor: Actor, person: Person, month: date) -> models.DuesRate | None:
    """Return what a person pays in a month."""
    rows = DuesRate.objects.filter(person=person, state=DuesState.HOLDING, starts_on__lte=month)
    return rows.order_by("-starts_on").first()


def rates_by_person(actor: Actor, people: Collection[int]) -> dict[int, list[models.DuesRate]]:
    """Return what was set for each of some persons, the earliest first."""
    found: dict[int, list[models.DuesRate]] = {}
    rows = DuesRate.objects.filter(person__in=people, state=DuesState.HOLDING)
    for rate in rows.order_by("starts_on"):
        found.setdefault(rate.person_id, []).append(rate)
    return found


def payments_seen_by(actor: Actor) -> QuerySet[models.DuesPayment]:
    """Return the months written down at organisations in sight, the latest first."""
    rows = DuesPayment.objects.filter(actors.within_reach(actor, Act.SEE))
    return rows.select_related("person", "org", "recorded_by")


def payments_told(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return what months in sight say, by key: to choose which of two stands."""
    told = {}
    for one in payments_seen_by(actor).filter(pk__in=list(ids)):
        amount = f"{one.fen // 100}.{one.fen % 100:02}元，"
        knows = actors.may(actor, Act.DUES, at=one.org)
        told[one.pk] = (
            f"{one.month:%Y年%m月}，{one.org.name}，{amount if knows else ''}{one.paid_on}交纳"
        )
    return told


def rates_seen_by(actor: Actor) -> QuerySet[models.DuesRate]:
    """Return what was set at organisations in sight, the latest first."""
    rows = DuesRate.objects.filter(actors.within_reach(actor, Act.SEE))
    return rows.select_related("person", "org__parent", "entered_by", "decided_by")


def rates_of(actor: Actor, person: Person) -> QuerySet[models.DuesRate]:
    """Return what was set for a person at organisations in sight, the latest first."""
    return rates_seen_by(actor).filter(person=person)


def reductions_waiting_for(actor: Actor) -> QuerySet[models.DuesRate]:
    """Return the reductions that this actor may decide: from below, and of other hands."""
    above = actors.within_reach(actor, Act.DECIDE, path="org__parent__path")
    rows = DuesRate.objects.filter(above, state=DuesState.PROPOSED)
    return rows.exclude(entered_by=actor.person_id).select_related("person", "org__parent")


def reduction_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show reductions to decide as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_of(actor, one.person, at=one.org)}：团费减免，待审批",
            org=one.org.name,
            url=reverse("rolls:rate", args=[one.pk]),
        )
        for one in reductions_waiting_for(actor).filter(pk__in=ids)
    ]


def payment_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return months paid behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=name_of(actor, one.person, at=one.org),
            cells=(
                ("所在团组织", one.org.name),
                ("月份", f"{one.month:%Y-%m}"),
                ("交纳日期", one.paid_on.isoformat()),
            ),
            url=reverse("rolls:payment", args=[one.pk]),
        )
        for one in payments_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _first() -> models.DuesTerms:
    return DuesTerms(title=FIRST, starts_on=date(2016, 1, 1), source="团费收缴、使用和管理的规定")
