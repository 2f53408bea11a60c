"""Which state may follow which."""

from qinghe.lib.verdicts import Moves

PROJECT_MOVES: Moves = {
    "draft": frozenset({"running", "cancelled"}),
    "running": frozenset({"closed", "cancelled"}),
}
PART_MOVES: Moves = {
    "offered": frozenset({"taken", "declined", "dropped"}),
    "taken": frozenset({"submitted", "dropped"}),
    "submitted": frozenset({"accepted", "taken"}),
}
