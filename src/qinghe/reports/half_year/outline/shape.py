"""What an outline is made of, and which of its sentences an organisation can say."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period

ORGANS: dict[str, str] = {
    OrgKind.STREET: "团工委",
    OrgKind.COMMUNITY: "团总支",
}  # who reports for an area
LEADERS: dict[str, str] = {
    OrgKind.DISTRICT: "区委、区政府",
    OrgKind.STREET: "街道党工委、办事处",
    OrgKind.COMMUNITY: "社区党委",
}
UNDATED = "××××年×月×日"
NAME = re.compile(r"\{([a-z_]+)\}")  # a figure's code is in capitals


@dataclass(frozen=True)
class RunIn:
    """一是…, 二是…: an opening clause and what follows it in the same paragraph."""

    heading: str
    text: str
    below: str | None = None  # what is said below the district instead; empty: nothing is


@dataclass(frozen=True)
class Item:
    """（一）…: a heading and its run-ins."""

    heading: str
    run_ins: tuple[RunIn, ...]


@dataclass(frozen=True)
class Part:
    """一、…: a heading, an opening, and either items or run-ins of its own."""

    heading: str
    opening: str = ""
    run_ins: tuple[RunIn, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A whole report, before its figures."""

    title: tuple[str, ...]
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    signature: str
    date: str
    note: str


@dataclass(frozen=True)
class Names:
    """The proper names of one district; the contact is the office's own and never kept here."""

    organ: str
    full_organ: str
    district: str
    theme: str
    broadcast: str
    honoured_national: str
    honoured_provincial: str
    media: str
    programme: str
    pilot_street: str
    conference_street: str
    school_trust: str
    contact: str
    signed: tuple[tuple[str, date], ...] = ()  # the day of issue of each period's report

    def values(self, *, org: Org, period: Period) -> dict[str, str]:
        """Return every name by its key, with the words for the organisation and the period."""
        return {
            **{key: value for key, value in asdict(self).items() if isinstance(value, str)},
            **self._reporting(org),
            "signed_on": day_in_words(self.signed_on(period)),
            "leaders": LEADERS.get(org.kind, "本单位党组织"),
            "year": str(period.start.year),
            "period": period.label,
            "half": period.label.removeprefix(f"{period.start.year}年"),
            "next_period": period.next().label,
            "next_half": period.next().label.removeprefix(f"{period.next().start.year}年"),
        }

    def signed_on(self, period: Period) -> date | None:
        """Return the day of issue of a period's report, if it is set."""
        return dict(self.signed).get(period.name)

    def _reporting(self, org: Org) -> dict[str, str]:
        """Return who reports, and the word for all that stands below."""
        if org.kind == OrgKind.DISTRICT:
            return {"whole": "全区"}
        organ = f"{org.name}{ORGANS.get(org.kind, '')}"
        whole = f"全{org.get_level_display()}" if org.kind in AREAS else "本单位"
        return {"organ": organ, "full_organ": organ, "whole": whole}


NAMES = Names(
    organ="团区委",
    full_organ="共青团深圳市龙岗区委员会",
    district="龙岗",
    theme="喜迎二十大、永远跟党走、奋进新征程",
    broadcast="五四",
    honoured_national="横岗街道团工委",
    honoured_provincial="坂田街道天安云谷团委",
    media="龙岗青年",
    programme="少年请听好",
    pilot_street="横岗街道",
    conference_street="坂田街道",
    school_trust="梦想图书室",
    contact="（联系人：××，联系方式：××）",
    signed=(("2022H1", date(2022, 7, 4)),),
)


def day_in_words(day: date | None) -> str:
    """Write a day as a document does, or leave room for it."""
    return UNDATED if day is None else periods.day_in_words(day)


def named(text: str, values: Mapping[str, str]) -> str:
    """Put the names in the places that a text leaves for them; figures keep theirs."""
    return NAME.sub(lambda found: values[found[1]], text)


def fitting(outline: Outline, *, org: Org) -> Outline:
    """Return an outline with the sentences that an organisation of this kind can say."""
    if org.kind == OrgKind.DISTRICT:
        return outline
    parts = (
        replace(
            part,
            run_ins=_below(part.run_ins),
            items=tuple(replace(item, run_ins=_below(item.run_ins)) for item in part.items),
        )
        for part in outline.parts
    )
    return replace(outline, parts=tuple(parts))


def _below(run_ins: tuple[RunIn, ...]) -> tuple[RunIn, ...]:
    said = (
        each if each.below is None else RunIn(each.heading, each.below)
        for each in run_ins
        if each.below != ""
    )
    return tuple(said)
