"""What may be done in meetings, and by whom; how sensitive each column is."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import DataField, Level, table


class Act(StrEnum):
    SEE = "meetings.see"
    RUN = "meetings.run"
    REGISTER = "meetings.register"
    ANSWER = "meetings.answer"
    SET = "meetings.set"


WORDS: dict[str, str] = {
    Act.SEE: "查看会议、议定事项和批示、交流台账",
    Act.RUN: "承担会议办公室：会务、纪要、议定事项",
    Act.REGISTER: "登记上会议题、领导批示和经验交流",
    Act.ANSWER: "代表成员单位报议题、回执、报结议定事项",
    Act.SET: "设定会议参数和交流平台",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


_OFFICE = (Act.SEE, Act.RUN, Act.REGISTER)
# Whoever holds a post at a member unit is its liaison (S029): for their own organisation only.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *_OFFICE, Act.SET),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_OFFICE),
    *(
        Grant(role, Act.ANSWER, Reach.OWN)
        for role in (
            Role.DISTRICT_OFFICER,
            Role.STREET_SECRETARY,
            Role.COMMUNITY_SECRETARY,
            Role.SCHOOL_SECRETARY,
            Role.ENTERPRISE_SECRETARY,
        )
    ),
]


def _about(model: str, why: str, **columns: str) -> tuple[DataField, ...]:
    return table(model, why, {name: (Level.INTERNAL, words) for name, words in columns.items()})


DATA = (
    *_about(
        "meetings.Representative",
        "通知成员单位参会",
        member="成员单位",
        role="身份",
        person="代表",
        name="姓名",
        duty="职务",
        starts_on="起始日期",
        ends_on="终止日期",
    ),
    *_about(
        "meetings.Summons",
        "办理参会通知、回执和签到",
        sitting="会议",
        member="成员单位",
        representative="代表",
        name="列席人",
        duty="列席人单位和职务",
        sent_on="通知日期",
        reply="回执",
        proxy_name="代会人",
        proxy_duty="代会人职务",
        reason="请假原因",
        replied_at="回执时间",
        came_at="签到时间",
    ),
    *_about(
        "meetings.Chore",
        "安排会务",
        sitting="会议",
        title="事项",
        due_on="完成时限",
        owner="负责人",
        owner_name="负责人",
        done_at="完成时间",
        done_by="完成人",
    ),
    *_about(
        "meetings.Reader",
        "限定内部事项的知悉范围",
        person="可见人员",
        sitting="会议",
        item="议题",
        instruction="批示",
    ),
    *_about(
        "meetings.Decision",
        "督办会议议定事项",
        sitting="会议",
        item="议题",
        place="序号",
        text="议定事项",
        owner="承办单位",
        helpers="配合单位",
        made_on="议定日期",
        due_on="完成时限",
        evidence="完成情况和佐证",
        reported_on="报结日期",
        reported_by="报结人",
        accept_by="验收时限",
        accepted_on="验收日期",
        reason="退回或作废原因",
        state="状态",
    ),
    *_about(
        "meetings.SittingTerms",
        "设定会议参数",
        title="名称",
        starts_on="施行日期",
        quorum_percent="到会要求",
        items_days="议题报送截止",
        reply_days="回执截止",
        accept_days="验收期限",
        source="依据",
        reason="调整原因",
        entered_by="设定人",
    ),
)
