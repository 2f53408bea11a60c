from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet

from qinghe.edges.inbox import Queue
from qinghe.edges.system import (
    Attachable,
    Concern,
    LeagueWork,
    MenuItem,
    RecordKind,
    System,
    Yielding,
    concerns,
)
from qinghe.kernel.access import actors
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.kernel.orgs.models import Org

from . import access, api, facts, indicators, queries, services, sheets
from .access import Act
from .models import Expulsion, Leaving

WAITS = "尚未办结的团籍事项"


def _open_at(orgs: QuerySet[Org]) -> list[Concern]:
    rows = Leaving.objects.filter(state=Leaving.State.PROPOSED, org__in=orgs)
    expelling = Expulsion.objects.filter(state__in=("proposed", "appealed"), org__in=orgs)
    return [
        *concerns(rows, what="待审批的离团事项"),
        *concerns(expelling, what="待审批的处分事项"),
    ]


def _waiting_for(person_ids: Iterable[int]) -> dict[int, str]:
    """Return whose way out waits for a decision; which way it is stays with those who may know."""
    ids = list(person_ids)
    words: dict[int, str] = {}
    for model in (Leaving, Expulsion):
        found = model.objects.filter(person__in=ids, state="proposed")
        words.update(dict.fromkeys(found.values_list("person_id", flat=True), WAITS))
    return words


SYSTEM = System(
    slug="rolls",
    label="团籍",
    urls="qinghe.systems.rolls.urls",
    router=api.router,
    menu=(
        MenuItem("团籍", "rolls:board", Act.SEE, LeagueWork.MEMBERS),
        MenuItem("离团事项", "rolls:leavings", Act.SEE, LeagueWork.MEMBERS),
        MenuItem("团费", "rolls:dues", Act.SEE, LeagueWork.MEMBERS),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("rolls.Leaving", "离团事项", queries.leaving_lines),
        RecordKind("rolls.Expulsion", "开除团籍", queries.expulsion_lines),
        RecordKind("rolls.DuesPayment", "团费", queries.payment_lines),
    ),
    inbox=(
        Queue(
            code="rolls.leavings",
            label="退团和除名",
            state="待审批",
            act=Act.DECIDE,
            waiting=queries.leavings_waiting_for,
            items=queries.leaving_items,
            since="proposed_at",
            org="org",
            days=30,
        ),
        Queue(
            code="rolls.expulsions",
            label="开除团籍和申诉",
            state="待审批",
            act=Act.DECIDE,
            waiting=queries.expulsions_waiting_for,
            items=queries.expulsion_items,
            since="proposed_at",
            org="org",
            days=30,
        ),
        Queue(
            code="rolls.reductions",
            label="团费减免",
            state="待审批",
            act=Act.DECIDE,
            waiting=queries.reductions_waiting_for,
            items=queries.reduction_items,
            since="entered_at",
            org="org",
            days=30,
        ),
    ),
    attachable=(
        Attachable(
            model="rolls.Leaving",
            seen_by=queries.leavings_seen_by,
            may_change=lambda actor, leaving: actors.may(
                actor, Act.PROPOSE, at=cast(queries.Leaving, leaving).org
            ),
        ),
        Attachable(
            model="rolls.Expulsion",
            seen_by=queries.expulsions_seen_by,
            may_change=lambda actor, found: actors.may(
                actor, Act.EXPEL, at=cast(queries.Expulsion, found).org
            ),
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="rolls.Leaving",
            label="离团、退团和除名的办理记录",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="团籍档案的一部分，出具团籍证明和统计的依据",
        ),
        Retention(
            model="rolls.Expulsion",
            label="开除团籍和申诉的办理记录",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="处分决定和申诉复议的依据，随团籍档案保存",
        ),
        Retention(
            model="rolls.DuesPayment",
            label="团费核定和交纳的登记",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="团费收缴公示和自行脱团认定的依据；不含收入",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
    concerned_by=_open_at,
    moves_off=_waiting_for,
    yields=(
        Yielding(
            key="rolls.DuesPayment.person",
            tell=queries.payments_told,
            give_way=services.give_way_dues,
        ),
        Yielding(
            key="rolls.Leaving.person",
            tell=queries.leavings_told,
            give_way=services.give_way_leaving,
        ),
    ),
)
