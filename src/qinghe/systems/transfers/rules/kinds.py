"""What each kind of transfer asks for (T-61)."""

from datetime import date, timedelta

from qinghe.kernel.orgs import kinds
from qinghe.lib.verdicts import Refused

# Who may hold a branch's roll, and who is only led to from a committee's desk.
ROLLS = kinds.BRANCHES | {kinds.OrgKind.GENERAL_BRANCH}
LEAGUE = (kinds.AREAS - {kinds.OrgKind.DISTRICT}) | kinds.COMMITTEES | ROLLS
LOCAL = frozenset({kinds.Level.STREET, kinds.Level.COMMUNITY})
BOUND = frozenset({"out", "in"})  # kinds whose one end lies outside the district


def check_target(*, kind: str, org_kind: str, level: str, sector: str, name: str) -> None:
    """Refuse an organisation to which this kind does not lead (T-61).

    Raises Refused: no_league, not_a_school, not_local.
    """
    if org_kind not in LEAGUE:
        raise Refused("no_league", f"{name}不管理团员，没有提交；请选团委、团支部或社区、街道。")
    if kind == "study" and sector != kinds.Sector.SCHOOL:
        raise Refused("not_a_school", f"升学须转往学校团组织，{name}不是学校；没有提交，请另选。")
    if kind == "home" and level not in LOCAL:
        raise Refused(
            "not_local",
            f"待业的转往居住地或户籍地的社区、街道团组织，{name}不是；没有提交，请另选。",
        )


def check_takes_placement(*, org_kind: str, name: str) -> None:
    """Refuse to place a member elsewhere than in a branch (T-60). Raises Refused: not_a_branch."""
    if org_kind not in ROLLS:
        raise Refused("not_a_branch", f"{name}不是团支部，没有编入；请选一个团支部或团总支。")


def check_leads_out(*, kind: str, outside: str) -> None:
    """Refuse a way over the district's border that names no other end. Raises Refused: whereto."""
    if kind in BOUND and not outside.strip():
        raise Refused("whereto", "请写明区外团组织的全称，没有提交。")


def check_letter(*, kind: str, letter: str) -> None:
    """Refuse to let a soldier go without the paper letter (T-61). Raises Refused: letter_needed."""
    if kind == "army" and not letter.strip():
        raise Refused("letter_needed", "参军的须开具纸质介绍信，请填写介绍信编号；没有提交。")


def check_term(*, kind: str, term_on: date | None) -> None:
    """Refuse further study of which nobody knows when it begins. Raises Refused: term_needed."""
    if kind == "study" and term_on is None:
        raise Refused("term_needed", "升学的请填写开学日期，没有提交；转接应在开学后30日内办结。")


def study_due(*, kind: str, term_on: date | None, days: int) -> date | None:
    """Return the last day for a transfer to a new school (T-61); nothing for other kinds."""
    if kind != "study" or term_on is None:
        return None
    return term_on + timedelta(days=days)
