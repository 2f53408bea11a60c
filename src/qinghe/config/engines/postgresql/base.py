"""Django's PostgreSQL, which is not waited for without end, on connections that are open either."""

from typing import TypeVar

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from . import patience

INTERVAL = 0.1  # psycopg's own: seconds between looks for Ctrl-C
RV = TypeVar("RV")


class Connection(psycopg.Connection[tuple[object, ...]]):
    """A connection that closes when an answer does not come in time: it would come to the next question."""

    database = ""
    longest: float | None = None  # seconds, where no request waits

    def wait(self, gen: PQGen[RV], interval: float = INTERVAL, timeout: float | None = None) -> RV:
        """Wait for an answer. Raises OperationalError when it does not come in time."""
        asked = patience.current()
        if timeout is None:
            timeout = asked.seconds if asked else self.longest
        try:
            return super().wait(gen, interval, timeout)
        except psycopg.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise  # the server answered, if only that it ends
            self.pgconn.finish()
            if asked:
                asked.in_vain.add(self.database)
            raise psycopg.OperationalError(patience.SILENT) from error


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection."""

    def get_connection_params(self) -> dict[str, object]:
        """Return what to connect with; `longest` is ours and not the driver's."""
        return {k: v for k, v in super().get_connection_params().items() if k != "longest"}

    def get_new_connection(self, conn_params: dict[str, object]) -> Connection:
        """Connect, unless this database keeps silent and another request asks already."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        with patience.SILENCES[self.alias].asked(self.alias):
            made = Connection.connect(**conn_params)  # type: ignore[arg-type]  # as Django has it
        made.database, made.longest = self.alias, self.settings_dict["OPTIONS"].get("longest")
        return made

    def is_usable(self) -> bool:
        """Test if an open connection answers.

        Raises OperationalError in a request when it is silent: a new one would be too.
        """
        if self.connection is None or self.connection.closed:
            return False
        with self.wrap_database_errors, patience.SILENCES[self.alias].asked(self.alias):
            with patience.no_longer_than(patience.SIGN_OF_LIFE) as asked:
                usable = super().is_usable()
            if self.alias in asked.in_vain and patience.current():
                raise psycopg.OperationalError(patience.SILENT)
        return usable
