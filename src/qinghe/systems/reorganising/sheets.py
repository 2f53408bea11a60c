"""Steps of plans, as a workbook brings them in: each line names the draft that it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import queries, rules, services
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.queries import Plan, Step
from qinghe.systems.reorganising.services import NewStep, ReadyStep

Kind = Step.Kind
CODE, TO = "组织代码", "上级或接收组织代码"
HEADINGS = {
    "unknown_plan": "方案编号",
    "bad_code": CODE,
    "code_taken": CODE,
    "unknown_org": CODE,
    "outside_plan": CODE,
    "unknown_target": TO,
    "target_needed": TO,
    "outside_target": TO,
    "new_org_lacks": "组织名称",
    "industry_without_kind": "两新类别",
    "new_org_in_school": "领域",
    "bad_span": "入册日期自",
    "unknown_member": "人员编号",
}
WHERE_TO = frozenset({Kind.OPEN, Kind.MOVE, Kind.MERGE, Kind.MEMBERS})

COLUMNS = (
    Column("plan", "方案编号", cells.whole, hint="方案页上的编号，须是草稿", example="12"),
    Column("kind", "步骤", cells.choice(Kind), hint="按行的次序执行", example="并入"),
    Column("code", CODE, cells.code, hint="新设的填新代码", example="HG-0002"),
    Column("to_code", TO, cells.code, required=False, example="HG-0001"),
    Column("name", "组织名称", cells.text_up_to(80), required=False, hint="新设、更名的填写"),
    Column("org_kind", "类型", cells.choice(OrgKind), required=False, hint="新设的填写"),
    Column("level", "层级", cells.choice(Level), required=False, hint="新设的填写"),
    Column("sector", "领域", cells.choice(Sector), required=False),
    Column("new_org_kind", "两新类别", cells.choice(NewOrgKind), required=False),
    Column("industry", "行业团工委", cells.choice(Industry), required=False),
    Column("posts", "团干部职务", cells.choice(Step.Posts), required=False, hint="并入的填写"),
    Column(
        "number",
        "人员编号",
        cells.text_up_to(20),
        required=False,
        hint="划转团员的每人一行；不填编号和入册日期，即划转全部团员",
    ),
    Column("entered_from", "入册日期自", cells.day, required=False, hint="按届别划转的填写"),
    Column("entered_to", "入册日期至", cells.day, required=False),
)


class Row(NamedTuple):
    """One line of the list of steps."""

    line: int
    plan: int
    kind: str
    code: str
    to_code: str | None
    name: str | None
    org_kind: str | None
    level: str | None
    sector: str | None
    new_org_kind: str | None
    industry: str | None
    posts: str | None
    number: str | None
    entered_from: date | None
    entered_to: date | None


class _Known(NamedTuple):
    """What a whole file was looked up for, in three questions."""

    plans: Mapping[int, Plan]
    orgs: Mapping[str, Org]
    members: Mapping[str, tuple[int, str]]
    opened: set[tuple[int, str]]


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[ReadyStep]:
    """Check the whole file; an organisation may be opened by an earlier line or in the draft."""
    plans = queries.drafts_of(actor, {row.plan for row in rows})
    codes = {_upper(code) for row in rows for code in (row.code, row.to_code or "")}
    known = _Known(
        plans=plans,
        orgs=queries.orgs_coded(actor, codes),
        members=queries.members_numbered(actor, {row.number for row in rows if row.number}),
        opened={
            (plan.pk, step.code)
            for plan in plans.values()
            for step in plan.steps.all()
            if step.kind == Kind.OPEN
        },
    )
    resolved: Resolved[ReadyStep] = Resolved()
    for row in rows:
        try:
            step = _step(row, known)
        except Refused as refusal:
            heading = HEADINGS.get(refusal.code, "")
            resolved.problems.append(Problem(row.line, heading, refusal.reason))
        else:
            resolved.ready.append(ReadyStep(row.plan, step))
            if step.kind == Kind.OPEN:
                known.opened.add((row.plan, step.code))
    return resolved


def _step(row: Row, known: _Known) -> NewStep:
    plan = known.plans.get(row.plan)
    if plan is None:
        raise Refused(
            "unknown_plan", f"没有编号为{row.plan}的草稿，或者不在您的工作范围内，请核对。"
        )
    code, to_code = _upper(row.code), _upper(row.to_code or "")
    if row.kind == Kind.OPEN:
        _check_new(row, code, known)
    else:
        _check_own(plan, code, known)
    if row.kind in WHERE_TO:
        _check_target(plan, to_code, known)
    step = NewStep(
        kind=row.kind,
        code=code,
        to_code=to_code if row.kind in WHERE_TO else "",
        name=row.name or "",
        org_kind=row.org_kind or "",
        level=row.level or "",
        sector=row.sector or "",
        new_org_kind=row.new_org_kind or "",
        industry=row.industry or "",
        posts=row.posts or Step.Posts.END,
    )
    return _with_members(step, row, known) if row.kind == Kind.MEMBERS else step


def _check_new(row: Row, code: str, known: _Known) -> None:
    org_rules.check_code(code)
    rules.check_free(code=code, taken=code in known.orgs or (row.plan, code) in known.opened)
    if not (row.name and row.org_kind and row.level):
        raise Refused("new_org_lacks", "新设的组织须填名称、类型和层级，请补齐。")
    org_rules.check_new_org(
        new_org_kind=row.new_org_kind or "", industry=row.industry or "", sector=row.sector or ""
    )


def _check_own(plan: Plan, code: str, known: _Known) -> None:
    if (plan.pk, code) not in known.opened:
        org = rules.check_known(known.orgs.get(code), code=code)
        rules.check_within(path=org.path, scope=plan.org.path, name=org.name)


def _check_target(plan: Plan, code: str, known: _Known) -> None:
    if not code:
        raise Refused("target_needed", "这类步骤须填上级或接收组织的代码。")
    if (plan.pk, code) in known.opened:
        return
    if code not in known.orgs:
        raise Refused("unknown_target", f"没有代码为{code}的组织，前面的行也没有新设它，请核对。")
    org = known.orgs[code]
    if not org.path.startswith(plan.org.path):
        raise Refused("outside_target", f"{org.name}不在本方案的组织之内，请改选组织。")


def _with_members(step: NewStep, row: Row, known: _Known) -> NewStep:
    if row.number:
        person_id, stands = known.members.get(row.number, (0, ""))
        if stands != step.code:
            raise Refused(
                "unknown_member", f"人员编号{row.number}不在{step.code}的团员名册上，请核对。"
            )
        return replace(step, whom=Step.Whom.LISTED, persons=(person_id,))
    if row.entered_from or row.entered_to:
        rules.check_span(first=row.entered_from, last=row.entered_to, whom=Step.Whom.ENTERED)
        first, last = row.entered_from, row.entered_to
        return replace(step, whom=Step.Whom.ENTERED, entered_from=first, entered_to=last)
    return replace(step, whom=Step.Whom.ALL)


def _upper(code: str) -> str:
    return code.strip().upper()


STEPS = Sheet(
    slug="reorganising.steps",
    label="机构调整步骤",
    act=Act.PLAN,
    page="reorganising:plans",
    stands=lambda step: reverse("reorganising:plan", args=[step.plan_id]),
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.add_many,
    notes=(
        "先在机构调整里拟定方案，再把步骤按执行的次序逐行填写。",
        "把一个组织拆成几个：先逐行新设，再逐行划转团员；同一去向的团员合成一步。",
        "导入后加在草稿末尾，可以预览、调整次序、删除。",
    ),
)

SHEETS = (STEPS,)
