"""Forty people at once for five places, fifty rounds, on SQLite and on PostgreSQL (demand 1, bar 13).

Two of the peers sold more than five. PostgreSQL is asked for by `.ci/with-postgres`; where its
programs are not installed it is left out, and said so.
"""

import json
import os
import subprocess
import sys
import threading
import time
from tempfile import TemporaryDirectory

from bench import _apart
from bench._limits import at_least

PEOPLE, PLACES, ROUNDS = 40, 5, 50
NO_POSTGRES = 3  # how .ci/with-postgres says that it is not here
BAR = f"{PEOPLE} at once for {PLACES} places: exactly {PLACES}, {ROUNDS} of {ROUNDS} rounds"
LIMITS = (
    at_least("SQLite, rounds that are right", ROUNDS),
    at_least("PostgreSQL, rounds that are right", ROUNDS),
)


def run() -> dict[str, object]:
    """Measure on both databases, each in a process with a data folder of its own."""
    lite = _measured([sys.executable, "-m", "bench.oversell"])
    full = _measured(
        [str(_apart.ROOT / ".ci" / "with-postgres"), sys.executable, "-m", "bench.oversell"]
    )
    found = {"SQLite": lite, "PostgreSQL": full}
    return {
        "bar": BAR,
        **{
            f"{name}, {what}": value
            for name, measure in found.items()
            for what, value in (measure or {"left out": "not installed here"}).items()
        },
        "bar met": all(
            measure["rounds that are right"] == ROUNDS for measure in found.values() if measure
        ),
    }


def main() -> None:
    """Race, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from bench import _race as race  # noqa: PLC0415

    cast = race.make(PEOPLE)
    started, right, worst = time.perf_counter(), 0, 0
    for number in range(ROUNDS):
        post = race.open_post(cast, number=number, places=PLACES)
        _rush(post, cast.crowd)
        signed, taken = race.count(post)
        right += signed == taken == PLACES
        worst = max(worst, signed)
    answer = {
        "rounds": ROUNDS,
        "rounds that are right": right,
        "most that had a place": worst,
        "a round, seconds": (time.perf_counter() - started) / ROUNDS,
    }
    sys.stdout.write(json.dumps(answer))


def _rush(post: object, crowd: list) -> None:
    """Let everybody sign up at the same moment; what goes wrong in a thread is printed by it."""
    from bench import _race as race  # noqa: PLC0415

    gate = threading.Barrier(len(crowd))
    threads = [threading.Thread(target=race.join, args=(post, who, gate)) for who in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _measured(command: list[str]) -> dict[str, float] | None:
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        done = subprocess.run(
            command,
            env=_apart.environment(folder),
            stdout=subprocess.PIPE,
            check=False,
            cwd=_apart.ROOT,
        )
    if done.returncode == NO_POSTGRES:
        return None
    done.check_returncode()
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
