"""What may be done in joining, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role

from . import numbers, recommending
from .numbers import NumberAct
from .recommending import RecommendAct


class Act(StrEnum):
    SEE = "joining.see"


GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
    *numbers.GRANTS,
    *recommending.GRANTS,
]
WORDS: dict[str, str] = {Act.SEE: "查看发展团员", **numbers.WORDS, **recommending.WORDS}
DATA = (*numbers.DATA, *recommending.DATA)

__all__ = ["DATA", "GRANTS", "WORDS", "Act", "NumberAct", "RecommendAct"]
