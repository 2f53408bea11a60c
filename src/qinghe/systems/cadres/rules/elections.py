"""How long a committee holds office, and what an election must have (T-05, T-06)."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.lib.periods import check_not_future, months_after
from qinghe.lib.verdicts import Moves, Refused

# Who elects. A 团工委 is appointed (T-01), 团区委 is elected by a congress that the city approves;
# temporary, floating and linking branches have no term (T-07).
ELECTING = frozenset(
    {OrgKind.LEAGUE_COMMITTEE, OrgKind.GENERAL_BRANCH, OrgKind.BRANCH, OrgKind.JOINT_BRANCH}
)
ELECTION_MOVES: Moves = {
    "draft": frozenset({"waiting", "withdrawn"}),
    "waiting": frozenset({"approved", "draft", "withdrawn"}),
    "approved": frozenset(),
    "withdrawn": frozenset(),
}
STANDING: Mapping[str, str] = {"overdue": "已超期", "soon": "即将届满", "running": "任期内"}
# T-05: how many sit on a committee, with or without 常委会.
_SIZES: Mapping[str, tuple[tuple[int, int], ...]] = {
    OrgKind.BRANCH: ((3, 5),),
    OrgKind.JOINT_BRANCH: ((3, 5),),
    OrgKind.GENERAL_BRANCH: ((5, 7),),
    OrgKind.LEAGUE_COMMITTEE: ((7, 9), (15, 21)),
}


class Told(Protocol):
    """An election as it is told."""

    @property
    def org(self) -> "Elects": ...
    @property
    def held_on(self) -> date: ...
    @property
    def entitled(self) -> int: ...
    @property
    def present(self) -> int: ...
    @property
    def votes(self) -> int: ...
    @property
    def years(self) -> int: ...


class Elects(Protocol):
    """What is asked of an organisation that elects."""

    kind: str
    name: str
    sector: str
    opened_on: date
    closed_on: date | None


class Years(Protocol):
    """The numbers of T-06 as they hold on a day."""

    student_years: int
    branch_least: int
    branch_most: int
    committee_least: int
    committee_most: int


class Numbers(Years, Protocol):
    """The numbers that an election is held by."""

    quorum_top: int
    quorum_bottom: int


def check_election(new: Told, *, last: date | None, today: date, terms: Numbers) -> None:
    """Refuse an election that cannot have been so, or that does not count (T-06).

    Raises Refused: no_election, in_future, not_there, not_after, bad_numbers, no_quorum, bad_years.
    """
    org = new.org
    check_elects(kind=org.kind, name=org.name)
    check_not_future(day=new.held_on, today=today, what="选举")
    check_after(day=new.held_on, opened_on=org.opened_on, closed_on=org.closed_on, last=last)
    check_people(entitled=new.entitled, present=new.present, votes=new.votes)
    check_quorum(
        entitled=new.entitled, present=new.present, top=terms.quorum_top, bottom=terms.quorum_bottom
    )
    least, most = years_allowed(kind=org.kind, sector=org.sector, terms=terms)
    check_years(years=new.years, least=least, most=most)


def check_elects(*, kind: str, name: str) -> None:
    """Refuse elections of what does not elect. Raises Refused: no_election."""
    if kind not in ELECTING:
        raise Refused(
            "no_election",
            f"{name}不由选举产生或者没有固定任期，不在这里登记换届，没有保存；请选择团委、团总支或团支部。",
        )


def years_allowed(*, kind: str, sector: str, terms: Years) -> tuple[int, int]:
    """Return how many years a tenure may have at least and at most (T-06).

    A school's branch is a students' one with its single year, or a teachers' one with the years of
    any other branch: whoever records the election says which.
    """
    if kind == OrgKind.LEAGUE_COMMITTEE:
        return terms.committee_least, terms.committee_most
    if kind in (OrgKind.BRANCH, OrgKind.JOINT_BRANCH) and sector == Sector.SCHOOL:
        return terms.student_years, max(terms.student_years, terms.branch_most)
    return terms.branch_least, terms.branch_most


def check_years(*, years: int, least: int, most: int) -> None:
    """Refuse a term that the organisation cannot have. Raises Refused: bad_years."""
    if not least <= years <= most:
        span = f"{least}年" if least == most else f"{least}至{most}年"
        raise Refused("bad_years", f"这类组织每届任期为{span}（T-06），没有保存，请改正。")


def term_end(*, day: date, years: int) -> date:
    """Return the day on which a term that began on a day is over."""
    return months_after(day, months=12 * years)


def warn_day(*, ends_on: date, months: int) -> date:
    """Return the day from which the end of a term is called to mind (T-06)."""
    return months_after(ends_on, months=-months)


def standing_of(*, ends_on: date, warn_on: date, today: date) -> str:
    """Tell how a tenure stands on a day: over, ending soon, or running (T-06)."""
    if ends_on < today:
        return "overdue"
    return "soon" if warn_on <= today else "running"


def check_people(*, entitled: int, present: int, votes: int) -> None:
    """Refuse numbers that cannot be. Raises Refused: bad_numbers."""
    if not 1 <= present <= entitled:
        raise Refused("bad_numbers", "实到人数须至少1人、不多于应到人数，没有保存，请核对。")
    if votes > present:
        raise Refused("bad_numbers", "收回的有效票不能多于实到人数，没有保存，请核对。")


def check_quorum(*, entitled: int, present: int, top: int, bottom: int) -> None:
    """Refuse an election to which too few came. Raises Refused: no_quorum."""
    if present * bottom <= entitled * top:
        raise Refused(
            "no_quorum",
            f"应到{entitled}人，实到{present}人，没有超过{bottom}分之{top}，选举无效，没有保存；"
            "请另行召开会议选举。",
        )


def check_votes(*, votes: int, present: int, percent: int, ballots: int) -> None:
    """Refuse somebody who had too few votes, or more than there were.

    Raises Refused: too_few_votes, bad_numbers.
    """
    if votes > ballots:
        raise Refused("bad_numbers", f"得票不能多于有效票{ballots}张，没有保存，请核对。")
    if votes * 100 <= present * percent:
        raise Refused(
            "too_few_votes", f"得票{votes}张，没有超过实到{present}人的{percent}%，不能当选。"
        )


def check_size(*, kind: str, size: int, reason: str) -> None:
    """Ask why a committee is larger or smaller than it should be (T-05); with a reason it may.

    Raises Refused: nobody_elected, size_question.
    """
    if size < 1:
        raise Refused("nobody_elected", "还没有填写当选人，没有报送。")
    spans = _SIZES[kind]
    if not any(least <= size <= most for least, most in spans) and not reason.strip():
        usual = "或".join(f"{least}至{most}人" for least, most in spans)
        raise Refused(
            "size_question",
            f"换届后委员{size}人，这类组织一般为{usual}（T-05）；人数无误的，请写明原因再报送。",
        )


def least_size(kind: str) -> int:
    """Return how many sit on a committee at least (T-05); nothing for what is appointed."""
    return _SIZES[kind][0][0] if kind in _SIZES else 0


def check_after(*, day: date, opened_on: date, closed_on: date | None, last: date | None) -> None:
    """Refuse an election before its organisation, after its end, or not after the last one.

    Raises Refused: not_there, not_after.
    """
    if day < opened_on or (closed_on is not None and day >= closed_on):
        raise Refused("not_there", "这一天组织还没有成立或者已经撤销，没有保存，请核对日期。")
    if last is not None and day <= last:
        raise Refused(
            "not_after",
            f"上一次换届登记在{last.isoformat()}，新的换届须在这一天之后，没有保存，请核对日期。",
        )


def check_other_hand(*, recorded_by: int, decides: int) -> None:
    """Refuse somebody who would decide what they recorded. Raises Refused: own_record."""
    if recorded_by == decides:
        raise Refused("own_record", "报送人不能自己批复，没有改动；请上级另一位同志办理。")
