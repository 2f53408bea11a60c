"""Members by age, in the Party, without a number; who left."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Time
from qinghe.kernel.people.models import LeftAs
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.facts.members import AGED, EXPELLED, LEFT, MEMBER, PARTY

_END = "以期末在册为准，终止当日起不计；按人去重，归属所在团组织"


def _of_band(code: str, band: rules.Band) -> Indicator:
    return Indicator(
        code=code,
        label=f"{band.label}团员数",
        unit="人",
        kind=Kind.DISTINCT,
        over=AGED[band.key],
        of=lambda aged: aged.person_id,
        time=Time.STOCK,
        meaning=f"期末{band.label}的团员，{_END}。年龄按期末日期计周岁，没有登记出生日期的不计。",
    )


def _left(code: str, how: LeftAs, of_what: str) -> Indicator:
    return Indicator(
        code=code,
        label=f"{how.label}人数",
        unit="人",
        kind=Kind.DISTINCT,
        over=LEFT,
        of=lambda left: left.person_id,
        where=Equals("kind", how.value),
        meaning=f"期间内{of_what}的人数，以离团日期计入，归属离团时所在的团组织；待审批、未批准的不计。",
    )


BY_AGE = [
    _of_band(code, band)
    for code, band in zip(("ROL-01", "ROL-02", "ROL-03", "ROL-04"), rules.BANDS, strict=True)
]

IN_THE_PARTY = Indicator(
    code="ROL-05",
    label="保留团籍人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=PARTY,
    of=lambda party: party.person_id,
    time=Time.STOCK,
    meaning=f"期末仍在名册、已经入党的团员（保留团籍的共产党员），{_END}；入党当日起计。",
)

UNNUMBERED = Indicator(
    code="ROL-06",
    label="缺编号团员数",
    unit="人",
    kind=Kind.DISTINCT,
    over=MEMBER,
    of=lambda member: member.person_id,
    where=lambda member: member.lacks_number == 1,
    time=Time.STOCK,
    meaning=f"2017年及以后入团、到汇总时档案中没有发展团员编号的团员，{_END}；没有档案的另计。",
)

WITHOUT_FILE = Indicator(
    code="ROL-07",
    label="缺档案团员数",
    unit="人",
    kind=Kind.DISTINCT,
    over=MEMBER,
    of=lambda member: member.person_id,
    where=lambda member: member.has_file == 0,
    time=Time.STOCK,
    meaning=f"到汇总时还没有团员档案（入团日期、编号）的团员，{_END}。",
)

OF_AGE = _left("ROL-08", LeftAs.OF_AGE, "年满28周岁、没有担任团内职务而办理超龄离团")
RESIGNED = _left("ROL-09", LeftAs.RESIGNED, "本人书面申请、支部大会决议并经上级批准退团")
DROPPED = _left("ROL-10", LeftAs.DROPPED, "自行脱团、支部大会决议并经上级批准除名")

EXPULSIONS = Indicator(
    code="ROL-15",
    label="开除团籍人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=EXPELLED,
    of=lambda expelled: expelled.person_id,
    meaning="期间内经支部大会决议、上级批准开除团籍的人数，以开除日期计入，归属当时所在的团组织；"
    "申诉期间照计，复议撤销的不计。",
)

MEMBERS = [*BY_AGE, IN_THE_PARTY, UNNUMBERED, WITHOUT_FILE, OF_AGE, RESIGNED, DROPPED, EXPULSIONS]
