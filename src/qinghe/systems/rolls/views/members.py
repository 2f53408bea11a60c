"""A member's file: what it says, opening and correcting it."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import LeagueFile, Membership
from qinghe.systems.rolls import forms, queries, rules, services
from qinghe.systems.rolls.access import Act

from .dues_tables import RateTable
from .tables import ChainTable, FormerStayTable, OwnLeavingTable

NONE = "—"


def member(request: Request, membership_id: int) -> HttpResponse:
    """Show a member's file with the way over the rolls."""
    found = _found(request, membership_id)
    file = queries.file_of(request.actor, found.person)
    return pages.record_page(
        request,
        title=_title(request, found),
        record=found,
        state=_state(request, found, file),
        facts=_facts(request, found, file),
        actions=_actions(request, found, file),
        related=[
            pages.Related(
                "团籍变动", tables.short(ChainTable, queries.chain_of(request.actor, found.person))
            ),
            *_former(request, found),
            pages.Related(
                "每月团费",
                tables.short(RateTable, queries.rates_of(request.actor, found.person)),
            ),
            pages.Related(
                "离团事项",
                tables.short(OwnLeavingTable, queries.leavings_of(request.actor, found.person)),
            ),
        ],
        back=pages.Link("团员名册", reverse("rolls:roll")),
    )


def file_open(request: Request, membership_id: int) -> HttpResponse:
    """Open a member's file."""
    found = _kept(request, membership_id)
    return _file_page(
        request,
        found,
        title="建立团员档案",
        form=forms.FileForm(request.POST or None, initial={"joined_on": found.starts_on}),
        save=services.open_file,
    )


def file_change(request: Request, membership_id: int) -> HttpResponse:
    """Correct a member's file."""
    found = _kept(request, membership_id)
    file = queries.file_of(request.actor, found.person)
    initial = {name: getattr(file, name, None) for name in ("joined_on", "number", "party_on")}
    return _file_page(
        request,
        found,
        title="更正团员档案",
        form=forms.FileForm(request.POST or None, initial=initial),
        save=services.change_file,
    )


def _file_page(
    request: Request,
    found: Membership,
    *,
    title: str,
    form: forms.FileForm,
    save: Callable[..., LeagueFile],
) -> HttpResponse:
    url = reverse("rolls:member", args=[found.pk])

    def do() -> str:
        save(member=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        return url

    name = _title(request, found)
    return pages.act_page(
        request,
        title=f"{title}：{name}",
        note="更正前后的内容都会留在操作记录里。",
        form=form,
        do=do,
        back=pages.Link(name, url),
    )


def _found(request: Request, membership_id: int) -> Membership:
    return get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)


def _kept(request: Request, membership_id: int) -> Membership:
    found = _found(request, membership_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    return found


def _title(request: Request, found: Membership) -> str:
    return levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate())


def _former(request: Request, found: Membership) -> list[pages.Related]:
    rows = queries.former_stays_of(request.actor, found)
    return [pages.Related("此前的团籍", tables.short(FormerStayTable, rows))] if rows else []


def _state(request: Request, found: Membership, file: LeagueFile | None) -> pages.Tag:
    if file and file.left_on:
        how = queries.way_out(request.actor, file, at=found.org)
        return pages.Tag(f"已{how}", pages.Tone.PLAIN)
    if found.ends_on:
        return pages.Tag("已不在本组织名册", pages.Tone.PLAIN)
    if file and file.party_on:
        return pages.Tag("保留团籍", pages.Tone.INFO)
    return pages.Tag("在册", pages.Tone.GOOD)


def _facts(
    request: Request, found: Membership, file: LeagueFile | None
) -> list[tuple[str, pages.Cell | pages.Kept]]:
    person = found.person

    def kept(value: str, column: str) -> pages.Kept:
        return pages.Kept(value, column, of=person, at=found.org)

    facts: list[tuple[str, pages.Cell | pages.Kept]] = [
        ("人员编号", person.number),
        ("性别", kept(person.get_sex_display() or NONE, "people.Person.sex")),
        ("出生日期", kept(_day(person.birth_date), "people.Person.birth_date")),
        ("满28周岁", kept(_of_age(person.birth_date), "people.Person.birth_date")),
        ("所在团组织", found.org.name),
        ("入册日期", found.starts_on.isoformat()),
        ("终止日期", _day(found.ends_on)),
    ]
    if file is None:
        return [*facts, ("团员档案", pages.Tag("缺档案", pages.Tone.LATE))]
    lacks = rules.lacks_number(joined_on=file.joined_on, number=file.number)
    number = file.number or ("缺编号" if lacks else "没有编号（2017年以前入团）")
    facts += [
        ("入团日期", kept(_day(file.joined_on), "people.LeagueFile.joined_on")),
        ("发展团员编号", kept(number, "people.LeagueFile.number")),
        ("入党日期", kept(_day(file.party_on), "people.LeagueFile.party_on")),
    ]
    if file.left_on:
        left = f"{_day(file.left_on)} {queries.way_out(request.actor, file, at=found.org)}"
        facts.append(("离团", kept(left, "people.LeagueFile.left_on")))
    return facts


def _actions(request: Request, found: Membership, file: LeagueFile | None) -> list[pages.Action]:
    if found.ends_on is not None:
        return []
    key, actions = [found.pk], []
    if actors.may(request.actor, Act.KEEP, at=found.org):
        name, label = ("file_change", "更正档案") if file else ("file_open", "建立档案")
        url = reverse(f"rolls:{name}", args=key)
        actions.append(pages.Action(label, url, primary=file is None))
    if actors.may(request.actor, Act.DUES, at=found.org):
        actions.append(pages.Action("核定团费", reverse("rolls:rate_new", args=key)))
        actions.append(pages.Action("提请团费减免", reverse("rolls:reduction_new", args=key)))
    if file and actors.may(request.actor, Act.PROPOSE, at=found.org):
        actions.append(pages.Action("提请退团", reverse("rolls:leaving_resigned", args=key)))
        url = reverse("rolls:leaving_dropped", args=key)
        actions.append(pages.Action("提请自行脱团除名", url))
    if file and actors.may(request.actor, Act.EXPEL, at=found.org):
        actions.append(pages.Action("提请开除团籍", reverse("rolls:expulsion_propose", args=key)))
    return actions


def _of_age(birth_date: date | None) -> str:
    if birth_date is None:
        return NONE
    return rules.birthday(birth_date=birth_date, years=rules.LEAVES_AT).isoformat()


def _day(value: date | None) -> str:
    return value.isoformat() if value else NONE
