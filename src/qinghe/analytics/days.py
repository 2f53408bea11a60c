"""Days of rows that are still going on, in SQL that the second driver can run too."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, F, Func, Value
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

STILL = Value(date(9999, 12, 31), output_field=DateField())


class DayAfter(Func):
    """The day after a day."""

    template = "date(%(expressions)s, '+1 day')"
    output_field = DateField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        """Return the same for PostgreSQL."""
        return self.as_sql(compiler, connection, template="((%(expressions)s) + 1)")


def or_still(field: str) -> Coalesce:
    """Return a day, or the end of time where there is none yet."""
    return Coalesce(F(field), STILL, output_field=DateField())


class NextYear(Func):
    """The first of the year after a day's own: what was begun in a year holds until then."""

    template = "date(%(expressions)s, 'start of year', '+1 year')"
    output_field = DateField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        """Return the same for PostgreSQL."""
        template = "make_date(extract(year from %(expressions)s)::int + 1, 1, 1)"
        return self.as_sql(compiler, connection, template=template)
