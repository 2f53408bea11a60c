"""How large a branch is."""

FEWEST = 3  # T-02
MOST = 50  # T-04: normally; it may be widened with approval
