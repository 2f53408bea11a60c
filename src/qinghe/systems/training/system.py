from datetime import datetime
from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.kernel.people.models import Person

from . import access, api, facts, indicators, queries, services, sheets
from .access import Act


def _let_go(person: Person, purpose: str, at: datetime, by: Actor) -> None:
    if purpose in (Purpose.TRAINING, Purpose.CHILD):
        services.let_go(person=person, at=at, by=by)


SYSTEM = System(
    slug="training",
    label="培训与宣讲",
    urls="qinghe.systems.training.urls",
    router=api.router,
    menu=(
        MenuItem("培训与宣讲", "training:board", Act.SEE),
        MenuItem("班次", "training:classes", Act.SEE),
        MenuItem("宣讲预约", "training:lectures", Act.SEE),
        MenuItem("线上期次", "training:webcasts", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("training.Class", "班次", queries.class_lines),
        RecordKind("training.Enrolment", "到课", queries.enrolment_lines),
        RecordKind("training.Completion", "结业证书", queries.completion_lines),
        RecordKind("training.Lecture", "宣讲", queries.lecture_lines),
        RecordKind("training.Lecturer", "讲师", queries.lecturer_lines),
        RecordKind("training.Webcast", "线上期次", queries.webcast_lines),
    ),
    inbox=(
        Queue(
            code="training.lectures",
            label="宣讲预约",
            state="待答复",
            act=Act.SEND,
            waiting=queries.lectures_waiting_for,
            items=queries.lecture_items,
            since="asked_on",
            org="host",
            days=7,
        ),
        Queue(
            code="training.rolls",
            label="班次点名",
            state="待点名",
            act=Act.ENROL,
            waiting=queries.classes_waiting_for,
            items=queries.class_items,
            since="ends_at",
            org="org",
            days=7,
        ),
    ),
    attachable=(
        Attachable(
            model="training.Webcast",
            seen_by=queries.webcasts_seen_by,
            may_change=lambda actor, webcast: actors.may(
                actor, Act.RUN, at=cast(queries.Webcast, webcast).org
            ),
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="training.Enrolment",
            label="培训报名、到课和考核",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="出具结业证书和统计的依据；注销后不能识别到个人",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
    on_withdrawn=_let_go,
)
