"""Key rotation: 100,000 persons with five sealed fields each sealed anew, while somebody reads (bar 30).

Filled as the services seal, by AES. Then `manage rotate-keys` runs as an operator runs it; beside it
a thread finds persons by the blind index of their phone and opens the number, and no answer may be
wrong at any moment. `--retire`, which looks at every row again, counts too.
"""

import io
import json
import os
import random
import sys
import threading
import time
from dataclasses import dataclass, field

from bench import _apart
from bench._limits import at_most

PERSONS, CHUNK, FIELDS, SECONDS = 100_000, 500, 5, 120
PAUSE = 0.05  # seconds between two readings
BAR = f"{PERSONS:,} persons × {FIELDS} sealed fields in ≤ {SECONDS} s, no reading wrong meanwhile"
LIMITS = (at_most("seconds to seal anew", SECONDS), at_most("readings wrong", 0))


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("rotate")


@dataclass
class Reader:
    """Reads persons at random until told to stop."""

    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Find somebody by phone, open the phone, and compare."""
        from django.db import connection  # noqa: PLC0415  set up in main

        from qinghe.kernel.people import queries  # noqa: PLC0415

        chance = random.Random(1)
        while not self.stop.wait(PAUSE):
            key = chance.randrange(1, PERSONS + 1)
            started = time.perf_counter()
            found = [person.pk for person in queries.by_phone(_phone(key))]
            opened = queries.phones_to_reach([key])
            self.waits.append(time.perf_counter() - started)
            self.wrong += (found, opened) != ([key], {key: _phone(key)})
        connection.close()


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _fill()
    reader = Reader()
    beside = threading.Thread(target=reader.read)
    beside.start()
    rotated = _seconds("rotate-keys")
    reader.stop.set()
    beside.join()
    retired = _seconds("rotate-keys", "--retire")
    waits = sorted(reader.waits)
    measured = {
        "bar": BAR,
        "seconds to seal anew": rotated,
        "persons a second": PERSONS / rotated,
        "seconds to retire the old keys": retired,
        "readings meanwhile": len(waits),
        "readings wrong": reader.wrong,
        "reading p95, seconds": waits[int(len(waits) * 0.95)],
        "reading worst, seconds": waits[-1],
        "bar met": rotated <= SECONDS and not reader.wrong,
    }
    sys.stdout.write(json.dumps(measured))


def _seconds(*command: str) -> float:
    from django.core.management import call_command  # noqa: PLC0415

    started = time.perf_counter()
    call_command(*command, stdout=io.StringIO())
    return time.perf_counter() - started


def _fill() -> None:
    from django.db import transaction  # noqa: PLC0415

    from qinghe.kernel.people.models import Contact, Person  # noqa: PLC0415

    for start in range(1, PERSONS + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, PERSONS + 1))
        with transaction.atomic():
            people = Person.objects.bulk_create(
                [Person(pk=number, number=f"N{number:06d}", name="某人") for number in numbers]
            )
            Contact.objects.bulk_create([_sealed(Contact(person=person)) for person in people])


def _sealed(contact):
    from qinghe.kernel.people import queries  # noqa: PLC0415
    from qinghe.kernel.secrets import services as secrets  # noqa: PLC0415

    key = contact.person_id
    told = {
        "phone": _phone(key),
        "id_number": f"440307{key:012d}",
        "address": f"龙岗区横岗街道红棉社区{key}号",
        "guardian_name": "监护人甲",
        "guardian_phone": f"139{key:08d}",
    }
    for name, text in told.items():
        setattr(contact, name, secrets.seal(text, about=secrets.place(contact, name)))
    contact.phone_index = secrets.blind(told["phone"], about=queries.PHONE)
    contact.id_number_index = secrets.blind(told["id_number"], about=queries.ID_NUMBER)
    return contact


def _phone(key: int) -> str:
    return f"138{key:08d}"


if __name__ == "__main__":
    main()
