"""`python -m bench._writing`: write one thing after the other, and say each once it is kept, until killed.

`python -m bench._writing look` says which of them are there.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.kernel.audit import services as audit  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402

PAUSE = 0.02  # seconds between two
VERB = "accounts.sign_in"


def write() -> None:
    """Write until killed."""
    number = 0
    while True:
        with transaction.atomic():
            audit.record_event(by="基准（1）", verb=VERB, at=timezone.now(), detail={"n": number})
        print(number, time.time(), flush=True)
        number += 1
        time.sleep(PAUSE)


def there() -> list[int]:
    """Return the numbers of what was kept."""
    told = Entry.objects.filter(verb=VERB, by="基准（1）").values_list("detail", flat=True)
    return sorted(detail["n"] for detail in told)


if __name__ == "__main__":
    if sys.argv[1:] == ["look"]:
        print(json.dumps(there()))
    else:
        write()
