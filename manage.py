"""Django's commands for Qinghe; `./qinghe` is the friendlier door to them."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command named on the command line."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
