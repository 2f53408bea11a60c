"""Who may read the trail: the auditor; and who watches the auditor (S-50)."""

import pytest

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import GRANTS, Role
from qinghe.systems.oversight.access import Act

ALLOWED = {
    Act.SEE: {"auditor"},
    Act.VERIFY: {"auditor"},
    Act.SEE_AUDITORS: {"secadmin"},
}


@pytest.mark.parametrize("act", list(Act))
def test_who_may_do_what(cast, secadmin, act):
    everyone = {name: getattr(cast, name) for name in ("lin", "chen", "he", "zhou", "auditor")}

    allowed = {
        name
        for name, actor in {**everyone, "secadmin": secadmin}.items()
        if actors.may_anywhere(actor, act)
    }

    assert allowed == ALLOWED[act]


def test_the_auditor_reads_logs_and_no_business_data():
    acts = {str(grant.act) for grant in GRANTS if grant.role is Role.AUDITOR}

    assert acts == {Act.SEE, Act.VERIFY}
