"""The figures that founding answers for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import APPLICATION, FOUNDED, HUNDRED, LATE, TARGET, UNIT

HUNDREDS = Indicator(
    code="TGT-01",
    version=2,  # the first was reported, see returns
    label="三个百分百指标项数",
    unit="个",
    kind=Kind.COUNT,
    over=HUNDRED,
    time=Time.ANNUAL,
    meaning="当年设立、没有取消的百分百目标项数，归属区级；每项内容以本地文件为准，由人设定。",
)

TARGETS = Indicator(
    code="TGT-02",
    version=2,
    label="两新建团年度指标",
    unit="家",
    kind=Kind.SUM,
    over=TARGET,
    of=lambda target: target.left,
    time=Time.ANNUAL,
    meaning="当年下达给各街道、各行业团工委的建团指标之和，为全年数；再分到社区的只计一次，没有分下去的不计。",
)

FOUNDED_SO_FAR = Indicator(
    code="FND-04",
    label="当年累计新建两新团组织数",
    unit="家",
    kind=Kind.COUNT,
    over=FOUNDED,
    time=Time.STOCK,
    meaning="当年1月1日至期末成立、标明两新组织类别的团组织，与新增数（DIR-01）同一口径，不扣减撤销的。",
)

COMPLETION = Ratio(
    code="FND-01",
    label="建团指标完成率",
    unit="%",
    top=FOUNDED_SO_FAR,
    bottom=TARGETS,
    meaning="当年累计新建两新团组织数（FND-04）除以全年建团指标（TGT-02）；没有指标的单位为空。",
)

BLANK_UNITS = Indicator(
    code="FND-02",
    label="未建团两新单位数",
    unit="家",
    kind=Kind.COUNT,
    over=UNIT,
    time=Time.STOCK,
    meaning="期末在册、还没有团组织的两新单位（空白点），含正在申请和暂不具备条件的；已注销的不计。",
)

OPEN_APPLICATIONS = Indicator(
    code="FND-03",
    label="在办建团申请数",
    unit="件",
    kind=Kind.COUNT,
    over=APPLICATION,
    time=Time.STOCK,
    meaning="期末已提出、还没有批准、未批准或撤回的建团申请件数，含退回待补正的，归属单位所在地。",
)

LATE_DECISIONS = Indicator(
    code="FND-05",
    label="超期办结建团申请数",
    unit="件",
    kind=Kind.COUNT,
    over=LATE,
    meaning="期内批准或不予批准、办结日期晚于办结期限的建团申请件数，以办结日期计入；撤回的不计。",
)

INDICATORS: list[Indicator | Ratio] = [
    HUNDREDS,
    TARGETS,
    COMPLETION,
    BLANK_UNITS,
    OPEN_APPLICATIONS,
    FOUNDED_SO_FAR,
    LATE_DECISIONS,
]
