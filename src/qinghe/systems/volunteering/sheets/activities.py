"""A plan of activities: a line is one post at one session; lines alike make one activity."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import TextChoices

from qinghe.edges.sheets import Column, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act

from . import lines


class Minors(TextChoices):
    YES = "yes", "是"
    NO = "no", "否"


COLUMNS = (
    Column("title", "活动名称", cells.text_up_to(120), example="周末公园净滩"),
    Column("org", "主办组织代码", cells.code, example="440307017"),
    Column("kind", "服务类别", cells.choice(queries.ActivityKind), example="环境保护"),
    Column("about", "活动内容", cells.text, example="清理河岸垃圾，劝导文明游园"),
    Column("risks", "风险提示", cells.text_up_to(400), example="临水作业，注意防滑"),
    Column("contact", "咨询联系方式", cells.text_up_to(80), example="王老师 0755-00000000"),
    Column("place", "详细地址", cells.text_up_to(160), example="横岗街道人民公园北门"),
    Column("starts_at", "开始时间", cells.moment, example="2030-05-04 09:00"),
    Column("ends_at", "结束时间", cells.moment, example="2030-05-04 12:00"),
    Column("post", "岗位", cells.text_up_to(40), example="净滩志愿者"),
    Column("capacity", "招募人数", cells.whole, example="30"),
    Column("skills", "技能要求", cells.text_up_to(120), required=False, example="急救"),
    Column("minors", "接受未成年人", cells.choice(Minors), required=False, example="否"),
)
TITLE, ORG, *_ = (column.label for column in COLUMNS)
MOST_PLACES = 5_000


class Row(NamedTuple):
    """One line of the plan."""

    line: int
    title: str
    org: str
    kind: str
    about: str
    risks: str
    contact: str
    place: str
    starts_at: datetime
    ends_at: datetime
    post: str
    capacity: int
    skills: str | None
    minors: str | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyPlan]:
    """Check the whole plan; only what is to come may be planned (V-33)."""
    found = lines.Findings()
    mine = queries.org_ids_where(actor, Act.UPLOAD)
    known = queries.org_codes_taken(actor, {row.org for row in rows} - mine.keys())
    keys = [_key(row) for row in rows]
    twice = lines.repeated(keys)
    taken = queries.posts_planned(actor, [row.title for row in rows])
    ready = []
    for row, key in zip(rows, keys, strict=True):
        lines.check_org(found, line=row.line, column=ORG, code=row.org, mine=mine, known=known)
        if key in twice:
            found.add(row.line, TITLE, "同一场的同一岗位在本文件中重复，请只保留一行。")
        elif key in taken:
            found.add(row.line, TITLE, "这一场的这个岗位已经发布，请删去这一行。")
        _check(found, row, at=at)
        if found.spare(row.line):
            ready.append(_ready(row, org_id=mine[row.org]))
    return Resolved(ready, found.problems)


def _check(found: lines.Findings, row: Row, *, at: datetime) -> None:
    def verdict() -> None:
        rules.check_session(title=row.title, starts_at=row.starts_at, ends_at=row.ends_at)
        rules.check_future(starts_at=row.starts_at, at=at)
        rules.check_told(about=row.about, risks=row.risks, contact=row.contact)
        rules.check_capacity(capacity=row.capacity, taken=0)
        if row.capacity > MOST_PLACES:
            raise Refused("too_many_places", f"一个岗位最多招募{MOST_PLACES}人。")

    found.check(row.line, "", verdict)


def _key(row: Row) -> queries.Planned:
    return queries.Planned(row.org, row.title, row.place, row.starts_at, row.post)


def _ready(row: Row, *, org_id: int) -> services.ReadyPlan:
    return services.ReadyPlan(
        org_id=org_id,
        title=row.title,
        kind=row.kind,
        about=row.about,
        risks=row.risks,
        contact=row.contact,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        post=row.post,
        capacity=row.capacity,
        skills=row.skills or "",
        minors=row.minors == Minors.YES,
    )


ACTIVITIES = Sheet(
    slug="volunteering.activities",
    label="志愿服务活动计划",
    act=Act.UPLOAD,
    page="volunteering:activities",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.plan_many,
    notes=(
        "只收尚未开始的活动；一行是一场的一个岗位，名称、主办、地点相同的各行归为一个活动。",
        "须如实填写风险提示；有人身危险的活动请在页面上单独发布。",
    ),
)
