"""Who looks at how the platform runs: the system administrator, who sees no records (S-50)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "health.see"


WORDS: dict[str, str] = {Act.SEE: "查看运行状态"}
GRANTS = (Grant(Role.SYSADMIN, Act.SEE, Reach.BELOW),)
