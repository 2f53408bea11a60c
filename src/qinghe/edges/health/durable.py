"""What a PostgreSQL must not have switched off if what it acknowledged is to outlive a crash (bar 3).

With fsync or full_page_writes off a crash may ruin the whole cluster; with synchronous_commit off it
takes back what users were told is saved, some tenths of a second of it (PostgreSQL's manual, 20.5
and 30.4). SQLite's own settings are ours (config/databases.py) and not for others to switch off.
"""

from django.db import connection

MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
OFF = "SELECT name FROM pg_settings WHERE setting = 'off' AND name = ANY(%s) ORDER BY name"


def switched_off() -> list[str]:
    """Return the settings that let the database forget, as this connection has them."""
    return _off(MUST_BE_ON)


def has_checksums() -> bool:
    """Test if the database would notice that its disk gives back something else than was written."""
    return not _off(("data_checksums",))


def _off(names: tuple[str, ...]) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(OFF, [list(names)])
        return [name for (name,) in cursor.fetchall()]
