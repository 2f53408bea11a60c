"""The static files as they are served: collected, named by their content and compressed, once."""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

STAMP = "static-whole"  # the file in the data folder that says what was collected to its end


class Incomplete(Exception):
    """The files could not be collected; what was wrong stands on the standard error."""


def is_up_to_date() -> bool:
    """Test if what is served is what there is."""
    stamp = _stamp()
    return stamp.exists() and stamp.read_text() == digest()


def collect() -> None:
    """Collect them; start anew where a power cut may have left half of them (bar 2).

    A file that was written but not yet on the disk is there after a cut, and empty: an empty list
    of names would keep the server from ever starting again. The stamp says that all of them reached
    the disk. Otherwise older files stay: pages that a server beside this one wrote still name them.

    Raises Incomplete.
    """
    whole, stamp = digest(), _stamp()
    if not stamp.exists():
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    # In a process of its own: only that one names files by their content.
    done = subprocess.run(  # noqa: S603  our own manage.py
        [sys.executable, settings.ROOT / "manage.py", "collectstatic", "--noinput", "-v", "0"],
        env={**os.environ, "QINGHE_COLLECTED": "1", "QINGHE_DATA": str(settings.QINGHE_DATA)},
        check=False,
    )
    if done.returncode:
        raise Incomplete
    os.sync()
    stamp.write_text(whole)


def digest() -> str:
    """Say what there is: every file's name and content, and who names and compresses them."""
    made = hashlib.sha256(f"django {version('django')} whitenoise {version('whitenoise')}".encode())
    found = [
        (path, storage)
        for finder in finders.get_finders()
        for path, storage in finder.list(ignore_patterns=None)
    ]
    for path, storage in found:
        content = Path(storage.path(path)).read_bytes()
        made.update(f"\n{path} {len(content)}\n".encode())
        made.update(content)
    return made.hexdigest()


def _stamp() -> Path:
    return Path(settings.QINGHE_DATA) / STAMP
