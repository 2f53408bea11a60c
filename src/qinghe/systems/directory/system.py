from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, FirstStep, MenuItem, RecordKind, System
from qinghe.kernel.access import actors, levels
from qinghe.kernel.orgs.models import Org

from . import access, facts, indicators, queries, sheets

SYSTEM = System(
    slug="directory",
    label="组织",
    urls="qinghe.systems.directory.urls",
    menu=(
        MenuItem("组织概况", "directory:board", access.Act.SEE),
        MenuItem("组织名册", "directory:orgs", access.Act.SEE),
        MenuItem("团员名册", "directory:members", access.Act.SEE),
        MenuItem("团干部", "directory:cadres", access.Act.SEE),
        MenuItem(
            "未成年人信息查看",
            "directory:child_accesses",
            (access.Act.APPROVE_CHILD_ACCESS, levels.Act.SEE_CHILD),
            group="管理",
        ),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    first_steps=(
        FirstStep(
            place=30,
            label="成立第一个团组织",
            note="区、街道、社区已经录入，但团员只能编入团组织：先成立团委、团工委或团支部。"
            "组织多的，由团区委在组织名册里导入台账。",
            url_name="directory:org_new",
            done=queries.league_has_begun,
        ),
        FirstStep(
            place=50,
            label="录入第一批团员",
            note="可以逐个录入；人多的，由团区委在团员名册下载模板，填好后整批导入。",
            url_name="directory:member_new",
            done=queries.roll_has_begun,
        ),
    ),
    inbox=(
        Queue(
            code="directory.child_access",
            label="查看未成年人信息申请",
            state="待审批",
            act=access.Act.APPROVE_CHILD_ACCESS,
            waiting=queries.child_access_waiting_for,
            items=queries.child_access_items,
            since="asked_at",
            days=1,
        ),
        Queue(
            code="directory.orgs_left_below",
            label="上级已撤销的组织",
            state="待调整",
            act=access.Act.CHANGE_ORG,
            waiting=queries.orgs_left_below,
            items=queries.org_items,
            since="parent__closed_on",
            org="parent",
            days=30,
        ),
        Queue(
            code="directory.members_left_behind",
            label="组织已撤销的团员",
            state="待转出",
            act=access.Act.KEEP_ROLL,
            waiting=queries.members_left_behind,
            items=queries.member_items,
            since="org__closed_on",
            org="org",
            days=30,
        ),
    ),
    records=(
        RecordKind(model="orgs.Org", label="组织", rows=queries.org_lines),
        RecordKind(model="people.Membership", label="团员名册", rows=queries.member_lines),
        RecordKind(model="people.Post", label="团干部任职", rows=queries.cadre_lines),
    ),
    attachable=(
        Attachable(
            model="orgs.Org",
            seen_by=queries.orgs_seen_by,
            may_change=lambda actor, org: actors.may(
                actor, access.Act.CHANGE_ORG, at=cast(Org, org)
            ),
        ),
    ),
    wall=("DIR-03", "DIR-01", "DIR-09"),
    about_person=queries.about_person,
)
