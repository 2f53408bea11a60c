"""What may be done in oversight, and by whom (S-50)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "oversight.see"
    VERIFY = "oversight.verify"
    SEE_AUDITORS = "oversight.see_auditors"


WORDS: dict[str, str] = {
    Act.SEE: "查看操作记录",
    Act.VERIFY: "校验操作记录",
    Act.SEE_AUDITORS: "查看审计员的操作",
}
# The auditor reads the logs and nothing else; who watches the auditor is the security administrator.
GRANTS = [
    Grant(Role.AUDITOR, Act.SEE, Reach.BELOW),
    Grant(Role.AUDITOR, Act.VERIFY, Reach.BELOW),
    Grant(Role.SECADMIN, Act.SEE_AUDITORS, Reach.BELOW),
]
