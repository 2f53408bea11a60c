import pytest

from qinghe.kernel.access import actors
from qinghe.systems.returns.access import Act

pytestmark = pytest.mark.django_db

WHO = ("lin", "chen", "hong", "he", "zhou", "auditor")
# Who may do what at 红棉社区, at its street, and at the district. A new act without a row fails.
AT = {
    Act.SEE: ("lin chen hong", "lin chen", "lin"),
    Act.FILL: ("hong", "chen", "lin"),
    Act.REVIEW: ("lin chen", "lin chen", "lin"),
    Act.DESIGN: ("", "", "lin"),
    Act.OPEN: ("", "", "lin"),
}


@pytest.mark.parametrize("act", list(Act))
def test_who_may_do_what(cast, hong, act):
    people = {**vars(cast), "hong": hong}
    places = (cast.hongmian, cast.henggang, cast.longgang)

    allowed = tuple(
        " ".join(name for name in WHO if actors.may(people[name], act, at=place))
        for place in places
    )

    assert allowed == AT[act]
