"""Run as a script on a house's records: work that no page waits for, and what is left of it.

works.py facts        say how many fact files open: the current one
works.py keep         keep one file after the other, and say each number once it is kept
works.py kept         given such numbers: count the files whose content is not there whole
"""

import hashlib
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.analytics import store  # noqa: E402
from qinghe.kernel.files import models, services  # noqa: E402

MANY = 100_000


def keep() -> None:
    """Keep files until the power is cut."""
    for number in range(MANY):
        content = b"%PDF-1.7\n" + hashlib.sha256(str(number).encode()).digest() * 500
        upload = SimpleUploadedFile(f"{number}.pdf", content)
        kept = services.keep(upload=upload, at=timezone.now(), by="试验")
        sys.stdout.write(f"{kept.pk}\n")
        sys.stdout.flush()


def kept(numbers: list[int]) -> int:
    """Count what is not as it was kept."""
    found = {file.pk: file for file in models.File.objects.filter(pk__in=numbers)}
    return sum(number not in found or not services.is_whole(found[number]) for number in numbers)


if __name__ == "__main__":
    if sys.argv[1] == "facts":
        sys.stdout.write(str(len(store.current().ask("SELECT 1"))))
    elif sys.argv[1] == "keep":
        keep()
    else:
        sys.stdout.write(str(kept(json.load(sys.stdin))))
