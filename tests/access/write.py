"""Writes the tables of rights anew: `python -m tests.access.write`; the change is for review."""

import os
import sys

import pytest

from . import tables


def main() -> int:
    """Run the tests of the tables in one process, writing instead of comparing."""
    os.environ[tables.WRITE] = "1"
    here = tables.HERE
    return pytest.main(
        ["-q", "-p", "no:xdist", str(here / "test_matrix.py"), str(here / "test_acts.py")]
    )


if __name__ == "__main__":
    sys.exit(main())
