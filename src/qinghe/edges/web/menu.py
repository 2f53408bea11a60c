"""The left menu: what the installed systems offer, as far as the actor may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from qinghe.edges import system
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from .parts import Link

FIRST_GROUP = "工作台"
WORK, LAST_GROUP = "业务", "管理"  # work stands under the name of the system that does it
INBOX = "待办"
# What everybody has for themselves, in the menu under their name, as far as this house has it.
OWN = (
    ("我的信息", "me:home"),
    ("安全设置", "mfa_index"),
    ("通知设置", "web:preferences"),
    ("后台任务", "jobs:index"),
    ("帮助", "help:home"),
)


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """Some lines under one heading; the first group needs none."""

    heading: str
    entries: Sequence[Entry]


def groups_for(actor: Actor, *, path: str = "") -> list[Group]:
    """Return the menu of an actor, with the line marked that `path` lies under."""
    items = [
        (
            installed.label if item.group == WORK else item.group,
            item.label,
            address(item.url_name, settings.ROOT_URLCONF),
        )
        for installed in system.INSTALLED
        for item in installed.menu
        if _is_open(actor, item.act)
    ]
    here = max((url for _, _, url in items if path.startswith(url)), key=len, default="")
    between = [group for group, _, _ in items if group not in (FIRST_GROUP, LAST_GROUP)]
    groups = []
    for heading in dict.fromkeys([FIRST_GROUP, *between, LAST_GROUP]):
        entries = [
            Entry(label, url, here=url == here) for group, label, url in items if group == heading
        ]
        if heading == FIRST_GROUP:
            inbox = address("web:inbox", settings.ROOT_URLCONF)
            entries.insert(1, Entry(INBOX, inbox, here=path.startswith(inbox)))
        if entries:
            groups.append(Group("" if heading == FIRST_GROUP else heading, entries))
    return groups


@cache
def address(name: str, urlconf: str) -> str:
    """Return a page's address; it is looked up once, not on every page for every line of the menu."""
    return reverse(name, urlconf)


def first_url(actor: Actor) -> str:
    """Return where an actor's work begins: the first page of the first system, else the inbox."""
    return groups_for(actor)[0].entries[0].url


def own_links() -> list[Link]:
    """Return the pages that everybody has about themselves."""
    links = []
    for label, name in OWN:
        try:
            links.append(Link(label, address(name, settings.ROOT_URLCONF)))
        except NoReverseMatch:
            continue
    return links


def _is_open(actor: Actor, act: str | tuple[str, ...]) -> bool:
    acts = (act,) if isinstance(act, str) else act
    return any(not one or actors.may_anywhere(actor, one) for one in acts)
