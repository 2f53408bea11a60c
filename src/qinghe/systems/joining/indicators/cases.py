"""The figures of the road: how many applied, came how far, joined; who stands where; what is late."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Time
from qinghe.systems.joining.facts.cases import CASE, LESSON, MEMBER, OVERDUE, STANDING, STEP

OF_AGE = 18

APPLICANTS = Indicator(
    code="JOI-01",
    label="申请入团人数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda case: case.person_id,
    over=CASE,
    meaning="期间内提交入团申请书的人数，按人去重，以申请日期计入，归属受理的团支部；后来撤回、未通过的也计。",
)

ACTIVISTS = Indicator(
    code="JOI-02",
    label="确定入团积极分子人数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda step: step.person_id,
    over=STEP,
    where=lambda step: step.step == 3,
    meaning="期间内经上级团组织批准为入团积极分子的人数，按人去重，以批准日期计入，归属团支部；只报未批的不计。",
)

CANDIDATES = Indicator(
    code="JOI-03",
    label="确定发展对象人数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda step: step.person_id,
    over=STEP,
    where=lambda step: step.step == 7,
    meaning="期间内预审通过、发放入团志愿书的发展对象人数，按人去重，以预审日期计入，归属团支部。",
)

MEMBERS = Indicator(
    code="JOI-04",
    label="新发展团员人数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda member: member.person_id,
    over=MEMBER,
    meaning="期间内支部大会通过并经上级批准的新团员人数，以支部大会通过之日计入，归属团支部；大会通过、尚未批准的不计。",
)

AT_SCHOOLS = Indicator(
    code="JOI-05",
    label="学校领域新发展团员",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda member: member.person_id,
    over=MEMBER,
    where=Equals("sector", "school"),
    meaning="新发展团员人数（JOI-04）中团支部属学校领域的。",
)

IN_SOCIETY = Indicator(
    code="JOI-06",
    label="社会领域新发展团员",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda member: member.person_id,
    over=MEMBER,
    where=lambda member: member.sector != "school",
    meaning="新发展团员人数（JOI-04）中团支部属社会领域的；没有登记领域的组织计入社会领域。",
)

WOMEN = Indicator(
    code="JOI-07",
    label="新发展女团员",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda member: member.person_id,
    over=MEMBER,
    where=Equals("sex", "female"),
    meaning="新发展团员人数（JOI-04）中性别登记为女的；没有登记性别的不计。",
)

MINORS = Indicator(
    code="JOI-08",
    label="未满18周岁新发展团员",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda member: member.person_id,
    over=MEMBER,
    where=lambda member: member.age < OF_AGE,
    meaning="新发展团员人数（JOI-04）中支部大会通过之日未满18周岁的。",
)

LATE = Indicator(
    code="JOI-09",
    label="逾期未办步骤数",
    unit="项",
    kind=Kind.COUNT,
    over=OVERDUE,
    time=Time.STOCK,
    meaning="期末已过期限（谈话、审批、归档）仍没有办的步骤数，归属团支部；期末以前补办或终结的不计。",
)

LESSONS = Indicator(
    code="JOI-10",
    label="团课学时",
    unit="学时",
    kind=Kind.SUM,
    of=lambda lesson: lesson.quarters,
    over=LESSON,
    per=4,
    decimals=2,
    meaning="期间内入团申请人参加团课的学时之和，以上课日期计入，归属团支部；划去的记录不计。",
)


def _in_stage(code: str, label: str, first: int, last: int) -> Indicator:
    steps = f"第{first}至{last}步" if first < last else f"第{first}步"
    return Indicator(
        code=code,
        label=label,
        unit="人",
        kind=Kind.DISTINCT,
        of=lambda step: step.person_id,
        over=STANDING,
        time=Time.STOCK,
        where=lambda step: (step.step >= first) & (step.step <= last),
        meaning=f"期末下一步为{steps}的在办入团申请人数，归属团支部；已办结和已终结的不计。",
    )


STAGES = [
    _in_stage("JOI-11", "在申请入团阶段", 2, 2),
    _in_stage("JOI-12", "在确定积极分子阶段", 3, 4),
    _in_stage("JOI-13", "在培养教育阶段", 5, 5),
    _in_stage("JOI-14", "在确定发展对象阶段", 6, 9),
    _in_stage("JOI-15", "在接收新团员阶段", 10, 15),
]

INDICATORS: list[Indicator] = [
    APPLICANTS,
    ACTIVISTS,
    CANDIDATES,
    MEMBERS,
    AT_SCHOOLS,
    IN_SOCIETY,
    WOMEN,
    MINORS,
    LATE,
    LESSONS,
    *STAGES,
]
