"""The figures that are reported: one for each number that no other system counts from records.

Each is the first reading of its code. The system that takes a number over declares the next one
under the same code, and this one stays to be compared with.

An amount is what a respondent counted. Of persons each counted once, the figure is a sum of such
counts, and whoever two respondents counted is in it twice; its meaning says so (G-57).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis.expr.types as ir

from qinghe.analytics.indicators import Answered, Equals, Indicator, Kind, Ratio, Time

from .facts import ASKED, REPORTED
from .models import Definition

HUNDREDTHS = 100


@dataclass(frozen=True)
class Number:
    """One number as it is asked for."""

    code: str
    label: str
    unit: str
    meaning: str
    time: Time = Time.FLOW
    decimals: int = 0
    version: int = 1
    counted: str = "count"  # by the respondent: count | sum | distinct | target
    apart: str = "人"  # what a distinct number counts once within one respondent's own


NUMBERS = (
    Number("ACT-01", "入团教育次数", "次", "期内学校团委、少工委开展的入团教育场次。"),
    Number("ACT-02", "入队仪式次数", "次", "期内学校开展的入队仪式场次。"),
    Number("ACT-03", "驻点服务活动场次", "场", "期内已开展的驻点服务活动场次。"),
    Number("ACT-04", "落地社区服务项目数", "个", "期内至少在一个社区开展的青少年专业服务项目数。"),
    Number("ACT-05", "线上活动期数", "期", "期内已开展的健康学堂等线上活动期数。"),
    Number(
        "AFF-01",
        "推优入党人数",
        "名",
        "期内经团组织推优并被党组织接收的团员，计接收日期。",
        counted="distinct",
    ),
    Number(
        "AFF-02",
        "学校领域团员编号下发数",
        "个",
        "当年区级下发至学校领域的发展团员编号配额之和，为全年数；配额不等于已使用。",
        Time.ANNUAL,
        counted="sum",
    ),
    Number(
        "AFF-03",
        "社会领域团员编号下发数",
        "个",
        "当年区级下发至社会领域的发展团员编号配额之和，为全年数；配额不等于已使用。",
        Time.ANNUAL,
        counted="sum",
    ),
    Number(
        "AFF-14",
        "已完成教育评议团员数",
        "人",
        "已完成年度教育评议并定等次的团员数。",
        counted="distinct",
    ),
    Number(
        "AFF-15",
        "应参加教育评议团员数",
        "人",
        "应参加年度教育评议的团员数，不含保留团籍的党员。",
        counted="distinct",
    ),
    Number(
        "AFF-16",
        "已完成团籍注册团员数",
        "人",
        "已完成年度团籍注册的团员数；基本合格以上方可注册。",
        counted="distinct",
    ),
    Number(
        "AFF-17", "应完成团籍注册团员数", "人", "应完成年度团籍注册的团员数。", counted="distinct"
    ),
    Number(
        "CAS-01",
        "设热线的封管控区数",
        "个",
        "期内设有热线的封控区、管控区数，同一单位内按区域去重。",
    ),
    Number("CAS-02", "志愿服务热线条数", "条", "期内开通的热线线路数。"),
    Number("CAS-03", "热线接听量", "个", "期内各线路已接通来电数之和。", counted="sum"),
    Number("CAS-04", "心理咨询接听量", "个", "期内心理服务线路上类别为心理咨询的接通来电数。"),
    Number(
        "CON-01",
        "直播参与人次",
        "人次",
        "期内各直播平台、各场次观看人次之和，不去重；每个数注明平台和取数时间。",
        counted="sum",
    ),
    Number("CON-02", "节目期数", "期", "期内已发布的该节目期次，草稿不计。"),
    Number(
        "CON-03", "在线活动观众人次", "人次", "期内在线活动观看人次之和，不去重。", counted="sum"
    ),
    Number(
        "DIR-01",
        "新增两新团组织数",
        "家",
        "期内成立的两新领域团组织数，不扣除撤销。",
    ),
    Number("DIR-02", "两新团组织总数", "家", "期末在册的两新领域团组织数。", Time.STOCK),
    Number("EMG-01", "动员令招募令数", "个", "期内已发布的动员令与招募令条数。"),
    Number("EMG-02", "青年突击队数", "支", "期内组建并经审核的青年突击队数。"),
    Number(
        "EMG-03",
        "突击队集结人数",
        "名",
        "期内突击队队员数，一人参加多支队伍只计一次。",
        counted="distinct",
    ),
    Number(
        "EMG-04",
        "临时党团支部数",
        "个",
        "期内依托突击队成立的临时党支部、团支部数，不多于突击队数。",
    ),
    Number(
        "HON-01",
        "获各级荣誉数",
        "个",
        "期内授予本单位集体和个人的全国、省、市、区荣誉记录条数，按授予记录计。",
    ),
    Number(
        "HON-02", "全国五四红旗团委数", "个", "期内级别为全国、称号为五四红旗团委的授予记录条数。"
    ),
    Number("HON-03", "省五四红旗团委数", "个", "期内级别为省、称号为五四红旗团委的授予记录条数。"),
    Number(
        "HON-04",
        "红领巾奖章推优参评枚数",
        "枚",
        "期内各级推优参评的个人章、集体章枚数之和；计申报，不计颁发。",
        counted="sum",
    ),
    Number(
        "HON-05",
        "获市级最美称号志愿者数",
        "名",
        "期内经推荐并获授予市级称号的志愿者。",
        counted="distinct",
    ),
    Number("HON-06", "火线授予集体数", "支", "期内抗疫火线荣誉授予集体的记录条数。"),
    Number("HON-07", "火线授予个人数", "名", "期内抗疫火线荣誉授予个人的记录条数。"),
    Number(
        "INS-01",
        "巡查志愿服务点位数",
        "个",
        "期内至少被巡查一次的志愿服务点位数，同一单位内按点位去重。",
        apart="点位",
        counted="distinct",
    ),
    Number("MTG-01", "改革经验分享次数", "次", "期内在上级交流平台分享改革经验的次数。"),
    Number(
        "MTG-02",
        "常委会研究次数",
        "次",
        "期内传达学习和研究青年工作、共青团工作的常委会会议次数，按会议计，不按议题计。",
    ),
    Number("MTG-03", "联席会议全体会议次序", "次", "计划召开的联席会议全体会议的届次序号。"),
    Number(
        "OPP-01",
        "帮扶宣讲参加企业数",
        "家",
        "期内宣讲会签到企业数，同一单位内按统一社会信用代码去重。",
        apart="企业",
        counted="distinct",
    ),
    Number(
        "OPP-02", "实习岗位数", "个", "期内审核通过并发布的实习岗位招收名额之和。", counted="sum"
    ),
    Number("OPP-03", "返乡实践岗位信息数", "个", "期内已发布的岗位信息条数；与招收名额口径不同。"),
    Number("OPP-04", "返乡实践投递简历数", "份", "期内收到的投递记录数，不去重。"),
    Number("OPP-05", "洽谈青年人才项目数", "个", "首批项目中已进入洽谈及以后阶段的项目数。"),
    Number(
        "STU-02",
        "参学人次",
        "人次",
        "期内各期青年大学习的参学团员数之和，非团员不计。",
        counted="sum",
    ),
    Number(
        "STU-03", "应参学人次", "人次", "期内各期青年大学习截止时的在册团员数之和。", counted="sum"
    ),
    Number(
        "TGT-01",
        "三个百分百指标项数",
        "个",
        "当年下达的百分百目标项数；每项内容以本地文件为准。",
        Time.ANNUAL,
        counted="target",
    ),
    Number(
        "TGT-02",
        "两新建团年度指标",
        "家",
        "当年下达给各街道、各行业团工委的建团指标之和，为全年数。",
        Time.ANNUAL,
        counted="target",
    ),
    Number("TGT-03", "改革举措方面数", "个", "期末改革举措清单的一级分类数。", Time.STOCK),
    Number("TGT-04", "改革举措项数", "项", "期末改革举措清单的末级任务项数。", Time.STOCK),
    Number(
        "TGT-05",
        "每社区志愿服务队伍下限",
        "支/社区",
        "当年每个社区在册志愿服务队伍数的目标下限，由区级填报。",
        Time.ANNUAL,
        counted="target",
    ),
    Number(
        "VOL-01", "新增注册志愿者数", "人", "期内实名注册并审核通过的志愿者。", counted="distinct"
    ),
    Number("VOL-02", "志愿服务活动场次", "场次", "期内已结束且有人服务的场次，一活动多场按场计。"),
    Number(
        "VOL-03",
        "志愿服务参与人次",
        "人次",
        "期内生效的服务人次，同一人同一场计一人次。",
        counted="sum",
    ),
    Number(
        "VOL-04", "志愿服务总时长", "小时", "期内生效的服务小时数之和。", decimals=1, counted="sum"
    ),
    Number("VOL-05", "新增团体志愿者队伍数", "支", "期内审核通过的团体志愿者队伍数。"),
    Number("VOL-10", "募集图书册数", "册", "期内验收入库的捐赠图书册数之和。", counted="sum"),
    Number("VOL-11", "建成梦想图书室数", "个", "期末状态为已建成的图书室数。", Time.STOCK),
    Number(
        "VOL-12",
        "认定星级志愿者数",
        "名",
        "期内通过星级认定的志愿者，一人取最高星级。",
        counted="distinct",
    ),
)


def _amount(rows: ir.Table) -> ir.Column:
    return rows.amount


def indicator_of(number: Number) -> Indicator:
    """Return what counts a reported number."""
    condition = Equals("code", number.code)
    return Indicator(
        code=number.code,
        label=number.label,
        unit=number.unit,
        kind=Kind.SUM,
        over=REPORTED,
        of=_amount,
        where=condition,
        time=number.time,
        per=HUNDREDTHS,
        decimals=number.decimals,
        version=number.version,
        answered=Answered(ASKED, where=condition, counted=number.counted),
        meaning=f"{number.meaning}{_how_added(number)}",
    )


def _how_added(number: Number) -> str:
    """Say what a sum of what others counted is, and what it is not (G-57)."""
    if number.counted == "target":
        return "由负责单位填报、经审核通过后计入；未报的不作0。"
    twice = f"各单位分别去重，跨单位重复的{number.apart}不能剔除；"
    return (
        "由各单位填报、经上级审核通过后相加；"
        f"{twice if number.counted == 'distinct' else ''}未报的不计，也不作0。"
    )


REPORTS: dict[str, Indicator] = {number.code: indicator_of(number) for number in NUMBERS}

STUDY_RATE = Ratio(
    code="STU-01",
    label="青年大学习参学比例",
    unit="%",
    top=REPORTS["STU-02"],
    bottom=REPORTS["STU-03"],
    meaning=(
        "期内各期参学人次之和（STU-02）除以各期应参学人次之和（STU-03），"
        "人数多的期次和单位权重大，不是各期比例的平均；非团员不进分子。"
    ),
)
ASSESSED_RATE = Ratio(
    code="AFF-04",
    label="团员教育评议率",
    unit="%",
    top=REPORTS["AFF-14"],
    bottom=REPORTS["AFF-15"],
    meaning="已完成评议并定等次的团员数（AFF-14）除以应参评团员数（AFF-15）；应参评数不含保留团籍的党员。",
)
ENROLLED_RATE = Ratio(
    code="AFF-05",
    label="年度团籍注册率",
    unit="%",
    top=REPORTS["AFF-16"],
    bottom=REPORTS["AFF-17"],
    meaning="已完成年度团籍注册的团员数（AFF-16）除以应注册团员数（AFF-17）；基本合格以上方可注册。",
)

INDICATORS: list[Indicator | Ratio] = [
    *REPORTS.values(),
    STUDY_RATE,
    ASSESSED_RATE,
    ENROLLED_RATE,
]


def defined() -> Iterator[Indicator]:
    """Count the numbers that people have defined in the browser."""
    for row in Definition.objects.order_by("code", "-version"):
        yield indicator_of(
            Number(
                code=row.code,
                label=row.label,
                unit=row.unit,
                meaning=row.meaning if row.meaning.endswith("。") else f"{row.meaning}。",
                time=Time(row.time),
                decimals=row.decimals,
                version=row.version,
            )
        )
