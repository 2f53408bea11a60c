"""The pages of privacy: registering, one's own data, and the ledgers of those who oversee."""

from qinghe.edges.web import timeline
from qinghe.kernel.consent.models import Purpose

from .answering import request_fulfil, request_record, request_refuse, requests
from .me import agree, me, own_consent, own_contact, own_copy, take_back, take_back_for_ward
from .oversight import (
    assessment_new,
    assessments,
    consents,
    home,
    minors,
    minors_report,
    notice,
    notice_new,
    notices,
    retention,
    retention_term,
)
from .own_requests import ask_correction, ask_erasure
from .register import about, code, declined, done, org_choices, phone, register
from .register_guardian import guardian, guardian_code

__all__ = [
    "about",
    "agree",
    "ask_correction",
    "ask_erasure",
    "assessment_new",
    "assessments",
    "code",
    "consents",
    "declined",
    "done",
    "guardian",
    "guardian_code",
    "home",
    "me",
    "minors",
    "minors_report",
    "notice",
    "notice_new",
    "notices",
    "org_choices",
    "own_consent",
    "own_contact",
    "own_copy",
    "phone",
    "register",
    "request_fulfil",
    "request_record",
    "request_refuse",
    "requests",
    "retention",
    "retention_term",
    "take_back",
    "take_back_for_ward",
]

timeline.VERBS.update(
    {
        "privacy.register": "自助注册",
        "privacy.ask": "提交申请",
        "privacy.fulfil": "办理申请",
        "privacy.refuse": "不予办理",
        "privacy.erase": "注销并匿名化",
        "privacy.apply_retention": "执行保存期限",
        "privacy.register_assessment": "登记影响评估",
        "people.correct_person": "更正个人信息",
        "consent.give": "同意",
        "consent.withdraw": "撤回同意",
        "consent.attach_ward": "登记监护关系",
        "consent.publish_notice": "发布告知书",
        "consent.set_term": "调整保存期限",
    }
)
timeline.VALUES.update({purpose.value: str(purpose.label) for purpose in Purpose})
timeline.DETAILS.update(
    {
        "purpose": "用途",
        "version": "版本",
        "due": "答复期限",
        "privacy.kind": "类型",
        "days": "天数",
    }
)
