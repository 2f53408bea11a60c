from datetime import datetime

from qinghe.edges.system import System
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.people.models import Person

from . import access, facts, indicators, services


def _let_go(person: Person, purpose: str, at: datetime, by: Actor) -> None:
    if purpose in (Purpose.TRAINING, Purpose.CHILD):
        services.let_go(person=person, at=at, by=by)


SYSTEM = System(
    slug="training",
    label="培训与宣讲",
    urls="qinghe.systems.training.urls",
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    data=access.DATA,
    on_withdrawn=_let_go,
)
