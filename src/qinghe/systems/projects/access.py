"""What may be done in projects, and by whom; how closely what they keep about people is held."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import DataField, Level, table


class Act(StrEnum):
    """LEAD is asked at who leads a project or gave a part, CARRY at who takes it."""

    SEE = "projects.see"
    LEAD = "projects.lead"
    CARRY = "projects.carry"


WORDS: dict[str, str] = {
    Act.SEE: "查看统筹项目和日程",
    Act.LEAD: "立项、安排分工和资源、验收、结项",
    Act.CARRY: "承接分工、排日程、办节点、交验",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Only for the organisation itself: who stands above does not act for those below.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE),
    *_grants(Role.DISTRICT_OFFICER, Reach.OWN, Act.LEAD, Act.CARRY),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE),
    *_grants(Role.STREET_SECRETARY, Reach.OWN, Act.LEAD, Act.CARRY),
    *[
        grant
        for role in (Role.COMMUNITY_SECRETARY, Role.SCHOOL_SECRETARY, Role.ENTERPRISE_SECRETARY)
        for grant in (Grant(role, Act.SEE, Reach.BELOW), Grant(role, Act.CARRY, Reach.OWN))
    ],
]


def _about(model: str, why: str, **columns: str) -> tuple[DataField, ...]:
    return table(model, why, {name: (Level.INTERNAL, words) for name, words in columns.items()})


DATA = (
    *_about(
        "projects.Part",
        "办理项目分工",
        project="项目",
        parent="上级分工",
        org="承接单位",
        above="下达单位",
        title="分工",
        starts_on="开始日期",
        due_on="完成日期",
        offered_on="下达日期",
        taken_on="承接日期",
        outcome="完成情况",
        submitted_by="交验人",
        submitted_on="交验日期",
        accepted_by="验收人",
        accepted_on="验收日期",
        reason="原因",
        state="状态",
    ),
    *_about(
        "projects.Allotment",
        "分配和核对项目资源",
        means="资源",
        part="分工",
        quantity="分到",
        used="使用",
    ),
    *_about(
        "projects.Milestone",
        "办理项目节点",
        project="项目",
        part="分工",
        org="单位",
        title="节点",
        due_on="完成日期",
        done_on="达到日期",
        done_by="办理人",
    ),
    *_about(
        "projects.Event",
        "排项目日程",
        project="项目",
        part="分工",
        org="单位",
        title="日程",
        day="日期",
        starts_at="开始时间",
        ends_at="结束时间",
        place="地点",
        place_key="比对用地点",
        settled="冲突协调情况",
        entered_by="填写人",
        cancelled_on="取消日期",
        reason="取消原因",
    ),
    *_about("projects.EventPerson", "避免同一人同时有两处安排", event="日程", person="参加人员"),
)
