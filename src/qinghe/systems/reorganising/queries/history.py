"""What has become of one organisation: where it stood, what took it over, by which plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.lib.periods import local_day

from .plans import Plan, State, Step, plans_seen_by

VERBS = {
    "orgs.open_org": "成立",
    "orgs.open_many": "成立（台账导入）",
    "orgs.change_org": "更名、改信息",
    "orgs.move_org": "调整隶属",
    "orgs.merge_org": "并入",
    "orgs.close_org": "撤销",
}
MERGED = "orgs.merge_org"
WAYS = {"from": "原属", "to": "改属", "into": "并入"}
LABELS = {"name": "名称", "sector": "领域", "new_org_kind": "两新类别", "industry": "行业团工委"}


@dataclass(frozen=True)
class Happening:
    """One change of an organisation, as the trail has it: which day it holds from, who, what."""

    on: date
    what: str
    detail: str
    by: str


def changes_of(actor: Actor, org: Org) -> list[Happening]:
    """Return what happened to an organisation and what merged into it, the newest first.

    A plan stands in the signature of each line that it caused.
    """
    entries = audit.entries_about("orgs.Org", org.pk)
    taken_over = {
        other.name: audit.entries_about("orgs.Org", other.pk) for other in org.merged.all()
    }
    names = _names(entries)
    found = [one for entry in entries if (one := _happening(entry, names=names))]
    for name, theirs in taken_over.items():
        found += [
            Happening(one.on, "接收", f"{name}并入", one.by)
            for entry in theirs
            if entry.verb == MERGED and (one := _happening(entry, names={}))
        ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def places_of(actor: Actor, org: Org) -> QuerySet[Placement]:
    """Return under whom an organisation stood, from when until when."""
    return org.placements.select_related("parent").order_by("starts_on")


def plans_about(actor: Actor, org: Org) -> QuerySet[Plan]:
    """Return the plans in sight that were carried out and name an organisation."""
    named = Step.objects.filter(Q(code=org.code) | Q(to_code=org.code))
    return plans_seen_by(actor).filter(state=State.CARRIED_OUT, pk__in=named.values("plan"))


def _names(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the names of the organisations whose codes stand in lines of the trail."""
    codes = {entry.detail[key] for entry in entries for key in WAYS if entry.detail.get(key)}
    return dict(Org.objects.filter(code__in=codes).values_list("code", "name"))


def _happening(entry: Entry, *, names: Mapping[str, str]) -> Happening | None:
    what = VERBS.get(entry.verb)
    if what is None:
        return None
    detail = entry.detail
    on = date.fromisoformat(detail["on"]) if detail.get("on") else local_day(entry.at)
    told = [
        f"{LABELS.get(field, field)}：{was or '无'}→{now or '无'}"
        for field, (was, now) in detail.get("changed", {}).items()
    ]
    ways = ((label, detail[key]) for key, label in WAYS.items() if detail.get(key))
    told += [f"{label}{names.get(code, code)}" for label, code in ways]
    return Happening(on, what, "，".join(told), entry.by)
