"""Elections and secondments as workbooks bring them in: what was agreed on paper before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import queries, rules, services
from qinghe.systems.cadres.access import Act


class ElectionRow(NamedTuple):
    """One line of the ledger of elections."""

    line: int
    org: str
    held_on: date
    entitled: int
    present: int
    votes: int
    years: int
    notes: str | None


class SecondmentRow(NamedTuple):
    """One line of the ledger of secondments."""

    line: int
    number: str
    name: str
    home: str
    host: str
    service: str
    title: str
    task: str
    starts_on: date
    ends_on: date


def resolve_elections(
    actor: Actor, rows: Sequence[ElectionRow], at: datetime
) -> Resolved[services.NewElection]:
    """Check the whole file; the tenures that run are asked for once."""
    codes = {row.org for row in rows}
    orgs = {one.code: one for one in queries.orgs_below_approver(actor) if one.code in codes}
    current = queries.current_of(actor, [one.pk for one in orgs.values()])
    terms = queries.terms_of_days(actor, {row.held_on for row in rows})
    times = Counter(row.org for row in rows)
    resolved: Resolved[services.NewElection] = Resolved()
    for row in rows:
        org = orgs.get(row.org)
        try:
            if org is None:
                raise Refused("unknown_org", f"{row.org}不是由您批复换届的组织，请核对。")
            if times[row.org] > 1:
                raise Refused(
                    "twice_in_file", "一个组织在一个文件里只写一行；更早的届次请先单独导入。"
                )
            new = services.NewElection(
                org=org,
                held_on=row.held_on,
                entitled=row.entitled,
                present=row.present,
                votes=row.votes,
                years=row.years,
                notes=row.notes or "",
            )
            last = current.get(org.pk)
            rules.check_election(
                new,
                last=last.held_on if last else None,
                today=local_day(at),
                terms=terms[row.held_on],
            )
        except Refused as refusal:
            resolved.problems.append(Problem(row.line, "", refusal.reason))
        else:
            resolved.ready.append(new)
    return resolved


def resolve_secondments(
    actor: Actor, rows: Sequence[SecondmentRow], at: datetime
) -> Resolved[services.NewSecondment]:
    """Check the whole file; people and organisations are asked for once."""
    people = queries.people_numbered(actor, [row.number for row in rows])
    orgs = queries.sides_coded(actor, {code for row in rows for code in (row.home, row.host)})
    seen = Counter((row.number, row.host) for row in rows)
    resolved: Resolved[services.NewSecondment] = Resolved()
    for row in rows:
        person, home, host = people.get(row.number), orgs.get(row.home), orgs.get(row.host)
        try:
            if person is None or person.name != row.name:
                raise Refused("unknown_person", "没有找到编号和姓名相符的人员，请核对。")
            if home is None or host is None:
                raise Refused(
                    "unknown_org", "派出或接收单位不存在，或者不在您的工作范围内，请核对代码。"
                )
            if seen[row.number, row.host] > 1:
                raise Refused("twice_in_file", "同一人到同一单位写了两行，请只保留一行。")
            new = services.NewSecondment(
                person=person,
                home=home,
                host=host,
                service=row.service,
                title=row.title,
                task=row.task,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
            rules.check_span(starts_on=new.starts_on, ends_on=new.ends_on)
            queries.check_can_send(actor, person, home=home, host=host)
        except Refused as refusal:
            resolved.problems.append(Problem(row.line, "", refusal.reason))
        else:
            resolved.ready.append(new)
    return resolved


ELECTIONS = Sheet(
    slug="cadres.elections",
    label="换届台账",
    act=Act.APPROVE_ELECTION,
    page="cadres:elections",
    columns=(
        Column("org", "组织代码", cells.code, example="440307017901-T1", read="org__code"),
        Column("held_on", "选举日期", cells.day, example="2021-05-20", read="held_on"),
        Column("entitled", "应到", cells.whole, example="20", read="entitled"),
        Column("present", "实到", cells.whole, example="18", read="present"),
        Column("votes", "有效票", cells.whole, example="18", read="votes"),
        Column("years", "任期（年）", cells.whole, example="3", read="years"),
        Column("notes", "选举情况", cells.text_up_to(1000), required=False, read="notes"),
    ),
    row=ElectionRow,
    resolve=resolve_elections,
    write=services.record_many,
    notes=(
        "只导入已经批复的换届，一个组织一行；届满日期由系统计算（T-06）。",
        "任职以团干部台账为准，导入换届不改动任职。",
    ),
    out=Outward(
        lines=lambda rows: rows.filter(state=queries.ElectionState.APPROVED, ended_on=None),
        left_out="没有批复的和已经届终的不在导入模板的范围内。",
    ),
)
SECONDMENTS = Sheet(
    slug="cadres.secondments",
    label="互兼互挂台账",
    act=Act.SECOND,
    page="cadres:secondments",
    columns=(
        Column("number", "人员编号", cells.code, example="G000001", read="person__number"),
        Column(
            "name",
            "姓名",
            cells.text_up_to(60),
            example="张三",
            read="person__name",
            about="people.Person.name",
        ),
        Column("home", "派出单位代码", cells.code, example="LG-0001", read="home__code"),
        Column("host", "接收单位代码", cells.code, example="LG-0002", read="host__code"),
        Column(
            "service",
            "方式",
            cells.choice(queries.SecondmentService),
            example="挂职",
            read="get_service_display",
        ),
        Column("title", "职务", cells.text_up_to(40), example="副书记（挂职）", read="title"),
        Column("task", "任务", cells.text_up_to(400), example="联系两新组织团建", read="task"),
        Column("starts_on", "起始日期", cells.day, example="2022-03-01", read="starts_on"),
        Column("ends_on", "期满日期", cells.day, example="2023-02-28", read="ends_on"),
    ),
    row=SecondmentRow,
    resolve=resolve_secondments,
    write=services.record_running,
    notes=("只导入两个单位已经书面同意、都在您工作范围内的；到了起始日期的，任职同时登记。",),
    out=Outward(
        lines=lambda rows: rows.filter(state=queries.SecondmentState.RUNNING),
        left_out="没有到岗和已经结束的不在导入模板的范围内。",
        person="person",
    ),
)
SHEETS = (ELECTIONS, SECONDMENTS)
