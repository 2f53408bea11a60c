"""Which pages the manual has, and for whom each is written."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the manual, for one kind of user; `roles` are the posts it is opened for."""

    slug: str
    template: str
    title: str
    summary: str
    roles: frozenset[str]


def _page(slug: str, template: str, title: str, summary: str, *roles: str) -> Page:
    return Page(slug, template, title, summary, frozenset(roles))


PAGES = (
    _page(
        "officer",
        "help/pages/officer.html",
        "团区委干部",
        "看全区、追数字、写总结、任命街道书记",
        "district_officer",
    ),
    _page(
        "street",
        "help/pages/street.html",
        "街道团工委书记",
        "看本街道、审核、催办、邀请社区书记",
        "street_secretary",
    ),
    _page(
        "secretary",
        "help/pages/secretary.html",
        "社区、学校、企业团组织书记",
        "一分钟办完：名册、队伍、活动、导入",
        "community_secretary",
        "school_secretary",
        "enterprise_secretary",
        "branch_secretary",
    ),
    _page(
        "leader",
        "help/pages/leader.html",
        "志愿队伍负责人",
        "今天的活动、签到、签退",
        "team_leader",
    ),
    _page(
        "youth",
        "help/pages/youth.html",
        "青年和志愿者",
        "自己登记、看时长、管好自己的信息",
        "volunteer",
    ),
    _page(
        "service",
        "help/pages/service.html",
        "热线、督导、巡查和其他岗位",
        "进入、待办和保密要求",
        "hotline_agent",
        "counsellor",
        "supervisor",
        "inspector",
        "judge",
        "employer",
        "mentor",
    ),
    _page(
        "administrators",
        "help/pages/administrators.html",
        "系统、安全、审计管理员",
        "账号、授权、审计各管一段",
        "sysadmin",
        "secadmin",
        "auditor",
    ),
)


def page_of(slug: str) -> Page | None:
    """Return the page with this slug."""
    return next((page for page in PAGES if page.slug == slug), None)


def pages_for(roles: Collection[str]) -> list[Page]:
    """Return the pages, those written for these roles first."""
    return sorted(PAGES, key=lambda page: not page.roles & set(roles))
