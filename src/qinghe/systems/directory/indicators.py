"""The figures of organisations, members and cadres."""

import ibis.expr.types as ir

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import CADRE, MEMBER, ORG


def _counted(org: ir.Table) -> ir.BooleanValue:
    return org.counted == 1


def _new(org: ir.Table) -> ir.BooleanValue:
    return (org.counted == 1) & (org.new_org_kind != "")


_LEAGUE = (
    "团组织指团区委、团工委、行业团工委、团委、团总支、团支部和联合团支部，"
    "不含临时团支部、流动团员团支部、学社衔接临时团支部"
)
_END = "以报告期最后一日为准，当日撤销的不计"

NEW_ORGS_OPENED = Indicator(
    code="DIR-01",
    version=2,  # the first was reported, see returns
    label="新增两新团组织数",
    unit="家",
    kind=Kind.COUNT,
    over=ORG,
    where=_new,
    meaning=f"成立日期在报告期内、标明两新组织类别的团组织，为新增数，期内又撤销的不扣减。{_LEAGUE}。",
)

NEW_ORGS = Indicator(
    code="DIR-02",
    version=2,
    label="两新团组织总数",
    unit="家",
    kind=Kind.COUNT,
    over=ORG,
    where=_new,
    time=Time.STOCK,
    meaning=f"期末仍在、标明两新组织类别的团组织，{_END}。{_LEAGUE}。",
)

LEAGUE_ORGS = Indicator(
    code="DIR-03",
    label="团组织总数",
    unit="个",
    kind=Kind.COUNT,
    over=ORG,
    where=_counted,
    time=Time.STOCK,
    meaning=f"期末仍在的团组织，{_END}。{_LEAGUE}；也不含义工联、青年工作委员会和区、街道、社区本身。",
)

NEW_ORG_SHARE = Ratio(
    code="DIR-04",
    label="两新团组织占比",
    unit="%",
    top=NEW_ORGS,
    bottom=LEAGUE_ORGS,
    decimals=1,
    meaning="期末两新团组织总数除以期末团组织总数；没有团组织的单位不计算，不按0计。",
)

STREET_FEDERATIONS = Indicator(
    code="DIR-05",
    label="街道义工联数",
    unit="个",
    kind=Kind.COUNT,
    over=ORG,
    where=lambda org: (org.kind == "volunteer_federation") & (org.level == "street"),
    time=Time.STOCK,
    meaning=f"期末仍在、层级为街道的义工联，{_END}；区级和社区义工联不计。",
)

CADRES = Indicator(
    code="DIR-07",
    label="团干部总数",
    unit="人",
    kind=Kind.DISTINCT,
    over=CADRE,
    of=lambda cadre: cadre.person_id,
    time=Time.STOCK,
    meaning="期末在任的专职、挂职和兼职团干部，一人任多职只计一人；离任当日起不计。",
)

FULL_TIME_CADRES = Indicator(
    code="DIR-08",
    label="专职团干部数",
    unit="人",
    kind=Kind.DISTINCT,
    over=CADRE,
    of=lambda cadre: cadre.person_id,
    where=lambda cadre: cadre.service == "full_time",
    time=Time.STOCK,
    meaning="期末在本单位及下级任专职的团干部，一人任多职只计一人；同时任挂职、兼职的，按专职计。",
)

FULL_TIME_SHARE = Ratio(
    code="DIR-06",
    label="专职团干部占比",
    unit="%",
    top=FULL_TIME_CADRES,
    bottom=CADRES,
    decimals=2,
    meaning="期末专职团干部数除以团干部总数（专职、挂职、兼职），分子分母都按人去重，一人多职就高计一次。",
)

MEMBERS = Indicator(
    code="DIR-09",
    label="团员总数",
    unit="人",
    kind=Kind.DISTINCT,
    over=MEMBER,
    of=lambda member: member.person_id,
    time=Time.STOCK,
    meaning="期末在册团员，按人去重；终止当日起不计。临时团支部等不计入团组织总数的组织，其名册上的团员仍计入。",
)

SCHOOL_ORGS = Indicator(
    code="DIR-10",
    label="学校领域团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=ORG,
    where=lambda org: (org.counted == 1) & (org.sector == "school"),
    time=Time.STOCK,
    meaning=f"期末仍在、领域为学校的团组织，{_END}。{_LEAGUE}。",
)

SOCIETY_ORGS = Indicator(
    code="DIR-11",
    label="社会领域团组织数",
    unit="个",
    kind=Kind.COUNT,
    over=ORG,
    where=lambda org: (org.counted == 1) & (org.sector == "society"),
    time=Time.STOCK,
    meaning=f"期末仍在、领域为社会的团组织（含两新），{_END}；未标领域的不计。{_LEAGUE}。",
)

STREET_YOUTH_COMMITTEES = Indicator(
    code="DIR-12",
    label="街道级青年工作委员会数",
    unit="个",
    kind=Kind.COUNT,
    over=ORG,
    where=lambda org: (org.kind == "youth_affairs_committee") & (org.level == "street"),
    time=Time.STOCK,
    meaning=f"期末仍在、层级为街道的青年工作委员会，{_END}；区级和社区的不计。",
)

INDICATORS: list[Indicator | Ratio] = [
    NEW_ORGS_OPENED,
    NEW_ORGS,
    LEAGUE_ORGS,
    NEW_ORG_SHARE,
    STREET_FEDERATIONS,
    FULL_TIME_SHARE,
    CADRES,
    FULL_TIME_CADRES,
    MEMBERS,
    SCHOOL_ORGS,
    SOCIETY_ORGS,
    STREET_YOUTH_COMMITTEES,
]
