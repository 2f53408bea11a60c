"""The figures of development numbers (T-27, T-28)."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time
from qinghe.systems.joining.facts.numbers import HANDED, ISSUED, USED

_HANDED_MEANING = (
    "当年区级下发至{sector}团组织的发展团员编号配额之和，为全年数，归属接收组织；年内收回的冲减，"
    "年末退回的不冲减；街道再下发给基层的不重复计；配额不等于已使用。"
)

SCHOOL_NUMBERS = Indicator(
    code="AFF-02",
    version=2,  # the first was reported, see returns
    label="学校领域团员编号下发数",
    unit="个",
    kind=Kind.SUM,
    over=HANDED,
    of=lambda quota: quota.amount,
    where=Equals("sector", "school"),
    time=Time.ANNUAL,
    meaning=_HANDED_MEANING.format(sector="学校领域"),
)

SOCIETY_NUMBERS = Indicator(
    code="AFF-03",
    version=2,  # the first was reported, see returns
    label="社会领域团员编号下发数",
    unit="个",
    kind=Kind.SUM,
    over=HANDED,
    of=lambda quota: quota.amount,
    where=Equals("sector", "society"),
    time=Time.ANNUAL,
    meaning=_HANDED_MEANING.format(sector="社会领域"),
)

NUMBERS_ISSUED = Indicator(
    code="JON-02",
    label="可用团员编号数",
    unit="个",
    kind=Kind.SUM,
    over=ISSUED,
    of=lambda quota: quota.own,
    time=Time.ANNUAL,
    meaning=(
        "当年下发到本级及以下各组织的发展团员编号数，为全年数；下发到下级的归属下级，没有再下发的归属本级；"
        "区级为上级下发的号段总数。年内收回的冲减，年末退回和作废的不冲减。"
    ),
)

NUMBERS_USED = Indicator(
    code="JON-03",
    label="已使用团员编号数",
    unit="个",
    kind=Kind.COUNT,
    over=USED,
    time=Time.ANNUAL,
    meaning="当年入团的团员使用的发展团员编号数，为全年累计数，以入团日期计入，归属持有编号的组织；已预留未使用的不计。",
)

USAGE_RATE = Ratio(
    code="JON-01",
    label="编号使用率",
    unit="%",
    top=NUMBERS_USED,
    bottom=NUMBERS_ISSUED,
    meaning="当年已使用团员编号数（JON-03）除以可用团员编号数（JON-02）；没有编号的组织为空。",
)

INDICATORS: list[Indicator | Ratio] = [
    SCHOOL_NUMBERS,
    SOCIETY_NUMBERS,
    NUMBERS_ISSUED,
    NUMBERS_USED,
    USAGE_RATE,
]
