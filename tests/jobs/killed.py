"""Run as a script: exports a list as a job in a database of its own, and may be killed on the way.

killed.py [--kill]     with --kill the process kills itself in the transaction that ends the job
"""

import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.edges.jobs import ending, exports, models, rules, worker  # noqa: E402
from qinghe.edges.web import asking  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402
from tests import cast  # noqa: E402

WHY = exports.Reasons("work", "核对组织名册", "团区委")


def begin() -> None:
    """Ask for the register of organisations, to be written by a job."""
    people = cast.make_cast()
    rules.AT_ONCE = 0
    address = "/directory/orgs/?org=440307&period=2022H1"
    now = timezone.now()
    ledger = asking.ledger_at(address, actor=people.lin, user=AnonymousUser(), at=now)
    exports.ask(ledger=ledger, address=address, why=WHY, at=now, by=people.lin)


def kill_at_the_end() -> None:
    """Let the process die after the last effects are written, and before they stand."""
    made = exports._made

    def kill(*given: object, **named: object) -> None:
        made(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    exports._made = kill


def main(*, kill: bool) -> None:
    """Work off what waits, and say what came of it."""
    if kill:
        begin()
        kill_at_the_end()
    worker.work_off_alone()
    job = models.Job.objects.get()
    answer = {
        "state": job.state,
        "attempts": job.attempts,
        "exports": models.Export.objects.filter(state="made").count(),
        "trail": Entry.objects.filter(verb="exports.export").count(),
        "files": sum(ending.path_of(each).exists() for each in models.Job.objects.all()),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(kill="--kill" in sys.argv)
