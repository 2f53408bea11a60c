from qinghe.edges.system import MenuItem, System

from .access import DATA, GRANTS, WORDS, Act
from .runners import RUNNERS
from .waiting import QUEUES

SYSTEM = System(
    slug="issuing",
    label="审签与印发",
    urls="qinghe.reports.issuing.urls",
    menu=(MenuItem("印发的总结", "issuing:issued_list", Act.SEE, group="工作台"),),
    grants=tuple(GRANTS),
    acts=WORDS,
    data=DATA,
    inbox=QUEUES,
    jobs=RUNNERS,
)
