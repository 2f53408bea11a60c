"""Who may close a period's figures."""

from qinghe.kernel.access.actors import Grant, Reach, Role

FREEZE = "analytics.freeze"

GRANTS = (Grant(Role.DISTRICT_OFFICER, FREEZE, Reach.BELOW),)
