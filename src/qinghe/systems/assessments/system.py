from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries
from .access import Act


def _may_change(actor: Actor, record: object) -> bool:
    return queries.may_score(actor, cast(queries.Mark, record).assessment)


def _may_support(actor: Actor, record: object) -> bool:
    return queries.may_support(actor, cast(queries.Objection, record))


SYSTEM = System(
    slug="assessments",
    label="考核评比",
    urls="qinghe.systems.assessments.urls",
    router=api.router,
    menu=(
        MenuItem("考核方案", "assessments:schemes", Act.SEE, LeagueWork.ASSESSING),
        MenuItem("本单位考核", "assessments:own", Act.SELF_SCORE, LeagueWork.ASSESSING),
        MenuItem("考核异议", "assessments:objections", Act.SEE, LeagueWork.ASSESSING),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    records=(
        RecordKind("assessments.Assessment", "考核表", queries.assessment_lines),
        RecordKind("assessments.Mark", "考核项目得分", queries.mark_lines),
    ),
    attachable=(
        Attachable(model="assessments.Mark", seen_by=queries.marks_seen_by, may_change=_may_change),
        Attachable(
            model="assessments.Objection",
            seen_by=queries.objections_seen_by,
            may_change=_may_support,
        ),
    ),
    inbox=(
        Queue(
            code="assessments.self",
            label="考核自评",
            state="待提交",
            act=Act.SELF_SCORE,
            waiting=queries.to_fill,
            items=queries.fill_items,
            since="scheme__published_on",
            org="org",
            due="due_on",
        ),
        Queue(
            code="assessments.review",
            label="考核自评",
            state="待复核",
            act=Act.REVIEW,
            waiting=queries.to_review,
            items=queries.review_items,
            since="due_on",
            org="org",
        ),
        Queue(
            code="assessments.objections",
            label="考核异议",
            state="待答复",
            act=Act.REVIEW,
            waiting=queries.to_answer,
            items=queries.answer_items,
            since="filed_on",
            org="mark__assessment__org",
            due="answer_by",
        ),
    ),
    data=access.DATA,
    earned=queries.earned,
)
