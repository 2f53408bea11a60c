"""What a plan to reorganise may be, and which state may follow which."""

from datetime import date
from typing import TypeVar

from qinghe.lib.verdicts import Moves, Refused

Known = TypeVar("Known")

PLAN_MOVES: Moves = {
    "draft": frozenset({"submitted", "withdrawn"}),
    "submitted": frozenset({"approved", "refused", "withdrawn"}),
    "approved": frozenset({"carried_out", "refused", "withdrawn"}),
}
MOST_STEPS = 300
FEWEST, MOST = 3, 50  # members of a branch: T-02, T-04
STANDING = frozenset({"branch"})  # T-04: who is fewer joins a joint branch
BRANCHES = STANDING | {"joint_branch"}


def check_draft(*, state: str) -> None:
    """Refuse to change what is on its way or over. Raises Refused: wrong_state."""
    if state != "draft":
        raise Refused("wrong_state", "只有草稿可以修改，没有改动；需要调整的，请撤回后另存为草稿。")


def check_day(*, on: date, today: date) -> None:
    """Refuse a day that is over: what happened under the old tree stays there.

    Raises Refused: day_passed.
    """
    if on < today:
        raise Refused(
            "day_passed",
            f"生效日期{on.isoformat()}已过，没有办理；请改为今天或以后的日期。",
        )


def check_steps(*, count: int) -> None:
    """Refuse a plan that does nothing, or too much for one act. Raises Refused: no_steps, too_many."""
    if not count:
        raise Refused("no_steps", "方案里还没有步骤，没有提交；请先添加步骤。")
    if count > MOST_STEPS:
        raise Refused(
            "too_many", f"一个方案最多{MOST_STEPS}步，没有保存；请分成几个方案，按次序办理。"
        )


def check_other_eyes(*, decider: int, hands: frozenset[int]) -> None:
    """Refuse to decide on a plan of one's own. Raises Refused: own_plan."""
    if decider in hands:
        raise Refused("own_plan", "方案由您拟定或提交，须由另一位干部审批；没有改动。")


def check_why(why: str) -> str:
    """Return why a plan ends, or refuse an end without a word. Raises Refused: reason_needed."""
    words = why.strip()
    if not words:
        raise Refused("reason_needed", "请写明原因，方便拟定人修改；没有改动。")
    return words


def check_within(*, path: str, scope: str, name: str) -> None:
    """Refuse to touch what does not stand below the organisation whose plan it is.

    Raises Refused: outside_plan.
    """
    if path == scope or not path.startswith(scope):
        raise Refused("outside_plan", f"{name}不在本方案的组织之下，不能列入；请改选组织。")


def check_target(*, path: str, scope: str, name: str) -> None:
    """Refuse a parent or a receiver outside of whose plan it is. Raises Refused: outside_plan."""
    if not path.startswith(scope):
        raise Refused("outside_plan", f"{name}不在本方案的组织之内，不能列入；请改选组织。")


def check_known(org: Known | None, *, code: str) -> Known:
    """Return an organisation that a step names, or refuse a code without one.

    Raises Refused: unknown_org.
    """
    if org is None:
        raise Refused(
            "unknown_org",
            f"没有代码为{code}的组织，方案前面的步骤也没有新设它；没有保存，请核对。",
        )
    return org


def check_free(*, code: str, taken: bool) -> None:
    """Refuse to open what there is already. Raises Refused: code_taken."""
    if taken:
        raise Refused("code_taken", f"组织代码{code}已被使用，请换一个代码；没有保存。")


def check_members(*, listed: int, found: int, name: str) -> None:
    """Refuse a step that would move somebody else than it names.

    Raises Refused: nobody_named, not_on_this_roll.
    """
    if not found and not listed:
        raise Refused("nobody_named", f"{name}名册上没有符合条件的团员，没有人可以划转。")
    if listed > found:
        raise Refused(
            "not_on_this_roll",
            f"指定的{listed}名团员中有{listed - found}名已不在{name}的名册上，请重新指定。",
        )


def check_span(*, first: date | None, last: date | None, whom: str) -> None:
    """Refuse a rule of entry days that has not both, or has them where there is none.

    Raises Refused: bad_span.
    """
    if whom == "entered" and (first is None or last is None or last < first):
        raise Refused("bad_span", "请填写入册日期的起止，止日不早于起日；没有保存。")


def advice_on(*, kind: str, members: int) -> str:
    """Say what the Constitution thinks of so many members in a branch; nothing if it fits."""
    if kind in STANDING and members < FEWEST:
        return f"调整后只有{members}名团员，不足{FEWEST}名的应编入联合团支部（T-02、T-04）"
    if kind in BRANCHES and members > MOST:
        return f"调整后有{members}名团员，一般不超过{MOST}名（T-04）"
    return ""


def check_waiting(*, state: str) -> None:
    """Refuse to decide on what does not wait for it. Raises Refused: wrong_state."""
    if state != "submitted":
        raise Refused("wrong_state", "这个方案不在待审批的状态，没有改动，请刷新后再看。")
