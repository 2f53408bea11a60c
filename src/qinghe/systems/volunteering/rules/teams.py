"""When a team may be founded, what it owes every year, and what its head must have learnt."""

from datetime import date

from qinghe.lib.periods import months_after
from qinghe.lib.verdicts import Refused

MOST_DEPUTIES = 3  # D: a team is led by few


def check_founders(*, count: int, least: int) -> None:
    """Refuse an application with too few founding members. Raises Refused: too_few_founders."""
    if count < least:
        raise Refused(
            "too_few_founders",
            f"成立队伍须有至少{least}名已注册的发起成员（含负责人），现有{count}名，没有提交；"
            "请补足后再提交。",
        )


def check_answered(*, agreed: int, least: int, head_agreed: bool) -> None:
    """Refuse to agree to a team before enough of those named, and its head, have said yes.

    Raises Refused: too_few_founders, head_unasked.
    """
    if agreed < least:
        raise Refused(
            "too_few_founders",
            f"已同意的发起成员{agreed}名，不足{least}名，没有通过；等其余的人答复后再审核。",
        )
    if not head_agreed:
        raise Refused("head_unasked", "拟任负责人还没有同意，没有通过；等本人答复后再审核。")


def check_one_application(*, waiting: list[str]) -> None:
    """Refuse a second application of one person beside the first. Raises Refused: one_at_a_time."""
    if waiting:
        raise Refused(
            "one_at_a_time",
            f"您申请的{waiting[0]}还没有审核，没有再次提交；请等审核，或先撤回那一件。",
        )


def check_all_registered(*, strangers: list[str]) -> None:
    """Refuse to found anything with who is not on the roll. Raises Refused: not_registered."""
    if strangers:
        raise Refused(
            "not_registered", f"{strangers[0]}不是已注册志愿者，没有提交，请核对发起成员。"
        )


def check_compound(*, kind: str, compound: str, at_community: bool) -> None:
    """Refuse a compound team that names no compound or stands under no community.

    Raises Refused: compound_needed, not_in_community.
    """
    if kind != "compound":
        return
    if not compound.strip():
        raise Refused("compound_needed", "小区志愿服务队须写明小区名称，没有提交。")
    if not at_community:
        raise Refused(
            "not_in_community", "小区志愿服务队须由社区承接，没有提交；请把主组织改为小区所在社区。"
        )


def check_team_notice_over(*, until: date | None, today: date, open_objections: int) -> None:
    """Refuse to found a team before its notice is over or while something is held against it.

    Raises Refused: on_notice, objected.
    """
    if until is None or today <= until:
        shown = f"，公示至{until.isoformat()}" if until else ""
        raise Refused("on_notice", f"公示尚未期满{shown}，期满次日起可以准予成立。")
    if open_objections:
        raise Refused(
            "objected", f"还有{open_objections}条公示异议没有核实，没有改动；请核实后再办理。"
        )


def check_not_own_team(*, decider_id: int, concerned: set[int]) -> None:
    """Refuse who would decide on a team that they lead or asked to lead. Raises Refused: own_team."""
    if decider_id in concerned:
        raise Refused("own_team", "不能审核本人负责或申请的队伍事项，没有改动，请由他人审核。")


def check_may_serve(*, name: str, standing: bool, suspended_on: date | None) -> None:
    """Refuse a session of a team that does not stand, or that may not publish for now.

    Raises Refused: team_not_approved, team_suspended.
    """
    if not standing:
        raise Refused("team_not_approved", f"{name}尚未成立或已注销，请另选队伍。")
    if suspended_on:
        raise Refused(
            "team_suspended",
            f"{name}自{suspended_on.isoformat()}起停止发布活动，没有发布；"
            "请先完成年度确认，或另选队伍。",
        )


def owes_confirmation(*, approved_on: date, year: int) -> bool:
    """Test if a team has to confirm itself for a year: not for the one in which it was founded."""
    return approved_on.year < year


def year_asked(today: date, *, first_month: int, last_month: int) -> int | None:
    """Return the year that teams may confirm today; none outside the window."""
    return today.year if first_month and first_month <= today.month <= last_month else None


def year_due(today: date, *, first_month: int, last_month: int) -> int | None:
    """Return the last year whose window is over; none where nothing is confirmed."""
    if not first_month:
        return None
    return today.year if today.month > last_month else today.year - 1


def check_confirmed_in_time(*, asked: int | None, due: int | None, confirmed: set[int]) -> int:
    """Return the year to confirm: what is overdue first, then this year's while it is asked for.

    Raises Refused: out_of_season.
    """
    for year in (due, asked):
        if year is not None and year not in confirmed:
            return year
    raise Refused("out_of_season", "现在没有需要确认的年度，没有提交；年度确认开放后再办理。")


def credited_since(today: date, *, months: int) -> date:
    """Return the first day whose training still counts for a head."""
    return months_after(today, months=-months)


def check_deputies(*, count: int) -> None:
    """Refuse one deputy too many. Raises Refused: too_many_deputies."""
    if count >= MOST_DEPUTIES:
        raise Refused(
            "too_many_deputies", f"一支队伍至多{MOST_DEPUTIES}名副负责人，没有增加；请先办理卸任。"
        )
