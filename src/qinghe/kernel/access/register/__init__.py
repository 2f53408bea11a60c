"""The register of data, first part: tables of the kernel, of the edges and of Django (S-37).

A system writes its own tables into the `data` of its manifest. `docs/generated/data.md` shows all.
"""

from .accounts import ACCOUNTS
from .people import ACCESS, PEOPLE
from .trail import DESK, TRAIL

FIELDS = (*PEOPLE, *ACCESS, *TRAIL, *DESK, *ACCOUNTS)
