"""What is true of a unit."""

from qinghe.kernel.orgs.kinds import Industry, NewOrgKind, OrgKind
from qinghe.lib.verdicts import Refused


def check_place(*, kind: str, name: str) -> None:
    """Refuse a unit that lies in no street or community. Raises Refused: wrong_place."""
    if kind not in {OrgKind.STREET, OrgKind.COMMUNITY}:
        raise Refused("wrong_place", f"单位要登记在街道或社区，{name}不是，没有保存；请另选。")


def check_numbers(*, employees: int, youths: int, members: int) -> None:
    """Refuse more young people or League members than people. Raises Refused: too_many."""
    if youths > employees:
        raise Refused("too_many", "35岁及以下人数不能多于从业人数，没有保存，请改正。")
    if members > employees:
        raise Refused("too_many", "团员数不能多于从业人数，没有保存，请改正。")


def check_leads(*, industry: str, kind: str, is_internet: bool) -> None:
    """Refuse an industry committee that cannot lead such a unit (T-09). Raises Refused: wrong_industry."""
    if industry == Industry.INTERNET and not is_internet:
        raise Refused("wrong_industry", "互联网行业团工委只牵引互联网行业单位，没有保存，请核对。")
    if industry == Industry.SOCIAL and kind != NewOrgKind.SOCIAL_ORGANIZATION:
        raise Refused("wrong_industry", "社会组织团工委只牵引社会组织，没有保存，请核对。")
    if industry == Industry.NONPUBLIC and kind != NewOrgKind.NONPUBLIC_ENTERPRISE:
        raise Refused("wrong_industry", "非公经济组织团工委只牵引非公企业，没有保存，请核对。")


def check_another(*, decides: int, others: tuple[int | None, ...]) -> None:
    """Refuse who decides about what they asked for or agreed to. Raises Refused: own_application."""
    if decides in others:
        raise Refused(
            "own_application", "提出或同意这项申请的人不能再批准它，没有改动；请由另一位同事办理。"
        )
