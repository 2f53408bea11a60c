from qinghe.edges.system import MenuItem, System

from .access import GRANTS, WORDS, Act

SYSTEM = System(
    slug="report",
    label="工作总结",
    urls="qinghe.reports.half_year.urls",
    menu=(
        MenuItem("工作总结", "half_year:draft", Act.SEE, group="工作台"),
        MenuItem("指标口径", "half_year:wanted", Act.SEE, group="工作台"),
    ),
    grants=tuple(GRANTS),
    acts=WORDS,
)
