"""Who stood on a roll, how old, in the Party or not; who left.

As everywhere, `day` is the first day that counts and `until` the day on which it no longer does.
Each band of ages is a fact of its own, whose rows last while a member is of it: how old somebody
was at a period's end is so asked of days, and never of today.
"""

from collections.abc import Sequence
from functools import partial

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, DateField, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Greatest, Least
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from qinghe.analytics.days import STILL, or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.models import Expulsion, Leaving
from qinghe.systems.rolls.models.expulsions import IN_FORCE


class Birthday(Func):
    """The day on which somebody completes so many years: of 29 February, 1 March (I-07)."""

    template = "date(%(expressions)s, '+%(years)s years')"
    output_field = DateField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        """Return the same for PostgreSQL, which would say 28 February."""
        grown = "(%(expressions)s + interval '%(years)s years')"
        leapt = f"to_char(%(expressions)s, 'MMDD') = '0229' AND to_char({grown}, 'MMDD') = '0228'"
        return self.as_sql(
            compiler, connection, template=f"({grown}::date + CASE WHEN {leapt} THEN 1 ELSE 0 END)"
        )


def _member_rows() -> QuerySet:
    file = Q(person__league_file__isnull=False)
    unnumbered = Q(
        person__league_file__number="", person__league_file__joined_on__gte=rules.NUMBERED_SINCE
    )
    return Membership.objects.order_by().values(
        "org_id",
        "person_id",
        record_id=F("pk"),
        day=F("starts_on"),
        until=or_still("ends_on"),
        has_file=Case(When(file, then=Value(1)), default=Value(0), output_field=IntegerField()),
        lacks_number=Case(
            When(file & unnumbered, then=Value(1)), default=Value(0), output_field=IntegerField()
        ),
    )


def _aged_rows(band: rules.Band) -> QuerySet:
    born = F("person__birth_date")
    since = Birthday(born, years=band.since)
    until = STILL if band.until is None else Birthday(born, years=band.until)
    return (
        Membership.objects.filter(person__birth_date__isnull=False)
        .order_by()
        .annotate(since=Greatest("starts_on", since), until=Least(or_still("ends_on"), until))
        .filter(since__lt=F("until"))
        .values(
            "org_id",
            "person_id",
            "until",
            record_id=F("pk"),
            day=F("since"),
        )
    )


def _party_rows() -> QuerySet:
    joined = F("person__league_file__party_on")
    return (
        Membership.objects.filter(person__league_file__party_on__isnull=False)
        .order_by()
        .values(
            "org_id",
            "person_id",
            record_id=F("pk"),
            day=Greatest(F("starts_on"), joined, output_field=DateField()),
            until=or_still("ends_on"),
        )
    )


def _left_rows() -> QuerySet:
    left = Leaving.objects.filter(state=Leaving.State.APPROVED)
    return left.order_by().values(
        "org_id", "person_id", "kind", record_id=F("pk"), day=F("leaves_on")
    )


def _expelled_rows() -> QuerySet:
    """Rows of what stands: an appeal does not suspend, what was annulled no longer counts."""
    standing = Expulsion.objects.filter(state__in=IN_FORCE)
    return standing.order_by().values(
        "org_id", "person_id", record_id=F("pk"), day=F("expelled_on")
    )


MEMBER = Fact(
    name="rolls_member",
    label="团籍",
    grain="one member on the roll of one organisation, from entry to end, with what the file lacks",
    model="people.Membership",
    columns={
        **REQUIRED,
        "until": "date",
        "person_id": "int64",
        "has_file": "int64",
        "lacks_number": "int64",
    },
    records=_member_rows,
)

AGED = {
    band.key: Fact(
        name=f"rolls_aged_{band.key}",
        label=f"{band.label}团员",
        grain="one member on one roll while of these ages (I-07); without a birth date none",
        model="people.Membership",
        columns={**REQUIRED, "until": "date", "person_id": "int64"},
        records=partial(_aged_rows, band),
    )
    for band in rules.BANDS
}

PARTY = Fact(
    name="rolls_party",
    label="保留团籍",
    grain="one member on one roll from joining the Party on (T-44)",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_party_rows,
)

LEFT = Fact(
    name="rolls_left",
    label="离团",
    grain="one member who left the League, on the day of leaving (T-66)",
    model="rolls.Leaving",
    columns={**REQUIRED, "person_id": "int64", "kind": "string"},
    records=_left_rows,
)

EXPELLED = Fact(
    name="rolls_expelled",
    label="开除团籍",
    grain="one member whose expulsion stands, on the day from which it holds",
    model="rolls.Expulsion",
    columns={**REQUIRED, "person_id": "int64"},
    records=_expelled_rows,
)
