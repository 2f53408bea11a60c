from typing import cast

from django.db.models import Model, QuerySet

from qinghe.edges.inbox import Queue
from qinghe.edges.system import (
    Attachable,
    Concern,
    LeagueWork,
    MenuItem,
    RecordKind,
    System,
    concerns,
)
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.kernel.orgs.models import Org

from . import access, api, facts, indicators, queries
from .access import Act, NumberAct
from .models import Case
from .models.cases import OPEN


def _may_change(actor: Actor, record: Model) -> bool:
    case = cast(queries.Case, record)
    return actors.may(actor, Act.RUN, at=case.org) and case.person_id != actor.person_id


def _open_at(orgs: QuerySet[Org]) -> list[Concern]:
    rows = Case.objects.filter(state__in=OPEN, org__in=orgs)
    return concerns(rows, what="在办的入团申请")


SYSTEM = System(
    slug="joining",
    label="发展团员",
    urls="qinghe.systems.joining.urls",
    router=api.router,
    menu=(
        MenuItem("发展团员", "joining:home", Act.SEE, LeagueWork.JOINING),
        MenuItem("入团申请", "joining:cases", Act.SEE, LeagueWork.JOINING),
        MenuItem("团员编号", "joining:numbers", NumberAct.SEE, LeagueWork.JOINING),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    records=(
        RecordKind("joining.Case", "入团申请", queries.case_lines),
        RecordKind("joining.Step", "发展团员步骤", queries.step_lines),
        RecordKind("joining.Lesson", "团课", queries.lesson_lines),
        RecordKind("joining.GraduatingClass", "毕业班", queries.class_lines),
        RecordKind("joining.Quota", "编号配额", queries.quota_lines),
        RecordKind("joining.Number", "发展团员编号", queries.number_lines),
    ),
    inbox=(
        Queue(
            code="joining.activists",
            label="入团积极分子",
            state="待批准",
            act=Act.APPROVE,
            waiting=queries.activists_waiting,
            items=queries.activist_items,
            since="opened_on",
            org="org",
        ),
        Queue(
            code="joining.previews",
            label="发展对象预审",
            state="待预审",
            act=Act.APPROVE,
            waiting=queries.previews_waiting,
            items=queries.preview_items,
            since="opened_on",
            org="org",
        ),
        Queue(
            code="joining.approvals",
            label="接收新团员",
            state="待审批",
            act=Act.APPROVE,
            waiting=queries.approvals_waiting,
            items=queries.approval_items,
            since="opened_on",
            org="org",
            due="due_on",
        ),
        Queue(
            code="joining.number_requests",
            label="编号申请",
            state="待答复",
            act=NumberAct.HAND,
            waiting=queries.number_requests_waiting_for,
            items=queries.number_request_items,
            since="asked_on",
            org="giver",
            days=7,
        ),
    ),
    attachable=(
        Attachable(model="joining.Case", seen_by=queries.cases_seen_by, may_change=_may_change),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="joining.Case",
            label="入团申请和办理记录",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="团员档案的组成部分；注销后不能识别到个人",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
    concerned_by=_open_at,
)
