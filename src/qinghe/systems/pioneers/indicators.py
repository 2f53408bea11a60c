"""The figures pioneers answers for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import CEREMONY, SCHOOL

LEAGUE_EDUCATIONS = Indicator(
    code="ACT-01",
    version=2,  # the first was reported, see returns
    label="入团教育次数",
    unit="次",
    kind=Kind.COUNT,
    over=CEREMONY,
    where=Equals("kind", "league_education"),
    meaning=(
        "期间内学校团委、少工委登记并审核通过的入团教育场次，以开展日期计入，归属登记单位；"
        "草稿、待审核、已退回和已取消的不计。"
    ),
)

ADMISSIONS = Indicator(
    code="ACT-02",
    version=2,  # the first was reported, see returns
    label="入队仪式次数",
    unit="次",
    kind=Kind.COUNT,
    over=CEREMONY,
    where=Equals("kind", "admission"),
    meaning=(
        "期间内登记并审核通过的入队仪式场次，以开展日期计入，归属登记单位；"
        "草稿、待审核、已退回和已取消的不计。"
    ),
)

PARTICIPANTS = Indicator(
    code="PIO-01",
    label="仪式教育参加人次",
    unit="人次",
    kind=Kind.SUM,
    over=CEREMONY,
    of=lambda ceremony: ceremony.people,
    meaning="期间内审核通过的入团教育、入队仪式的参加人数之和，不去重，以开展日期计入。",
)

SCHOOLS_HOLDING = Indicator(
    code="PIO-02",
    label="开展仪式教育的学校数",
    unit="个",
    kind=Kind.DISTINCT,
    over=CEREMONY,
    of=lambda ceremony: ceremony.org_id,
    where=lambda ceremony: ceremony.at_school == 1,
    meaning="期间内至少有一场入团教育或入队仪式审核通过的学校数；街道、区登记的不计。",
)

SCHOOLS = Indicator(
    code="PIO-03",
    label="学校数",
    unit="个",
    kind=Kind.COUNT,
    over=SCHOOL,
    time=Time.STOCK,
    meaning="期末在册的学校数，按学校最上一级团组织计。",
)

COVERAGE = Ratio(
    code="PIO-04",
    label="仪式教育学校覆盖率",
    unit="%",
    top=SCHOOLS_HOLDING,
    bottom=SCHOOLS,
    meaning="开展仪式教育的学校数（PIO-02）除以学校数（PIO-03）；没有学校的组织为空。",
)

INDICATORS: list[Indicator | Ratio] = [
    LEAGUE_EDUCATIONS,
    ADMISSIONS,
    PARTICIPANTS,
    SCHOOLS_HOLDING,
    SCHOOLS,
    COVERAGE,
]
