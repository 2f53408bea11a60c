"""What may be done in privacy, and by whom."""

from enum import StrEnum

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table
from qinghe.lib.verdicts import Refused


class Act(StrEnum):
    SEE = "privacy.see"
    ANSWER = "privacy.answer"
    PUBLISH_NOTICE = "privacy.publish_notice"
    SET_RETENTION = "privacy.set_retention"
    ASSESS = "privacy.assess"


WORDS: dict[str, str] = {
    Act.SEE: "查看个人信息保护台账",
    Act.ANSWER: "答复更正、删除申请",
    Act.PUBLISH_NOTICE: "发布告知书",
    Act.SET_RETENTION: "调整保存期限",
    Act.ASSESS: "登记影响评估",
}

_SECRETARIES = (
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)

# S-07: whoever keeps a person's records answers for them; what holds for everybody is the district's.
GRANTS = [
    *[Grant(Role.DISTRICT_OFFICER, act, Reach.BELOW) for act in Act],
    *[Grant(role, Act.ANSWER, Reach.BELOW) for role in _SECRETARIES],
    Grant(Role.BRANCH_SECRETARY, Act.ANSWER, Reach.OWN),
]


def require_at_the_top(actor: Actor, act: Act) -> None:
    """Refuse what holds for everybody to whom is not of the district. Raises Refused: not_allowed."""
    if not actors.orgs_where(actor, act).filter(parent__isnull=True).exists():
        raise Refused("not_allowed", "这件事由区一级办理，没有任何改动。")


_INTERNAL, _SENSITIVE = Level.INTERNAL, Level.SENSITIVE
_CONSENT = "证明告知了什么、谁在何时同意和撤回（S-01、S-02、S-06）"
_REGISTER = "办完自助注册"
_CODE = "证明手机由本人持有，限制发送次数"
_REQUEST = "受理并答复更正、删除申请（S-07）"

DATA = (
    *table(
        "privacy.Assessment",
        "个人信息保护影响评估，保存三年以上（S-11）",
        {
            "title": (_INTERNAL, "评估事项"),
            "done_on": (_INTERNAL, "评估日期"),
            "conclusion": (_INTERNAL, "结论"),
            "measures": (_INTERNAL, "风险与措施"),
            "by": (_INTERNAL, "登记人"),
        },
    ),
    *table(
        "consent.Notice",
        _CONSENT,
        {
            "purpose": (Level.PUBLIC, "用途"),
            "version": (Level.PUBLIC, "版本"),
            "title": (Level.PUBLIC, "标题"),
            "text": (Level.PUBLIC, "全文"),
            "responsible": (Level.PUBLIC, "负责人"),
            "renews": (Level.PUBLIC, "须重新同意"),
            "starts_on": (Level.PUBLIC, "启用日期"),
        },
    ),
    *table(
        "consent.Consent",
        _CONSENT,
        {
            "person": (_INTERNAL, "本人"),
            "notice": (_INTERNAL, "告知书"),
            "given_at": (_INTERNAL, "同意时间"),
            "by_guardian": (_INTERNAL, "监护人同意"),
            "guardian_name": (_SENSITIVE, "监护人姓名"),
            "guardian_phone": (_SENSITIVE, "监护人电话"),
            "guardian_relation": (_SENSITIVE, "与本人关系"),
            "withdrawn_at": (_INTERNAL, "撤回时间"),
        },
    ),
    *table(
        "consent.Guardianship",
        "未满14周岁的登记在监护人名下（V-21）",
        {
            "ward": (Level.CHILD, "孩子"),
            "guardian": (Level.CHILD, "监护人"),
            "org": (Level.CHILD, "登记组织"),
            "relation": (Level.CHILD, "关系"),
            "since": (Level.CHILD, "起始日期"),
        },
    ),
    *table(
        "privacy.Registration",
        _REGISTER,
        {
            "token_hash": (_SENSITIVE, "会话标识摘要"),
            "typed": (_SENSITIVE, "已填内容"),
            "started_at": (_INTERNAL, "开始时间"),
            "expires_at": (_INTERNAL, "有效至"),
        },
    ),
    *table(
        "privacy.PhoneCode",
        _CODE,
        {
            "registration_hash": (_SENSITIVE, "会话标识摘要"),
            "whose": (_INTERNAL, "谁的手机"),
            "phone_index": (_SENSITIVE, "手机号盲索引"),
            "address_index": (_SENSITIVE, "来源地址盲索引"),
            "code_hash": (_SENSITIVE, "验证码摘要"),
            "sent_at": (_INTERNAL, "发送时间"),
            "expires_at": (_INTERNAL, "有效至"),
            "tries": (_INTERNAL, "输入次数"),
            "used_at": (_INTERNAL, "使用时间"),
        },
    ),
    *table(
        "privacy.Request",
        _REQUEST,
        {
            "person": (_INTERNAL, "申请人"),
            "org": (_INTERNAL, "受理组织"),
            "kind": (_INTERNAL, "类型"),
            "field": (_INTERNAL, "内容"),
            "wish": (_SENSITIVE, "申请说明"),
            "asked_at": (_INTERNAL, "提交时间"),
            "due_on": (_INTERNAL, "答复期限"),
            "state": (_INTERNAL, "状态"),
            "answer": (_SENSITIVE, "答复"),
            "answered_at": (_INTERNAL, "答复时间"),
            "answered_by": (_INTERNAL, "答复人"),
        },
    ),
)
