"""A real Spark cluster on the loopback: a master and workers, each a Java process that this started."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = "127.0.0.1"


def lacking() -> str:
    """Say what is missing for Spark to run, if anything is."""
    if not shutil.which("java"):
        return "no Java (apt-get install openjdk-17-jre-headless)"
    return "" if find_spec("pyspark") else "no Spark (./qinghe setup --spark)"


@contextmanager
def cluster(*, workers: int) -> Iterator[str]:
    """Yield the address of a master that so many workers have registered with."""
    with ExitStack() as held, TemporaryDirectory(prefix="spark-") as folder:
        where = ["--host", HERE, "--port", "0", "--webui-port", "0"]
        master = held.enter_context(_started("master.Master", *where, folder=folder))
        address = _told(master, "Starting Spark master at ")
        own = ["--cores", "1", "--memory", "1g", "--work-dir", folder]
        for _ in range(workers):
            worker = held.enter_context(
                _started("worker.Worker", *where, *own, address, folder=folder)
            )
            _told(worker, "Successfully registered with master ")
        yield address


@contextmanager
def _started(name: str, *words: str, folder: str) -> Iterator[subprocess.Popen[str]]:
    home = Path(find_spec("pyspark").origin).parent
    process = subprocess.Popen(
        [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *words],
        env={**os.environ, "SPARK_LOCAL_IP": HERE, "SPARK_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _told(process: subprocess.Popen[str], before: str) -> str:
    """Wait for a line of the log and return what stands after these words; the log ends with death.

    The rest of the log is read and forgotten, or a full pipe would hold the process up.
    """
    for line in process.stderr:
        if before in line:
            threading.Thread(target=_hear_out, args=(process,), daemon=True).start()
            return line.split(before)[1].strip()
    raise RuntimeError(f"Spark ended before it said {before!r}")


def _hear_out(process: subprocess.Popen[str]) -> None:
    with process.stderr as told:
        for _ in told:
            continue
