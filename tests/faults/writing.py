"""Run as a script on a house's records: a writer that never rests; tells how long it waited at worst.

writing.py SECONDS
"""

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.db import DatabaseError, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.kernel.audit import services as audit  # noqa: E402


def write(*, seconds: float) -> dict[str, object]:
    """Write one thing after the other; return how many, the longest wait, and what was refused."""
    ends, written, longest, refused = time.monotonic() + seconds, 0, 0.0, []
    while (began := time.monotonic()) < ends:
        try:
            with transaction.atomic():
                audit.record_event(
                    by="试验（1）",
                    verb="accounts.sign_in",
                    at=timezone.now(),
                    detail={"n": written},
                )
            written += 1
        except DatabaseError as error:
            refused.append(str(error))
        longest = max(longest, time.monotonic() - began)
    return {"written": written, "longest": longest, "refused": refused}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(write(seconds=float(sys.argv[1]))))
