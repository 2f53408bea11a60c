"""What may be done in joining, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "joining.see"


GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
]
