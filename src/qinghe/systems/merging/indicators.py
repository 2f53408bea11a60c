"""The figure merging answers for."""

from qinghe.analytics.indicators import Indicator, Kind
from qinghe.systems.merging.facts import MERGE

MERGED = Indicator(
    code="MRG-01",
    label="合并的重复人员档案",
    unit="份",
    kind=Kind.COUNT,
    over=MERGE,
    meaning=(
        "期间内经另一位干部批准并入另一份的重复档案，以合并日期计入，"
        "归属两份档案所在各组织的最低一级共同上级。"
    ),
)
INDICATORS = [MERGED]
