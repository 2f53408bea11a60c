from qinghe.edges.system import System

from . import access, facts, indicators

SYSTEM = System(
    slug="targets",
    label="任务清单",
    urls="qinghe.systems.targets.urls",
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    data=access.DATA,
)
