from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.consent.retention import Action, Retention

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SYSTEM = System(
    slug="cadres",
    label="团干部",
    urls="qinghe.systems.cadres.urls",
    router=api.router,
    menu=(
        MenuItem("团干部队伍", "cadres:board", Act.SEE, LeagueWork.CADRES),
        MenuItem("换届", "cadres:tenures", Act.SEE, LeagueWork.CADRES),
        MenuItem("互兼互挂", "cadres:secondments", Act.SEE, LeagueWork.CADRES),
        MenuItem("储备库", "cadres:reserve", Act.SEE_RESERVE, LeagueWork.CADRES),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("cadres.Election", "换届", queries.election_lines),
        RecordKind("cadres.Candidate", "储备人选", queries.candidate_lines),
        RecordKind("cadres.Secondment", "互兼互挂", queries.secondment_lines),
        RecordKind("cadres.Achievement", "实绩", queries.achievement_lines),
    ),
    inbox=(
        Queue(
            code="cadres.tenures",
            label="换届",
            state="即将届满或已超期",
            act=Act.HOLD_ELECTION,
            waiting=queries.tenures_due_for,
            items=queries.due_items,
            since="warn_on",
            org="org",
            due="term_ends_on",
        ),
        Queue(
            code="cadres.elections",
            label="换届报批",
            state="待批复",
            act=Act.APPROVE_ELECTION,
            waiting=queries.elections_to_approve,
            items=queries.approval_items,
            since="moved_on",
            org="org",
            days=15,
        ),
        Queue(
            code="cadres.reserve",
            label="储备人选",
            state="待考察审定或已到期",
            act=Act.KEEP_RESERVE,
            waiting=queries.candidates_waiting_for,
            items=queries.candidate_items,
            since="moved_on",
            org="org",
            due="due_on",
        ),
        Queue(
            code="cadres.secondments",
            label="互兼互挂",
            state="待同意、到岗或期满",
            act=Act.SECOND,
            waiting=queries.secondments_waiting_for,
            items=queries.secondment_items,
            since="moved_on",
            org="host",
            due="due_on",
        ),
    ),
    attachable=(
        Attachable(
            model="cadres.Election",
            seen_by=queries.elections_seen_by,
            may_change=lambda actor, election: actors.may(
                actor, Act.HOLD_ELECTION, at=cast(queries.Election, election).org
            ),
        ),
        Attachable(
            model="cadres.Achievement",
            seen_by=queries.achievements_seen_by,
            may_change=lambda actor, achievement: actors.may(
                actor, Act.ENTER_ACHIEVEMENT, at=cast(queries.Achievement, achievement).org
            ),
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="cadres.Candidate",
            label="储备人选和考察意见",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="干部选拔过程的依据",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
)
