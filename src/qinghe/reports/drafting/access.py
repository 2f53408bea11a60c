"""What may be done with reports while they are written, and by whom."""

from enum import StrEnum

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table
from qinghe.lib.verdicts import Refused

from .models import Passage


class Act(StrEnum):
    SEE = "drafting.see"
    WRITE = "drafting.write"
    REMARK = "drafting.remark"


WORDS: dict[str, str] = {
    Act.SEE: "查看工作总结稿",
    Act.WRITE: "起草工作总结",
    Act.REMARK: "对工作总结稿提意见",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE, Act.REMARK),
    *_grants(Role.DISTRICT_OFFICER, Reach.OWN, Act.WRITE),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.REMARK),
    *_grants(Role.STREET_SECRETARY, Reach.OWN, Act.WRITE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.OWN, Act.SEE, Act.REMARK, Act.WRITE),
]


def may_write(actor: Actor, passage: Passage) -> bool:
    """Test if the actor writes the report, or keeps the street that the passage is assigned to."""
    if actors.may(actor, Act.WRITE, at=passage.report.org):
        return True
    return passage.street is not None and actors.may(actor, Act.WRITE, at=passage.street)


def may_remark(actor: Actor, passage: Passage) -> bool:
    """Test if the actor may say something of a passage: who reads the report, and who writes it."""
    return actors.may(actor, Act.REMARK, at=passage.report.org) or may_write(actor, passage)


def check_writer(actor: Actor, passage: Passage) -> None:
    """Refuse who neither writes the report nor was given the passage. Raises Refused: not_allowed."""
    if not may_write(actor, passage):
        raise Refused(
            "not_allowed",
            "这一段没有分给您写，没有保存；需要修改请写意见，或请主笔单位把这一段分给您。",
        )


DATA = (
    *table(
        "drafting.Report",
        "工作总结的起草与签发",
        {
            "org": (Level.INTERNAL, "单位"),
            "period": (Level.INTERNAL, "报告期"),
            "version": (Level.INTERNAL, "版次"),
            "corrects": (Level.INTERNAL, "更正自"),
            "reason": (Level.INTERNAL, "更正原因"),
            "title": (Level.INTERNAL, "标题"),
            "signature": (Level.INTERNAL, "署名"),
            "dated_on": (Level.INTERNAL, "成文日期"),
            "contact": (Level.INTERNAL, "附注"),
            "state": (Level.INTERNAL, "状态"),
            "begun_at": (Level.INTERNAL, "起草时间"),
            "begun_by": (Level.INTERNAL, "起草人"),
        },
    ),
    *table(
        "drafting.Passage",
        "工作总结的起草与签发",
        {
            "report": (Level.INTERNAL, "工作总结"),
            "place": (Level.INTERNAL, "次序"),
            "kind": (Level.INTERNAL, "类别"),
            "heading": (Level.INTERNAL, "小标题"),
            "text": (Level.INTERNAL, "正文"),
            "department": (Level.INTERNAL, "主笔部门"),
            "street": (Level.INTERNAL, "主笔街道"),
            "due_on": (Level.INTERNAL, "交稿日期"),
            "lock": (Level.INTERNAL, "版次"),
            "copied_from": (Level.INTERNAL, "抄自"),
            "changed_at": (Level.INTERNAL, "修改时间"),
            "changed_by": (Level.INTERNAL, "修改人"),
            "removed_at": (Level.INTERNAL, "移除时间"),
        },
    ),
    *table(
        "drafting.PassageChange",
        "工作总结的修改留痕",
        {
            "passage": (Level.INTERNAL, "段落"),
            "number": (Level.INTERNAL, "版次"),
            "heading": (Level.INTERNAL, "小标题"),
            "text": (Level.INTERNAL, "正文"),
            "at": (Level.INTERNAL, "时间"),
            "by": (Level.INTERNAL, "修改人"),
        },
    ),
    *table(
        "drafting.Remark",
        "工作总结的征求意见",
        {
            "passage": (Level.INTERNAL, "段落"),
            "text": (Level.INTERNAL, "意见"),
            "at": (Level.INTERNAL, "时间"),
            "by": (Level.INTERNAL, "提出人"),
            "settled_at": (Level.INTERNAL, "办结时间"),
            "settled_by": (Level.INTERNAL, "办结人"),
        },
    ),
    *table(
        "drafting.FixedWording",
        "工作总结中固定表述的认定",
        {
            "report": (Level.INTERNAL, "工作总结"),
            "words": (Level.INTERNAL, "固定表述"),
            "reason": (Level.INTERNAL, "理由"),
            "person": (Level.INTERNAL, "认定人"),
            "at": (Level.INTERNAL, "时间"),
        },
    ),
    *table(
        "drafting.PlanItem",
        "下期工作的目标",
        {
            "report": (Level.INTERNAL, "工作总结"),
            "passage": (Level.INTERNAL, "段落"),
            "text": (Level.INTERNAL, "事项"),
            "code": (Level.INTERNAL, "指标"),
            "target": (Level.INTERNAL, "目标值"),
            "org": (Level.INTERNAL, "责任单位"),
            "due_on": (Level.INTERNAL, "完成期限"),
            "dropped_at": (Level.INTERNAL, "取消时间"),
        },
    ),
    *table(
        "drafting.Taken",
        "问题建议的采用留痕",
        {
            "report": (Level.INTERNAL, "工作总结"),
            "key": (Level.INTERNAL, "建议"),
            "passage": (Level.INTERNAL, "段落"),
            "at": (Level.INTERNAL, "时间"),
            "by": (Level.INTERNAL, "采用人"),
        },
    ),
)
