"""What the tests of founding stand on."""

from datetime import date, datetime
from types import SimpleNamespace

from stdnum.cn import uscc

from qinghe.kernel.access.actors import Role
from qinghe.lib.periods import TZ
from qinghe.systems.founding import services
from tests.cast import NOW, make_cast, make_org, with_role

DAY = date(2022, 7, 3)  # the day of NOW
SOON = date(2022, 9, 1)


def make_scene():
    """Enter the cast, a second district officer, 坂田's secretary and the internet's committee."""
    cast = make_cast()
    return SimpleNamespace(
        **vars(cast),
        luo=with_role("P013", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
        wen=with_role("P014", "温蓝", role=Role.STREET_SECRETARY, org=cast.bantian),
        internet=make_org(
            "HY-HL",
            "互联网行业团工委",
            kind="industry_working_committee",
            level="district",
            parent=cast.longgang,
        ),
    )


def credit_code(number):
    """Return an invented credit code of 龙岗 that passes its check."""
    head = f"91440307MA5F{number:05d}"
    return head + uscc.calc_check_digit(head)


def new_unit(cast, *, number=1, org=None, **told):
    """Tell of an invented enterprise in a community of 坂田."""
    return services.NewUnit(
        **{
            "name": f"禾光{number}号有限公司",
            "credit_code": credit_code(number),
            "kind": "nonpublic_enterprise",
            "industry": "nonpublic",
            "org": org or cast.xiangjiaotang,
            "employees": 40,
            "youths": 20,
            "members": 4,
            **told,
        }
    )


def make_unit(cast, *, number=1, org=None, at=NOW, **told):
    """Enter an enterprise."""
    return services.enter_unit(
        new=new_unit(cast, number=number, org=org, **told), at=at, by=cast.lin
    )


def new_application(cast, unit, **told):
    """Tell what a unit asks for: a branch of four, in its community."""
    return services.NewApplication(
        **{
            "unit": unit,
            "kind": "branch",
            "name": f"{unit.name}团支部",
            "parent": unit.org,
            "evidence": "单位党组织同意，见附件",
            "told": 4,
            **told,
        }
    )


def make_application(cast, unit, *, at=NOW, by=None, **told):
    """Let the community ask; another may be named."""
    return services.apply(new=new_application(cast, unit, **told), at=at, by=by or cast.zhou)


def make_target(cast, *, year=2022, number=375, at=NOW):
    """Hand a target of a year down to the district."""
    new = services.NewTarget(year, number, "龙团〔2022〕5号", date(2022, 3, 1))
    return services.hand_down(new=new, at=at, by=cast.lin)


def on(day, *, month=7, year=2022):
    """Return nine o'clock of a day."""
    return datetime(year, month, day, 9, tzinfo=TZ)
