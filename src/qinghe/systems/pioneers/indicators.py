"""The figures pioneers answers for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import AWARDED, CEREMONY, NOMINATED, SCHOOL

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

NOMINATIONS = Indicator(
    code="HON-04",
    version=2,  # the first was reported, see returns
    label="红领巾奖章推优参评枚数",
    unit="枚",
    kind=Kind.SUM,
    over=NOMINATED,
    of=lambda line: line.number,
    meaning=(
        "期间内学校提交的各级红领巾奖章申报枚数之和，个人章和集体章合计，以提交日期计入，归属申报学校；"
        "计申报，不计颁发；草稿和已退回的不计。"
    ),
)

AWARDS = Indicator(
    code="PIO-05",
    label="红领巾奖章颁发枚数",
    unit="枚",
    kind=Kind.SUM,
    over=AWARDED,
    of=lambda line: line.number,
    meaning="期间内评审颁发的各级红领巾奖章枚数之和，个人章和集体章合计，以颁章日期计入，归属申报学校。",
)


def _of_level(number: int, level: str, label: str) -> Indicator:
    return Indicator(
        code=f"PIO-{number:02}",
        label=f"{label}奖章颁发枚数",
        unit="枚",
        kind=Kind.SUM,
        over=AWARDED,
        of=lambda line: line.number,
        where=Equals("level", level),
        meaning=f"红领巾奖章颁发枚数（PIO-05）中颁发层级为{label}的。",
    )


def _of_star(number: int, star: str, label: str) -> Indicator:
    return Indicator(
        code=f"PIO-{number:02}",
        label=f"{label}章颁发枚数",
        unit="枚",
        kind=Kind.SUM,
        over=AWARDED,
        of=lambda line: line.number,
        where=Equals("star", star),
        meaning=f"红领巾奖章颁发枚数（PIO-05）中的{label}章，个人章和集体章合计。",
    )


LEVELS = (
    _of_level(6, "school", "校级"),
    _of_level(7, "district", "区级"),
    _of_level(8, "city", "市级"),
    _of_level(9, "province", "省级"),
    _of_level(10, "national", "全国"),
)
STARS = (
    _of_star(11, "1", "一星"),
    _of_star(12, "2", "二星"),
    _of_star(13, "3", "三星"),
    _of_star(14, "4", "四星"),
    _of_star(15, "5", "五星"),
)

CEREMONIES: tuple[Indicator | Ratio, ...] = (
    LEAGUE_EDUCATIONS,
    ADMISSIONS,
    PARTICIPANTS,
    SCHOOLS_HOLDING,
    SCHOOLS,
    COVERAGE,
)
BADGES: tuple[Indicator, ...] = (NOMINATIONS, AWARDS, *LEVELS, *STARS)
INDICATORS: list[Indicator | Ratio] = [*CEREMONIES, *BADGES]
