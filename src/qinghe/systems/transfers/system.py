from collections.abc import Iterable

from django.db.models import QuerySet

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
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.kernel.orgs.models import Org

from . import access, api, facts, indicators, queries, sheets
from .access import Act
from .models import OPEN, WAITING, Transfer


def _open_at(orgs: QuerySet[Org]) -> list[Concern]:
    rows = Transfer.objects.filter(state__in=OPEN, desk__in=orgs)
    return concerns(rows, what="在办的组织关系转接", at="desk")


def _on_the_way(person_ids: Iterable[int]) -> dict[int, str]:
    """Return who is on the way to another roll; a draft or what was returned has to be sent first."""
    sent = Transfer.objects.filter(person__in=list(person_ids), state__in=WAITING)
    return dict.fromkeys(sent.values_list("person_id", flat=True), "一件正在办理的组织关系转接")


SYSTEM = System(
    slug="transfers",
    label="组织关系转接",
    urls="qinghe.systems.transfers.urls",
    router=api.router,
    menu=(
        MenuItem("关系转接", "transfers:transfers", Act.SEE, LeagueWork.MEMBERS),
        MenuItem("转接概况", "transfers:board", Act.SEE, LeagueWork.MEMBERS),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("transfers.Transfer", "组织关系转接", queries.transfer_lines),
        RecordKind("transfers.AbroadStay", "出国（境）学习", queries.stay_lines),
    ),
    inbox=(
        Queue(
            code="transfers.out",
            label="转出的组织关系",
            state="待转出方办理",
            act=Act.SEND,
            waiting=queries.going_out_for,
            items=queries.out_items,
            since="moved_on",
            org="desk",
            due="due_on",
        ),
        Queue(
            code="transfers.in",
            label="转入的组织关系",
            state="待转入方办理",
            act=Act.RECEIVE,
            waiting=queries.coming_in_for,
            items=queries.in_items,
            since="moved_on",
            org="desk",
            due="due_on",
        ),
    ),
    attachable=(
        Attachable(
            model="transfers.Transfer",
            seen_by=queries.transfers_seen_by,
            may_change=queries.may_attach,
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="transfers.Transfer",
            label="组织关系转接",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="团籍变动的依据，随团员档案保存",
        ),
        Retention(
            model="transfers.AbroadStay",
            label="出国（境）学习登记",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="保留团籍的依据，随团员档案保存",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
    concerned_by=_open_at,
    moves_off=_on_the_way,
)
