"""Django's commands for Qinghe; `./qinghe` is the friendlier door to them."""

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command named on the command line."""
    gc.set_threshold(50_000)  # reading in the house makes half a million objects and no garbage
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
