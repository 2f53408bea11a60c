"""What must hold before each step is taken (rules §1.2, T-10 … T-14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from qinghe.kernel.orgs.kinds import BRANCHES, OrgKind
from qinghe.lib.identifiers import age_on
from qinghe.lib.periods import months_after
from qinghe.lib.verdicts import Refused

from .road import title_of

NATION = "中国"
TAKES = frozenset({*BRANCHES, OrgKind.GENERAL_BRANCH, OrgKind.LEAGUE_COMMITTEE, OrgKind.COMMUNITY})
MEGABYTE = 1024 * 1024
HOUR = 4  # quarters


@dataclass(frozen=True)
class Terms:
    """What is asked, as it held on the day of the application."""

    youngest: int = 14
    oldest: int = 28
    contacts: int = 2
    cultivation_months: int = 3
    lesson_hours: int = 8
    needs_volunteer: bool = True
    volunteer_hours: int = 20
    introducers: int = 2
    rest_months: int = 12
    rejoin_months: int = 0
    expelled_months: int = 0


@dataclass(frozen=True)
class Standing:
    """How far somebody has come: the next step, the days of those before it, what is on record."""

    step: int
    state: str = "open"
    days: Mapping[int, date] = field(default_factory=dict)
    awaits: str = "branch"
    until: date | None = None  # the last day of the notice that is up
    quarters: int = 0
    last_lesson: date | None = None
    unanswered: int = 0
    upheld: int = 0
    is_filed: bool = False


def field_of(sector: str) -> str:
    """Return the field an organisation is counted in; where none is written: society (T-08)."""
    return sector or "society"


def check_takes_applicants(*, kind: str) -> None:
    """Refuse an organisation that keeps no roll of members. Raises Refused: not_a_branch."""
    if kind not in TAKES:
        raise Refused(
            "not_a_branch", "入团申请须向团支部提出；这个组织不直接接收团员，没有保存，请另选。"
        )


def check_age(*, birth_date: date | None, on: date, terms: Terms) -> None:
    """Refuse who is too young or too old on the day of the application (rules §1.2, step 1).

    Raises Refused: age_unknown, wrong_age.
    """
    if birth_date is None:
        raise Refused("age_unknown", "没有登记出生日期，不能核对年龄，没有保存；请先补登记。")
    age = age_on(birth_date, on)
    if not terms.youngest <= age < terms.oldest:
        raise Refused(
            "wrong_age",
            f"申请入团须年满{terms.youngest}周岁、未满{terms.oldest}周岁；"
            f"申请当日为{age}周岁，没有保存。",
        )


def check_nationality(nationality: str) -> None:
    """Refuse who is no citizen of the country. Raises Refused: wrong_nationality."""
    if nationality != NATION:
        raise Refused("wrong_nationality", "申请入团的须是中国青年，没有保存；请核对国籍。")


def check_turn(
    standing: Standing, *, number: int, awaits: str, on: date, today: date, terms: Terms
) -> None:
    """Refuse a step that is not next, whose day does not fit, or before which something is lacking.

    Raises Refused: wrong_state, not_next, in_future, wrong_order, not_yet.
    """
    if standing.state != "open":
        raise Refused("wrong_state", "这份申请没有在办理中，没有保存；请刷新后再看。")
    if (standing.step, standing.awaits) != (number, awaits):
        raise Refused(
            "not_next",
            f"现在该办的是第{standing.step}步“{title_of(standing.step)}”，"
            "不能跳过或重办，没有保存；请刷新后再看。",
        )
    if on > today:
        raise Refused("in_future", f"“{title_of(number)}”的日期在今天之后，没有保存，请改正。")
    _check_after(standing, number=number, on=on)
    lacking = why_not_yet(standing, on=on, terms=terms)
    if lacking:
        raise Refused("not_yet", f"{'；'.join(lacking)}。没有保存，条件具备后再办。")


def _check_after(standing: Standing, *, number: int, on: date) -> None:
    before = standing.days.get(number - 1)
    if before is not None and on < before:
        raise Refused(
            "wrong_order",
            f"第{number}步“{title_of(number)}”（{on}）不能早于"
            f"第{number - 1}步“{title_of(number - 1)}”（{before}），没有保存；请核对这两个日期。",
        )


def why_not_yet(standing: Standing, *, on: date, terms: Terms) -> list[str]:
    """Return what the next step still lacks on a day, each in a sentence."""
    if standing.step == 5:
        return _lacking_in_cultivation(standing, on=on, terms=terms)
    if standing.step == 8 and standing.until is not None:
        return _lacking_in_notice(standing, on=on)
    if standing.step == 15 and not standing.is_filed:
        return ["县级以上团委还没有备案，备案后才能归档"]
    return []


def _lacking_in_cultivation(standing: Standing, *, on: date, terms: Terms) -> list[str]:
    lacking = []
    confirmed = standing.days[3]
    ready = months_after(confirmed, months=terms.cultivation_months)
    if on < ready:
        lacking.append(f"培养考察须满{terms.cultivation_months}个月，{confirmed}起算，{ready}期满")
    asked = terms.lesson_hours * HOUR
    if standing.quarters < asked:
        lacking.append(
            f"团课须{terms.lesson_hours}学时，已登记{standing.quarters / HOUR:g}学时，"
            f"还差{(asked - standing.quarters) / HOUR:g}学时"
        )
    return lacking


def _lacking_in_notice(standing: Standing, *, on: date) -> list[str]:
    lacking = []
    if standing.until is not None and on <= standing.until:
        lacking.append(f"公示到{standing.until}，期满后才能办结")
    if standing.unanswered:
        lacking.append(f"还有{standing.unanswered}条异议没有答复")
    if standing.upheld:
        lacking.append("有异议经核实成立，不能继续，请按不予发展办理")
    return lacking


def check_volunteer(*, hours: int, number: str, terms: Terms) -> None:
    """Refuse an applicant who did not serve as is asked here (T-13).

    Raises Refused: not_a_volunteer, too_few_hours.
    """
    if terms.needs_volunteer and not number.strip():
        raise Refused("not_a_volunteer", "须为注册志愿者，请填写注册志愿者编号，没有保存。")
    if hours < terms.volunteer_hours:
        raise Refused(
            "too_few_hours",
            f"志愿服务须满{terms.volunteer_hours}小时，现为{hours}小时，没有保存；"
            "满足后再办，证明请传到附件。",
        )


def check_sponsors(
    people: Sequence[int], *, least: int, most: int, what: str, applicant: int
) -> None:
    """Refuse too few, too many, the same one twice, or the applicant. Raises Refused: wrong_sponsors."""
    if len(set(people)) != len(people):
        raise Refused("wrong_sponsors", f"{what}不能重复选同一个人，没有保存。")
    if applicant in people:
        raise Refused("wrong_sponsors", f"{what}不能是申请人本人，没有保存。")
    if not least <= len(people) <= most:
        asked = f"{most}名" if least == most else f"{least}至{most}名"
        raise Refused("wrong_sponsors", f"{what}须为{asked}正式团员，没有保存；请重新选择。")


def check_lesson(*, on: date, today: date, quarters: int, since: date | None) -> None:
    """Refuse a lesson ahead, before the application, or of no length or more than a day.

    Raises Refused: in_future, wrong_order, wrong_length.
    """
    if on > today:
        raise Refused("in_future", "上课日期在今天之后，没有保存，请改正。")
    if since is not None and on < since:
        raise Refused(
            "wrong_order", f"上课日期（{on}）不能早于提交申请书的日期（{since}），没有保存。"
        )
    if not 1 <= quarters <= 8 * HOUR:
        raise Refused("wrong_length", "一次团课为0.25至8学时，没有保存，请改正。")


def check_days_of_paper(
    *,
    last_lesson: date | None = None,
    wished: date | None = None,
    opinion: date | None = None,
    meeting: date | None = None,
    approval: date | None = None,
) -> None:
    """Refuse days inside the 志愿书 that do not strictly increase (T-11). Raises Refused: wrong_order."""
    told = [
        ("最后一次团课", last_lesson),
        ("入团志愿", wished),
        ("介绍人意见", opinion),
        ("支部大会决议", meeting),
        ("上级审批意见", approval),
    ]
    known = [(name, day) for name, day in told if day is not None]
    for (first, early), (then, late) in pairwise(known):
        if late <= early:
            raise Refused(
                "wrong_order",
                f"{then}（{late}）须晚于{first}（{early}），至少晚一天，没有保存；请核对这两个日期。",
            )


def check_every_vote(
    *, entitled: int, present: int, agreed: int, opposed: int, abstained: int
) -> None:
    """Refuse numbers of a vote that do not add up. Raises Refused: wrong_votes."""
    if present > entitled:
        raise Refused("wrong_votes", "实到人数不能多于应到人数，没有保存，请核对。")
    if agreed + opposed + abstained != present:
        raise Refused(
            "wrong_votes",
            f"赞成、反对、弃权合计{agreed + opposed + abstained}票，与实到{present}人不符，"
            "没有保存，请核对。",
        )


def check_quorum(*, entitled: int, present: int) -> None:
    """Refuse a meeting to which not more than half came (step 11). Raises Refused: no_quorum."""
    if present * 2 <= entitled:
        raise Refused(
            "no_quorum",
            f"应到{entitled}人，实到{present}人，没有超过半数，表决无效，没有保存；"
            "请另行召开支部大会。",
        )


def is_carried(*, entitled: int, agreed: int) -> bool:
    """Test if more than half of those entitled agreed, not only of those present (step 11)."""
    return agreed * 2 > entitled


def check_other_hand(*, by: int, prepared_by: Collection[int | None], applicant: int) -> None:
    """Refuse a decision on what one handed in oneself, or on oneself. Raises Refused: own_hand."""
    if by == applicant:
        raise Refused("own_hand", "不能办理本人的入团申请，没有改动。")
    if by in prepared_by:
        raise Refused("own_hand", "这一步由您报送，须由另一位同志审批，没有改动。")


def check_confirmed_elsewhere(*, is_member: bool, name: str) -> None:
    """Refuse somebody who is a member already. Raises Refused: already_member."""
    if is_member:
        raise Refused("already_member", f"{name}已是团员，不需要再申请，没有保存。")


def check_may_rejoin(*, left_on: date, is_expelled: bool, on: date, terms: Terms) -> None:
    """Refuse who left the League not long enough ago, or was expelled where none such is taken.

    The rule book is silent on it, so both are dated terms; the road is the whole one again.
    Raises Refused: expelled, too_early.
    """
    if is_expelled and not terms.expelled_months:
        raise Refused("expelled", "按现行条件不受理，没有保存；请向团区委了解。")
    months = terms.expelled_months if is_expelled else terms.rejoin_months
    ready = months_after(left_on, months=months)
    if on < ready:
        raise Refused(
            "too_early", f"{left_on}离团，满{months}个月后（{ready}起）可以再申请，没有保存。"
        )


def check_reason(reason: str) -> str:
    """Return a reason, or refuse that there is none. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便本人和日后查对。")
    return reason.strip()


def check_halt(*, state: str, step: int, wanted: Collection[str]) -> None:
    """Refuse to end or pause what has ended, or what admitted somebody already.

    Raises Refused: wrong_state, admitted_already.
    """
    if state not in wanted:
        raise Refused("wrong_state", "这份申请现在的状态不能这样办理，没有改动，请刷新后再看。")
    if step > 12:
        raise Refused("admitted_already", "已经批准入团，不能再终止；请办完余下的步骤。")


def why_lapsed(*, birth_date: date | None, last_day: date, today: date, terms: Terms) -> str | None:
    """Return why a case may be closed as lapsed, or nothing: of age, or at rest for too long."""
    if birth_date is not None and age_on(birth_date, today) >= terms.oldest:
        return f"已满{terms.oldest}周岁"
    if months_after(last_day, months=terms.rest_months) <= today:
        return f"{last_day}以来超过{terms.rest_months}个月没有进展"
    return None


def check_scan(*, name: str, size: int, most_megabytes: int) -> None:
    """Refuse a scan that is no PDF or too large (step 15). Raises Refused: wrong_scan."""
    if not name.lower().endswith(".pdf"):
        raise Refused("wrong_scan", "扫描件须为一个 PDF 文件，没有保存，请转换后再传。")
    if size > most_megabytes * MEGABYTE:
        raise Refused(
            "wrong_scan", f"扫描件超过{most_megabytes}MB，没有保存；请降低扫描精度后再传。"
        )
