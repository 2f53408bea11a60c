"""A district whose streets have opened branches, an officer who writes, another who reviews."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.test import Client

from qinghe.analytics import rebuild
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Account
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.reports.circulars import queries, services
from qinghe.reports.circulars.models import Circular
from tests import cast

NOW = cast.NOW  # 3 July 2022: the half-year is over
HALF = periods.half_year(2022, 1)
DUE = date(2022, 7, 20)
OPENED = {  # street by name → how many branches it opened in 2021H1, 2021H2 and 2022H1
    "henggang": (2, 1, 3),
    "bantian": (1, 0, 3),
    "longcheng": (0, 0, 1),
}
DAYS = (date(2021, 3, 1), date(2021, 9, 1), date(2022, 3, 1))


@dataclass(frozen=True)
class House:
    """Everyone that circulars need."""

    cast: cast.Cast
    longcheng: Org
    meng: Actor  # reviews
    shi: Actor  # keeps 坂田
    yao: Actor  # of another district


def make() -> House:
    """Enter everyone, and count what they opened."""
    people = cast.make_cast()
    longcheng = cast.make_org(
        "440307003", "龙城街道", kind="street", level="street", parent=people.longgang
    )
    streets = {**vars(people), "longcheng": longcheng}
    for name, numbers in OPENED.items():
        for day, number in zip(DAYS, numbers, strict=True):
            for place in range(number):
                _branch(streets[name], f"{name}-{day:%y%m}-{place}".upper(), day)
    elsewhere = cast.make_org("440306", "宝安区", kind="district", level="district", parent=None)
    made = House(
        cast=people,
        longcheng=longcheng,
        meng=cast.with_role("P050", "孟夏", role=Role.DISTRICT_OFFICER, org=people.longgang),
        shi=cast.with_role("P051", "石榴", role=Role.STREET_SECRETARY, org=people.bantian),
        yao=cast.with_role("P052", "姚远", role=Role.DISTRICT_OFFICER, org=elsewhere),
    )
    rebuild.in_this_process(at=NOW)
    return made


def written(house: House, **more: str) -> Circular:
    """Return a draft that lacks nothing."""
    lin = house.cast.lin
    made = services.begin(org=house.cast.longgang, period=HALF, at=NOW, by=lin)
    services.choose(
        circular=made, chosen={"DIR-01": "high", "DIR-02": "high"} | more, at=NOW, by=lin
    )
    return services.keep_text(circular=made, text=text(), at=NOW, by=lin)


def text(**changed: object) -> services.Text:
    """Return the words of a circular."""
    words = {
        "title": "关于2022年上半年工作情况的通报",
        "opening": "全区新增两新团组织{DIR-01}家。",
        "demands": "请对照目标查找差距。",
        "signature": "共青团龙岗区委员会",
        "dated_on": None,
        "answer_by": DUE,
    }
    return services.Text(**(words | changed))


def reviewed(house: House, **more: str) -> Circular:
    """Return a circular that another has agreed to."""
    sent = services.send_for_review(circular=written(house, **more), at=NOW, by=house.cast.lin)
    return services.agree(circular=sent, words="同意", at=NOW, by=house.meng)


def issued(house: House, *, word: str = "", at: datetime = NOW, **more: str) -> Circular:
    """Return an issued circular."""
    return services.issue(circular=reviewed(house, **more), word=word, at=at, by=house.cast.lin)


def addressee(house: House, circular: Circular, name: str = "横岗街道"):
    """Return a street's place in a circular."""
    return queries.addressees_seen_by(house.cast.lin).get(circular=circular, org__name=name)


def client_of(actor: Actor) -> Client:
    """Return a browser in which somebody is signed in."""
    account = Account.objects.filter(person_id=actor.person_id).first()
    if account is None:
        user = User.objects.create_user(f"user{actor.person_id}")
        account = Account.objects.create(user=user, person_id=actor.person_id)
    client = Client()
    client.force_login(account.user)
    return client


def _branch(street: Org, code: str, day: date) -> None:
    cast.make_org(
        code,
        f"{code}团支部",
        kind="branch",
        level="unit",
        parent=street,
        opened_on=day,
        sector="society",
        new_org_kind="nonpublic_enterprise",
    )
