"""Who is to pay dues, the share of those behind with them, what was paid."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.systems.rolls.facts.dues import BEHIND, PAID, PAYER

PAYERS = Indicator(
    code="ROL-11",
    label="应交团费团员数",
    unit="人",
    kind=Kind.DISTINCT,
    over=PAYER,
    of=lambda payer: payer.person_id,
    time=Time.STOCK,
    meaning="期末在册、已经核定每月团费并到了开始月份的团员，按人去重，归属所在团组织；没有核定的不计。",
)

IN_ARREARS = Indicator(
    code="ROL-12",
    label="连续3个月未交团费团员数",
    unit="人",
    kind=Kind.DISTINCT,
    over=BEHIND,
    of=lambda behind: behind.person_id,
    time=Time.STOCK,
    meaning=(
        "期末在册、最近连续3个整月没有交纳团费的团员，按人去重，归属所在团组织；"
        "到汇总时已经补交的不计，作废的登记不算交纳。"
    ),
)

ARREARS = Ratio(
    code="ROL-13",
    label="连续3个月未交团费比例",
    unit="%",
    top=IN_ARREARS,
    bottom=PAYERS,
    meaning="连续3个月未交团费团员数（ROL-12）除以应交团费团员数（ROL-11）；没有应交团员的组织为空。",
)

COLLECTED = Indicator(
    code="ROL-14",
    label="登记交纳团费金额",
    unit="元",
    kind=Kind.SUM,
    over=PAID,
    of=lambda paid: paid.fen,
    per=100,
    decimals=2,
    meaning="期间内登记交纳的团费金额之和，以交纳日期计入，归属登记时所在的团组织；作废的不计，只是登记，不是账目。",
)

DUES: list[Indicator | Ratio] = [PAYERS, IN_ARREARS, ARREARS, COLLECTED]
