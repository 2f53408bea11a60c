"""The left menu: what the installed systems offer, as far as the actor may go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from qinghe.edges import system
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

FIRST_GROUP = "工作台"
GROUPS = (FIRST_GROUP, "业务", "管理")


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
        (item.group, item.label, reverse(item.url_name))
        for installed in system.INSTALLED
        for item in installed.menu
        if not item.act or actors.may_anywhere(actor, item.act)
    ]
    here = max((url for _, _, url in items if path.startswith(url)), key=len, default="")
    known = [*GROUPS, *(group for group, _, _ in items if group not in GROUPS)]
    groups = []
    for heading in dict.fromkeys(known):
        entries = [
            Entry(label, url, here=url == here) for group, label, url in items if group == heading
        ]
        if entries:
            groups.append(Group("" if heading == FIRST_GROUP else heading, entries))
    return groups


def first_url(actor: Actor) -> str | None:
    """Return where an actor's work begins, or nothing for one who has no page yet."""
    groups = groups_for(actor)
    return groups[0].entries[0].url if groups else None
