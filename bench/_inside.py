"""`python -m bench._inside NAME`: run what a bench measures on the data folder given, and print it."""

import importlib
import json
import os
import sys

import django


def main() -> None:
    """Set this process up before the bench is imported, which names models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    found = importlib.import_module(f"bench.{sys.argv[1]}").measured()
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
