from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    WRITE = "circulars.write"  # begin, choose, set goals, send for review, look after the answers
    REVIEW = "circulars.review"
    ISSUE = "circulars.issue"
    READ = "circulars.read"  # what has been issued to one's own organisation
    ANSWER = "circulars.answer"


WORDS: dict[str, str] = {
    Act.WRITE: "起草通报、设定目标、跟进反馈",
    Act.REVIEW: "核稿通报",
    Act.ISSUE: "印发通报",
    Act.READ: "查看下发的通报",
    Act.ANSWER: "反馈通报",
}

GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.WRITE, Reach.OWN),
    Grant(Role.DISTRICT_OFFICER, Act.REVIEW, Reach.OWN),
    Grant(Role.DISTRICT_OFFICER, Act.ISSUE, Reach.OWN),
    Grant(Role.STREET_SECRETARY, Act.READ, Reach.OWN),
    Grant(Role.STREET_SECRETARY, Act.ANSWER, Reach.OWN),
]

DATA = (
    *table(
        "circulars.Circular",
        "通报的起草、核稿与印发",
        {
            "org": (Level.INTERNAL, "单位"),
            "period": (Level.INTERNAL, "通报期"),
            "title": (Level.INTERNAL, "标题"),
            "opening": (Level.INTERNAL, "总体情况"),
            "demands": (Level.INTERNAL, "工作要求"),
            "signature": (Level.INTERNAL, "署名"),
            "dated_on": (Level.INTERNAL, "成文日期"),
            "answer_by": (Level.INTERNAL, "反馈期限"),
            "state": (Level.INTERNAL, "状态"),
            "writer": (Level.INTERNAL, "拟稿人编号"),
            "writer_name": (Level.INTERNAL, "拟稿人"),
            "begun_at": (Level.INTERNAL, "起草时间"),
            "sent_at": (Level.INTERNAL, "送核时间"),
            "reviewer": (Level.INTERNAL, "核稿人编号"),
            "reviewer_name": (Level.INTERNAL, "核稿人"),
            "reviewed_at": (Level.INTERNAL, "核稿时间"),
            "review_words": (Level.INTERNAL, "核稿意见"),
            "reviewed_sha256": (Level.INTERNAL, "核稿时的指纹"),
            "issuer_name": (Level.INTERNAL, "印发人"),
            "issued_at": (Level.INTERNAL, "印发时间"),
            "word": (Level.INTERNAL, "机关代字"),
            "year": (Level.INTERNAL, "年份"),
            "number": (Level.INTERNAL, "序号"),
            "said_opening": (Level.INTERNAL, "印发的总体情况"),
            "said_demands": (Level.INTERNAL, "印发的工作要求"),
            "as_of": (Level.INTERNAL, "数据截至"),
            "sha256": (Level.INTERNAL, "指纹"),
        },
    ),
    *table(
        "circulars.Goal",
        "工作目标的设定留痕",
        {
            "code": (Level.INTERNAL, "指标编号"),
            "period": (Level.INTERNAL, "目标期"),
            "org": (Level.INTERNAL, "单位"),
            "value": (Level.INTERNAL, "目标"),
            "source": (Level.INTERNAL, "来源"),
            "set_on": (Level.INTERNAL, "下达日期"),
            "how": (Level.INTERNAL, "分解方式"),
            "at": (Level.INTERNAL, "登记时间"),
            "by": (Level.INTERNAL, "登记人"),
        },
    ),
    *table(
        "circulars.Feedback",
        "街道对通报的反馈与审阅",
        {
            "addressee": (Level.INTERNAL, "下发对象"),
            "number": (Level.INTERNAL, "次数"),
            "text": (Level.INTERNAL, "情况说明"),
            "measures": (Level.INTERNAL, "整改措施"),
            "at": (Level.INTERNAL, "反馈时间"),
            "person": (Level.INTERNAL, "反馈人编号"),
            "by": (Level.INTERNAL, "反馈人"),
            "verdict": (Level.INTERNAL, "审阅结果"),
            "words": (Level.INTERNAL, "审阅意见"),
            "decided_at": (Level.INTERNAL, "审阅时间"),
            "decided_by": (Level.INTERNAL, "审阅人"),
        },
    ),
)
