"""What the directory decides by itself. Values in, verdicts out."""

from collections.abc import Mapping

from qinghe.kernel.orgs.kinds import BRANCHES, COUNTED, OrgKind
from qinghe.lib.verdicts import Refused

LEAGUE = COUNTED | BRANCHES  # who keeps a roll; temporary branches do, though not counted (T-07)
FEWEST_IN_A_BRANCH = 3  # T-02


def check_nobody_left(*, members: int, name: str) -> None:
    """Refuse to close an organisation that still has members on its roll."""
    if members:
        raise Refused(
            "has_members",
            f"{name}名册上还有{members}名团员，没有撤销；请先把他们转到别的组织或改用合并。",
        )


def check_same_name(*, number: str, known: str, given: str) -> None:
    """Refuse a person number that already belongs to somebody of another name."""
    if known != given:
        raise Refused("other_person", f"人员编号{number}已属于另一人，姓名不符，请核对编号。")


def check_parent_before(
    *, code: str, parent_code: str, line: int, line_of: Mapping[str, int]
) -> None:
    """Refuse a row of a list whose parent in the same list does not come before it.

    Since every parent comes first, no row can stand below itself. `line_of` gives the line of each
    code of the list. Raises Refused: below_itself, parent_comes_later.
    """
    if parent_code == code:
        raise Refused("below_itself", "上级代码不能是本组织自己，请改正。")
    where = line_of.get(parent_code, 0)
    if where > line:
        raise Refused(
            "parent_comes_later",
            f"上级组织{parent_code}写在第{where}行，须排在下级之前；请调整顺序并核对是否互为上下级。",
        )


def check_keeps_roll(*, kind: str, name: str) -> None:
    """Refuse members and cadres where there is no League organisation."""
    if OrgKind(kind) not in LEAGUE:
        raise Refused("not_league", f"{name}不是团组织，没有名册；请选择团委、团支部等团组织。")


def check_successor(*, kind: str, into_kind: str) -> None:
    """Refuse a merger into an organisation of another nature."""
    one, other = OrgKind(kind), OrgKind(into_kind)
    if one != other and not {one, other} <= LEAGUE:
        raise Refused(
            "wrong_successor", f"{one.label}不能并入{other.label}，请选择同类组织作为接收组织。"
        )
