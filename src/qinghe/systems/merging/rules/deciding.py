"""Who may propose and decide a merge: never a way to gain access (demand 15, hitobito #1309)."""

from collections.abc import Collection, Sequence

from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.verdicts import Moves, Refused

MERGE_MOVES: Moves = {"proposed": frozenset({"done", "refused", "withdrawn"})}


def common_code(paths: Collection[str]) -> str:
    """Return the code of the lowest organisation under which all these paths lie."""
    held = [codes_in(path) for path in paths]
    common = ""
    for codes in zip(*held, strict=False):
        if len(set(codes)) > 1:
            break
        common = codes[0]
    return common


def check_reason(reason: str) -> str:
    """Return why, or refuse what tells nothing. Raises Refused: reason_needed."""
    why = " ".join(reason.split())
    if len(why) < 4:
        raise Refused("reason_needed", "请写明理由（4个字以上），说清怎样核实了是不是同一个人。")
    return why


def check_in_sight(places: Sequence[Collection[str]]) -> None:
    """Refuse to merge who stands nowhere: nobody could answer for it. Raises Refused: nowhere."""
    if not all(places):
        raise Refused(
            "nowhere", "其中一份档案不在任何组织的名册、职务或志愿者名单上，没有提请，请先核对。"
        )


def check_stranger(*, by: int, persons: Collection[int]) -> None:
    """Refuse who would merge their own row. Raises Refused: oneself."""
    if by in persons:
        raise Refused("oneself", "不能提请或审批合并自己的档案，请由其他干部办理，没有改动。")


def check_other_eyes(*, proposed_by: int, decided_by: int) -> None:
    """Refuse who would decide what they proposed. Raises Refused: same_eyes."""
    if proposed_by == decided_by:
        raise Refused("same_eyes", "提请和审批不能是同一人，没有改动，请由另一位干部审批。")


def check_open_pair(*, is_open: bool) -> None:
    """Refuse a second proposal about one of two. Raises Refused: already_proposed."""
    if is_open:
        raise Refused("already_proposed", "其中一份档案已有待审批的合并，没有重复提请。")


def name_of_clash(key: str, mine: int, theirs: int) -> str:
    """Return how a choice between two records is written down in a merge."""
    return f"{key}:{mine}:{theirs}"


def check_ends_roles(roles: Sequence[str]) -> None:
    """Refuse a merge that ends roles which the decider may not end. Raises Refused: roles_left."""
    if roles:
        raise Refused(
            "roles_left",
            f"重复档案还担任{'、'.join(roles)}，岗位不随档案转走，您也无权终止，没有合并；"
            "请先由有权的干部或安全管理员终止这些岗位。",
        )
