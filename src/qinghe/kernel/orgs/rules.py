"""What the tree of organisations allows. Values in, verdicts out."""

import re
from datetime import date

from qinghe.lib.verdicts import Refused

from . import kinds

# One case only: SQLite compares the start of a path without regard to case.
_CODE = re.compile(r"[0-9A-Z_-]{1,24}")


def check_code(code: str) -> None:
    """Refuse a code that cannot be a step of a path."""
    if not _CODE.fullmatch(code):
        raise Refused(
            "bad_code", "组织代码只能用数字、大写字母、连字符和下划线，不超过24位，请改正。"
        )


def check_place(*, kind: str, level: str, parent_kind: str | None) -> None:
    """Refuse an organisation where its kind may not stand (T-01)."""
    place = kinds.PLACES[kinds.OrgKind(kind)]
    label = kinds.OrgKind(kind).label
    if parent_kind is None:
        if place.under:
            raise Refused("parent_needed", f"{label}须有上级组织，请选择上级组织。")
    elif kinds.OrgKind(parent_kind) not in place.under:
        above = kinds.OrgKind(parent_kind).label
        raise Refused("wrong_parent", f"{label}不能设在{above}之下，请另选上级组织。")
    if kinds.Level(level) not in place.levels:
        raise Refused("wrong_level", f"{label}不能设为{kinds.Level(level).label}一级。")


def check_no_cycle(*, org_path: str, parent_path: str) -> None:
    """Refuse to place an organisation below itself."""
    if parent_path.startswith(org_path):
        raise Refused("below_itself", "不能把组织移到它自己或它的下级之下，请另选上级组织。")


def check_still_open(*, closed_on: date | None, name: str) -> None:
    """Refuse a change to an organisation that has been closed."""
    if closed_on is not None:
        raise Refused("org_closed", f"{name}已于{closed_on.isoformat()}撤销，不能再变更。")


def check_takes_new(*, closed_on: date | None, name: str) -> None:
    """Refuse new people or work for an organisation that is closed. Raises Refused: org_closed."""
    if closed_on is not None:
        raise Refused("org_closed", f"{name}已于{closed_on.isoformat()}撤销，请另选组织。")


def check_not_before(*, day: date, earliest: date, what: str) -> None:
    """Refuse a change dated before the state that it changes."""
    if day < earliest:
        raise Refused("too_early", f"{what}日期不能早于{earliest.isoformat()}，请改正日期。")


def check_new_org(*, new_org_kind: str, industry: str, sector: str) -> None:
    """Refuse a 两新 mark that contradicts itself (T-09)."""
    if industry and not new_org_kind:
        raise Refused("industry_without_kind", "填了行业团工委，还须选明两新组织类别。")
    if new_org_kind and sector == kinds.Sector.SCHOOL:
        raise Refused("new_org_in_school", "两新组织属社会领域，不能同时标为学校领域。")


def codes_in(path: str) -> list[str]:
    """Return the codes on the way down to an organisation, its own last: /440307/440307017/."""
    return [code for code in path.split("/") if code]


def check_successor(*, kind: str, into_kind: str) -> None:
    """Refuse a merger into an organisation of another nature. Raises Refused: wrong_successor."""
    one, other = kinds.OrgKind(kind), kinds.OrgKind(into_kind)
    if one != other and not {one, other} <= kinds.LEAGUE:
        raise Refused(
            "wrong_successor", f"{one.label}不能并入{other.label}，请选择同类组织作为接收组织。"
        )
