"""Writes the tables of rights anew: `python -m tests.access.write`; the change is for review.

`--only volunteering:activit` sweeps the routes whose name begins so (or whose address does, when it
begins with a slash), or one of several with commas between, and leaves all other rows as they are.
"""

import argparse
import os
import sys

import pytest

from . import tables


def main() -> int:
    """Run the tests of the tables in one process, writing instead of comparing."""
    parser = argparse.ArgumentParser(prog="python -m tests.access.write", description=__doc__)
    parser.add_argument("--only", default="", metavar="PREFIX,…")
    os.environ[tables.WRITE] = "1"
    os.environ[tables.ONLY] = parser.parse_args().only
    tests = [tables.HERE / "test_acts.py", f"{tables.HERE / 'test_sweep.py'}::test_the_table_holds"]
    return pytest.main(["-q", "-n", "0", "--all", *map(str, tests)])


if __name__ == "__main__":
    sys.exit(main())
