from qinghe.edges.system import MenuItem, System

from . import access, facts, indicators
from .access import Act

SYSTEM = System(
    slug="joining",
    label="发展团员",
    urls="qinghe.systems.joining.urls",
    menu=(MenuItem("发展团员", "joining:home", Act.SEE),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    data=access.DATA,
)
