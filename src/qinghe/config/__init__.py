"""Settings, urls and schedule: the only place that knows every system.

Importing this package puts the bundled SQLite in the place of the machine's own. Django's settings
live here, so nothing can reach the database before it.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
