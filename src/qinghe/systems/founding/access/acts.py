from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "founding.see"
    KEEP = "founding.keep"
    APPLY = "founding.apply"
    AGREE = "founding.agree"
    APPROVE = "founding.approve"
    SHARE = "founding.share"
    SET = "founding.set"


WORDS: dict[str, str] = {
    Act.SEE: "查看两新单位、建团申请和指标",
    Act.KEEP: "登记和走访两新单位",
    Act.APPLY: "提出建团申请",
    Act.AGREE: "街道同意建团申请",
    Act.APPROVE: "批准建团申请",
    Act.SHARE: "分解和调整建团指标",
    Act.SET: "下达指标，设定建团参数和百分百项目",
}


def _grants(role: Role, *acts: Act) -> list[Grant]:
    return [Grant(role, act, Reach.BELOW) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, *Act),
    *_grants(Role.STREET_SECRETARY, Act.SEE, Act.KEEP, Act.APPLY, Act.AGREE, Act.SHARE),
    *_grants(Role.COMMUNITY_SECRETARY, Act.SEE, Act.KEEP, Act.APPLY),
]
