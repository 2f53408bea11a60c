"""Run as a script: loads a workbook into a database of its own, and may be killed on the way.

loader.py FILE.xlsx KILL     KILL: the chunk in whose midst the process kills itself, 0 for none
"""

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

django.setup()


from qinghe.edges.sheets import models, services  # noqa: E402
from qinghe.kernel.access import actors  # noqa: E402
from qinghe.kernel.access.actors import Actor, Held, Role  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from tests.cast import NOW  # noqa: E402
from tests.sheets import makers  # noqa: E402


def main(path: Path, kill: int) -> None:
    actors.GRANTS[:] = [makers.GRANT]
    by = Actor(1, "林青", (Held(Role.DISTRICT_OFFICER, "/440307/"),))
    calls = []

    def write(**given) -> int:
        calls.append(1)
        written = makers.write(**given)
        if len(calls) == kill:
            os.kill(os.getpid(), signal.SIGKILL)
        return written

    sheet = replace(makers.PEOPLE, write=write)
    services.load_file(sheet=sheet, path=path, by=by, at=NOW)
    upload = models.Upload.objects.get()
    answer = {
        "people": Person.objects.count(),
        "numbers": Person.objects.values("number").distinct().count(),
        "chunks": len(calls),
        "trail": Entry.objects.filter(subject_kind="people.Person").count(),
        "written": upload.written,
        "state": upload.state,
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
