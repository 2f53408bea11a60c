from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time
from qinghe.systems.volunteering.facts import COMMUNITY, CREDIT, FEDERATION, STANDING
from qinghe.systems.volunteering.models import Team

STANDING_TEAMS = Indicator(
    code="VOL-30",
    label="在册志愿队伍数",
    unit="支",
    kind=Kind.COUNT,
    over=STANDING,
    time=Time.STOCK,
    meaning="期末在册的志愿队伍：已准予成立，期末当日没有停止发布活动、没有注销；归属主组织。",
)
COMPOUND_TEAMS = Indicator(
    code="VOL-31",
    label="小区志愿服务队数",
    unit="支",
    kind=Kind.COUNT,
    over=STANDING,
    where=Equals("kind", Team.Kind.COMPOUND.value),
    time=Time.STOCK,
    meaning="期末在册志愿队伍（VOL-30）中类别为小区的队伍数，归属承接的社区。",
)
COVERED = Indicator(
    code="VOL-32",
    label="有志愿队伍的社区数",
    unit="个",
    kind=Kind.DISTINCT,
    over=STANDING,
    of=lambda standing: standing.community_id,
    where=lambda standing: standing.community_id > 0,
    time=Time.STOCK,
    meaning="期末至少有一支在册志愿队伍（主组织为本社区或社区内的组织）的社区，按社区去重。",
)
COMMUNITIES = Indicator(
    code="VOL-33",
    label="社区数",
    unit="个",
    kind=Kind.COUNT,
    over=COMMUNITY,
    time=Time.STOCK,
    meaning="期末在册的社区数，作为覆盖率的分母。",
)
COVERAGE = Ratio(
    code="VOL-34",
    label="社区志愿队伍覆盖率",
    unit="%",
    top=COVERED,
    bottom=COMMUNITIES,
    meaning="有志愿队伍的社区数（VOL-32）除以社区数（VOL-33），“一社区一志愿服务队伍”。",
)
FEDERATED = Indicator(
    code="VOL-35",
    label="有志愿者联合会的社区数",
    unit="个",
    kind=Kind.DISTINCT,
    over=FEDERATION,
    of=lambda federation: federation.area_id,
    where=Equals("level", "community"),
    time=Time.STOCK,
    meaning="期末建有社区志愿者联合会（组织类型为义工联、层级为社区）的社区，按社区去重。",
)
FEDERATION_COVERAGE = Ratio(
    code="VOL-36",
    label="社区志愿者联合会覆盖率",
    unit="%",
    top=FEDERATED,
    bottom=COMMUNITIES,
    meaning="有志愿者联合会的社区数（VOL-35）除以社区数（VOL-33）。",
)
CREDITED = Indicator(
    code="VOL-37",
    label="参训志愿者人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=CREDIT,
    of=lambda credit: credit.person_id,
    meaning="期内结业的培训中登记了学时的志愿者，按人去重，归属举办单位；已取消的学时和培训不计。",
)
CREDIT_HOURS = Indicator(
    code="VOL-38",
    label="培训学时数",
    unit="学时",
    kind=Kind.SUM,
    over=CREDIT,
    of=lambda credit: credit.quarters,
    per=4,
    decimals=2,
    meaning="期内结业的培训登记的学时之和，按四分之一学时累加，归属举办单位；已取消的不计。",
)
