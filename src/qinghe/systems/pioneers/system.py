from typing import cast

from django.db.models import Model

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries, services, sheets
from .access import Act


def _may_add_files(actor: Actor, record: Model) -> bool:
    ceremony = cast(queries.Ceremony, record)
    is_open = ceremony.state in (queries.CeremonyState.DRAFT, queries.CeremonyState.SENT_BACK)
    return is_open and actors.may(actor, Act.REGISTER, at=ceremony.org)


SYSTEM = System(
    slug="pioneers",
    label="少先队",
    urls="qinghe.systems.pioneers.urls",
    router=api.router,
    menu=(
        MenuItem("少先队", "pioneers:board", Act.SEE),
        MenuItem("入团教育、入队仪式", "pioneers:ceremonies", Act.SEE),
        MenuItem("红领巾奖章", "pioneers:badge_board", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("pioneers.Ceremony", "入团教育和入队仪式", queries.ceremony_lines),
        RecordKind("pioneers.Nomination", "红领巾奖章申报", queries.nomination_lines),
        RecordKind("pioneers.Slate", "红领巾奖章申报表", queries.slate_lines),
    ),
    inbox=(
        Queue(
            code="pioneers.ceremonies",
            label="入团教育、入队仪式",
            state="待审核",
            act=Act.REVIEW,
            waiting=queries.ceremonies_waiting_for,
            items=queries.ceremony_items,
            since="submitted_on",
            org="org",
            days=10,
        ),
        Queue(
            code="pioneers.slates",
            label="红领巾奖章申报",
            state="待评审",
            act=Act.JUDGE,
            waiting=queries.slates_waiting_for,
            items=queries.slate_items,
            since="submitted_on",
            org="org",
            days=20,
        ),
    ),
    attachable=(
        Attachable(
            model="pioneers.Ceremony",
            seen_by=queries.ceremonies_seen_by,
            may_change=_may_add_files,
        ),
    ),
    data=access.DATA,
    retention=services.RETENTION,
)
