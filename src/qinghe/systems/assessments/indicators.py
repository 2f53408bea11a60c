"""The figures that assessments answer for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio

from .facts import DUE, MARK, RESULT

ON_TIME = Indicator(
    code="ASM-01",
    label="按时提交考核自评单位数",
    unit="家",
    kind=Kind.COUNT,
    over=DUE,
    where=lambda due: (due.state == "submitted") & ~due.is_late,
    meaning="首次提交自评不晚于截止日期的被考核单位数，以首次提交日期计入；一个单位参加几项考核计几次。",
)

MEAN = Ratio(
    code="ASM-02",
    label="街道考核平均得分",
    unit="分/家",
    top=Indicator(
        code="ASM-04",
        label="街道考核得分合计",
        unit="分",
        kind=Kind.SUM,
        over=RESULT,
        of=lambda result: result.total,
        where=Equals("audience", "streets"),
        per=100,
        decimals=2,
        meaning="已通报的街道考核中各街道得分之和，以最近一次通报日期计入。",
    ),
    bottom=Indicator(
        code="ASM-05",
        label="已通报考核街道数",
        unit="家",
        kind=Kind.COUNT,
        over=RESULT,
        where=Equals("audience", "streets"),
        meaning="已通报的街道考核中的街道数，以最近一次通报日期计入；一个街道参加几项考核计几次。",
    ),
    scale=1,
    meaning="期内通报的街道考核得分合计（ASM-04）除以街道数（ASM-05），先合计后相除；街道一级即本街道得分。",
)

FROM_RECORDS = Ratio(
    code="ASM-03",
    label="考核项目按数据计分比例",
    unit="%",
    top=Indicator(
        code="ASM-06",
        label="按数据计分的考核项目得分数",
        unit="项",
        kind=Kind.COUNT,
        over=MARK,
        where=Equals("way", "figure"),
        meaning="期内通报的考核中由平台数据自动计分的项目得分个数。",
    ),
    bottom=Indicator(
        code="ASM-07",
        label="考核项目得分数",
        unit="项",
        kind=Kind.COUNT,
        over=MARK,
        meaning="期内通报的考核中的项目得分个数，每个单位每个项目一个。",
    ),
    meaning="期内通报的考核中，由平台数据自动计分的项目得分（ASM-06）占全部项目得分（ASM-07）的百分比。",
)

INDICATORS: list[Indicator | Ratio] = [
    ON_TIME,
    MEAN,
    FROM_RECORDS,
    *(half for ratio in (MEAN, FROM_RECORDS) for half in (ratio.top, ratio.bottom)),
]
