"""Who is to pay dues, who is behind with them, and what was paid (rules §1.6)."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, F, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, Now
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.models import DuesPayment, DuesRate


class MonthsOn(Func):
    """The first day of the month so many months after another."""

    template = "date(%(expressions)s, '+%(months)s months')"
    output_field = DateField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        """Return the same for PostgreSQL."""
        return self.as_sql(
            compiler,
            connection,
            template="((%(expressions)s) + interval '%(months)s months')::date",
        )


def _payers() -> QuerySet:
    """Return places on rolls of those for whom dues were set, with their first month."""
    rates = DuesRate.objects.filter(person=OuterRef("person"), state=DuesRate.State.HOLDING)
    first = rates.order_by("starts_on").values("starts_on")[:1]
    rows = Membership.objects.order_by().annotate(since=Subquery(first, output_field=DateField()))
    return rows.filter(since__isnull=False)


def _payer_rows() -> QuerySet:
    return _payers().values(
        "org_id",
        "person_id",
        record_id=F("pk"),
        day=Greatest("starts_on", "since", output_field=DateField()),
        until=or_still("ends_on"),
    )


def _behind_rows() -> QuerySet:
    paid = DuesPayment.objects.filter(person=OuterRef("person"), voided_at__isnull=True)
    latest = Subquery(paid.order_by("-month").values("month")[:1], output_field=DateField())
    owed = Greatest("since", Coalesce(MonthsOn(latest, months=1), F("since")))
    return (
        _payers()
        .annotate(behind=Greatest("starts_on", MonthsOn(owed, months=rules.BEHIND)))
        .filter(behind__lte=Now())
        .values(
            "org_id",
            "person_id",
            record_id=F("pk"),
            day=F("behind"),
            until=or_still("ends_on"),
        )
    )


def _paid_rows() -> QuerySet:
    good = DuesPayment.objects.filter(voided_at__isnull=True)
    return good.order_by().values("org_id", "fen", record_id=F("pk"), day=F("paid_on"))


PAYER = Fact(
    name="rolls_payer",
    label="应交团费的团员",
    grain="one member on one roll, from the month for which dues were first set",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_payer_rows,
)

BEHIND = Fact(
    name="rolls_behind",
    label="连续3个月未交团费的团员",
    grain="one member on one roll, from the day on which three unpaid months in a row were over",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_behind_rows,
)

PAID = Fact(
    name="rolls_paid",
    label="团费",
    grain="one month that one member paid, on the day of paying",
    model="rolls.DuesPayment",
    columns={**REQUIRED, "fen": "int64"},
    records=_paid_rows,
)
