"""What the directory decides by itself. Values in, verdicts out."""

from collections.abc import Mapping

from qinghe.kernel.orgs.kinds import LEAGUE, OrgKind
from qinghe.lib.verdicts import Refused

FEWEST_IN_A_BRANCH = 3  # T-02


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
