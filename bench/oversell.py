"""Forty people at once for five places, and ten devices for one person, on SQLite and on PostgreSQL (bar 13).

Two of the peers sold more than five (demand 1). 12,500 attempts a database: of each round of places the
rows and the counter have to say five, of each round at the door rows and trail one. PostgreSQL is asked for by `.ci/with-postgres`; where its
programs are not installed it is left out, and said so.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from tempfile import TemporaryDirectory

from bench import _apart
from bench._limits import at_most

PEOPLE, PLACES, DEVICES = 40, 5, 10
ROUNDS, FEW = 250, 50
NO_POSTGRES = 3  # how .ci/with-postgres says that it is not here
BAR = (
    f"{PEOPLE} at once for {PLACES} places: exactly {PLACES}; {DEVICES} for one person at the door: once; "
    f"in each of {ROUNDS} rounds, {(PEOPLE + DEVICES) * ROUNDS:,} attempts a database"
)
WRONG, NOT_ONCE = "rounds that are not right", "persons not checked in once"
LIMITS = tuple(
    at_most(f"{name}, {what}", 0) for name in ("SQLite", "PostgreSQL") for what in (WRONG, NOT_ONCE)
)


def run() -> dict[str, object]:
    """Measure on both databases, each in a process with a data folder of its own."""
    return measured(ROUNDS)


def brief() -> dict[str, object]:
    """Measure a fifth of the rounds."""
    return measured(FEW)


def measured(rounds: int) -> dict[str, object]:
    """Measure so many rounds on both databases, or on SQLite alone where there is no PostgreSQL."""
    own = [sys.executable, "-m", "bench.oversell", str(rounds)]
    found = {
        "SQLite": _measured(own),
        "PostgreSQL": _measured([str(_apart.ROOT / ".ci" / "with-postgres"), *own]),
    }
    return {
        "bar": BAR,
        **{
            f"{name}, {what}": value
            for name, measure in found.items()
            for what, value in (measure or {"left out": "not installed here"}).items()
        },
        "bar met": all(
            measure["racing attempts"] == (PEOPLE + DEVICES) * rounds
            and not measure[WRONG] + measure[NOT_ONCE]
            for measure in found.values()
            if measure
        ),
    }


def main() -> None:
    """Race so many rounds, in the process that measured() starts."""
    rounds = int(sys.argv[1])
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from bench import _race as race  # noqa: PLC0415

    cast = race.make(PEOPLE, comers=rounds)
    door = race.open_door(cast)
    started, attempts, right, once, worst = time.perf_counter(), 0, 0, 0, 0
    for number, comer in enumerate(cast.comers):
        post = race.open_post(cast, number=number, places=PLACES)
        attempts += _rush([partial(race.join, post, who) for who in cast.crowd])
        signed, taken = race.count(post)
        right += signed == taken == PLACES
        worst = max(worst, signed)
        attempts += _rush([partial(race.come, door, comer, cast.officer)] * DEVICES)
        once += race.came(door, comer) == (1, 1, 1)
    answer = {
        "racing attempts": attempts,
        "rounds": rounds,
        WRONG: rounds - right,
        "most that had a place": worst,
        NOT_ONCE: rounds - once,
        "a round, seconds": (time.perf_counter() - started) / rounds,
    }
    sys.stdout.write(json.dumps(answer))


def _rush(tries: list[Callable[[threading.Barrier], bool]]) -> int:
    """Have all try at the same moment; return how many were answered, by a yes or a no."""
    gate = threading.Barrier(len(tries))
    with ThreadPoolExecutor(len(tries)) as pool:
        return sum(pool.map(lambda one: one(gate), tries))


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
