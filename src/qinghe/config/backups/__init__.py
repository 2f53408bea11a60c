"""A backup: one folder with the records as of one moment, that says itself what is in it.

    qinghe-20260301-013000/
      database.sqlite3 | database.dump    the records, from one moment
      files/  frozen/                     what is kept beside them
      manifest.json                       written last: without it the folder is no backup

    qinghe-20260301-013000.sealed         the same as one file, under a passphrase

Facts and results of jobs are made again and not copied; keys and the secrets of signing in go to a
folder of their own, for who has both reads everything (S-45).
"""

from .checking import Found, check_backup, check_here
from .drilling import Tried, drill, look_inside
from .generations import drop_old
from .making import Made, make, make_sealed
from .restoring import restore
from .sealing import opened, passphrase

__all__ = [
    "Found",
    "Made",
    "Tried",
    "check_backup",
    "check_here",
    "drill",
    "drop_old",
    "look_inside",
    "make",
    "make_sealed",
    "opened",
    "passphrase",
    "restore",
]
