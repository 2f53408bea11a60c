"""The nouns of reconciling: sources, runs, their rows, differences and tallies."""

from .differences import Difference
from .runs import BranchTally, Run, RunRow
from .sources import RollColumns, RollSource

__all__ = ["BranchTally", "Difference", "RollColumns", "RollSource", "Run", "RunRow"]
