"""How gunicorn serves: read by it as its configuration file, from what `serve` puts in place.

On SQLite one process with threads, so that all writers stand in one line; on PostgreSQL a process
for each core.
"""

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

from gunicorn.workers.base import Worker
from prometheus_client import multiprocess

from qinghe.config import environment, logs, schedule
from qinghe.lib import garbage


def entry() -> str:
    """Return the path to open first: the demo's door where there is one."""
    door = Path(os.environ["QINGHE_DATA"]) / "demo-entry"
    return door.read_text().strip() if door.exists() else "/"


def child_exit(server: object, worker: Worker) -> None:
    """Take a process that ended out of what is measured of the living."""
    if environment.SEVERAL in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def jobs_worker() -> ModuleType:
    """Return the worker's module, which needs the application to stand: it does in its process."""
    return importlib.import_module("qinghe.edges.jobs.worker")


def post_worker_init(worker: Worker) -> None:
    """Begin with the long work, and say where the pages are once the first worker can answer.

    Each process offers to do the long work; a lock lets one of them, and the next when it ends. What
    was read in stays: the collector need not walk it, which holds up every page meanwhile (bar 7).
    """
    garbage.pass_over()
    if os.environ.get("QINGHE_WORKER", "embedded") != "separate":
        jobs_worker().Shift(schedule.OFTEN).start()
    if worker.age > 1:
        return
    sys.stdout.write(f"▸ 青禾已启动，请打开 (open) http://{bind}{entry()}\n")
    sys.stdout.write("▸ 按 Ctrl+C 停止 (stops it)\n")
    sys.stdout.flush()


wsgi_app = "qinghe.config.wsgi:application"
bind = os.environ.get("QINGHE_BIND", "127.0.0.1:8000")
# Read in once, before the first process: one that was killed is replaced at once (bar 1), and not
# after the seconds that reading in takes.
preload_app = True
worker_class = "qinghe.config.serving.Worker"
workers = (
    environment.number("QINGHE_PROCESSES", default=os.cpu_count() or 1)
    if os.environ.get("DATABASE_URL")
    else 1
)
threads = environment.number("QINGHE_THREADS", default=8)
timeout = 120
graceful_timeout = 30
keepalive = 5
control_socket_disable = True
loglevel = "warning"  # what a user can act on
# Its own lines, which repeat what it was sent, are cleaned as ours are.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": logs.FORMATTERS,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": logs.chosen()}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
