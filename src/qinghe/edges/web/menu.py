"""The left menu: what the installed systems offer, as far as the actor may go."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from qinghe.edges import system
from qinghe.edges.system import LeagueWork
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from .parts import Link

FIRST_GROUP = "工作台"
WORK, LAST_GROUP = "业务", "管理"  # work stands under the name of the system that does it
INBOX = "待办"
FOLDS = "qinghe_menu"  # the cookie in which static/web/menu.js keeps what a reader opened or folded
_LEAGUE = tuple(str(group) for group in LeagueWork)
FEW = 16  # a menu of so many lines fits on a screen: nothing in it needs to be folded
OF_ONESELF = "dashboard:mine"
# What people have for themselves, in the menu under their name, as far as this house has it.
OWN = (
    ("我的信息", "me:home", ""),
    ("安全设置", "mfa_index", ""),
    ("通知设置", "web:preferences", ""),
    ("工作台数字", "dashboard:figures", "dashboard.see"),
    ("后台任务", "jobs:index", ""),
    ("帮助", "help:home", ""),
)


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """Some lines under one heading, by which they are folded; the first group has none."""

    heading: str
    entries: Sequence[Entry]
    key: str = ""
    open: bool = True


@dataclass(frozen=True)
class _Item:
    """One line that an actor may follow, and the group it stands in."""

    group: str
    key: str
    label: str
    url: str


def groups_for(actor: Actor, *, path: str = "", folds: str = "") -> list[Group]:
    """Return the menu of an actor, with the line marked that `path` lies under.

    A short menu stands open; of a long one the group of the open page does. `folds` is what the
    reader opened or folded by hand, as the cookie says it: "volunteering.-returns".
    """
    items = _items_for(actor)
    here = max((item.url for item in items if path.startswith(item.url)), key=len, default="")
    few, by_hand = len(items) <= FEW, _by_hand(folds)
    groups = [_first_group(items, here=here, path=path)]
    for heading in _headings(items):
        lines = [item for item in items if item.group == heading]
        if not lines:
            continue
        entries = [Entry(item.label, item.url, here=item.url == here) for item in lines]
        key = lines[0].key
        stands_open = any(entry.here for entry in entries) or by_hand.get(key, few)
        groups.append(Group(heading, entries, key=key, open=stands_open))
    return groups


@cache
def address(name: str, urlconf: str) -> str:
    """Return a page's address; it is looked up once, not on every page for every line of the menu."""
    return reverse(name, urlconf)


def first_url(actor: Actor) -> str:
    """Return where an actor's work begins: the first page of the first system, else the inbox.

    Who holds no post has no work here, but what is their own.
    """
    if not actor.holdings:
        with suppress(NoReverseMatch):  # a house without it says that there is no post
            return address(OF_ONESELF, settings.ROOT_URLCONF)
    return groups_for(actor)[0].entries[0].url


def own_links(actor: Actor) -> list[Link]:
    """Return the pages that an actor has about themselves."""
    links = []
    for label, name, act in OWN:
        if not is_open(actor, act):
            continue
        try:
            links.append(Link(label, address(name, settings.ROOT_URLCONF)))
        except NoReverseMatch:
            continue
    return links


def _headings(items: Sequence[_Item]) -> list[str]:
    """Return the headings in the order of the systems; those of 团务 stand together, in their own."""
    between = [item.group for item in items if item.group not in (FIRST_GROUP, LAST_GROUP)]
    first = next((heading for heading in between if heading in _LEAGUE), None)
    found: list[str] = []
    for heading in between:
        if heading == first:
            found += [one for one in _LEAGUE if one in between]
        elif heading not in _LEAGUE:
            found.append(heading)
    return list(dict.fromkeys([*found, LAST_GROUP]))


def _key(group: str, slug: str) -> str:
    """Return by what name the cookie keeps whether a group is folded."""
    if group in _LEAGUE:
        return f"league_{LeagueWork(group).name.lower()}"
    return "house" if group == LAST_GROUP else slug


def _items_for(actor: Actor) -> list[_Item]:
    return [
        _Item(
            group=installed.label if item.group == WORK else item.group,
            key=_key(item.group, installed.slug),
            label=item.label,
            url=address(item.url_name, settings.ROOT_URLCONF),
        )
        for installed in system.INSTALLED
        for item in installed.menu
        if is_open(actor, item.act)
    ]


def _first_group(items: Sequence[_Item], *, here: str, path: str) -> Group:
    entries = [
        Entry(item.label, item.url, here=item.url == here)
        for item in items
        if item.group == FIRST_GROUP
    ]
    inbox = address("web:inbox", settings.ROOT_URLCONF)
    entries.insert(1, Entry(INBOX, inbox, here=path.startswith(inbox)))
    return Group("", entries)


def _by_hand(folds: str) -> dict[str, bool]:
    keys = [key for key in folds.split(".") if key]
    return {key.removeprefix("-"): not key.startswith("-") for key in keys}


def is_open(actor: Actor, act: str | tuple[str, ...]) -> bool:
    """Test if an actor may follow a line of the menu that asks for an act, or for one of several."""
    acts = (act,) if isinstance(act, str) else act
    return any(not one or actors.may_anywhere(actor, one) for one in acts)
