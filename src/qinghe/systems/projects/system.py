from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries
from .access import Act


def _may_attach(actor: Actor, record: object) -> bool:
    part = cast(queries.Part, record)
    return part.state == queries.PartState.TAKEN and actors.may(actor, Act.CARRY, at=part.org)


SYSTEM = System(
    slug="projects",
    label="项目统筹",
    urls="qinghe.systems.projects.urls",
    router=api.router,
    menu=(
        MenuItem("统筹项目", "projects:projects", Act.SEE),
        MenuItem("项目日程", "projects:calendar", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    records=(
        RecordKind("projects.JointProject", "统筹项目", queries.project_lines),
        RecordKind("projects.Part", "项目分工", queries.part_lines),
    ),
    attachable=(Attachable("projects.Part", queries.parts_seen_by, _may_attach),),
    inbox=(
        Queue(
            code="projects.offers",
            label="项目分工",
            state="待承接",
            act=Act.CARRY,
            waiting=queries.offers_waiting_for,
            items=queries.offer_items,
            since="offered_on",
            org="org",
            days=5,
        ),
        Queue(
            code="projects.accepting",
            label="项目分工",
            state="待验收",
            act=Act.LEAD,
            waiting=queries.parts_to_accept,
            items=queries.accepting_items,
            since="submitted_on",
            org="org",
            days=5,
        ),
        Queue(
            code="projects.milestones",
            label="项目节点",
            state="到期未达到",
            act=Act.CARRY,
            waiting=queries.milestones_waiting_for,
            items=queries.milestone_items,
            since="due_on",
            org="org",
            due="due_on",
        ),
    ),
    data=access.DATA,
)
