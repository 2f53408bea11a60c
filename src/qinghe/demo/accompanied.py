"""A child below fourteen at a guardian's side: somebody answers for children's data, and one child waits (V-21)."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.models import Volunteer

from . import cast

NAME, BORN, PHONE = "苗小禾", (5, 18), "13800000000"
AGE = 9  # years that end in the year of the demo
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Name who answers for children's data (S-04), and let the demo's volunteer bring a child; told once."""
    if Volunteer.objects.filter(beside__isnull=False).exists():
        return
    today, officer = local_day(now), cast.officer()
    rules = consent.current_notice("child", on=today)
    consents.publish_notice(
        new=consents.NewNotice("child", rules.title, rules.text, today, responsible=officer.name),
        at=now,
        by=officer,
    )
    guardian = Account.objects.select_related("person").get(user__username=cast.VOLUNTEER).person
    relation = "母亲" if guardian.sex == "female" else "父亲"
    services.bring_ward(
        new=services.NewWard(NAME, "female", date(today.year - AGE, *BORN), relation),
        agreed=services.WardAgreed(
            [one.pk for one in consent.current_notices(queries.WARD_PURPOSES, on=today)],
            consents.Guardian(guardian.name, PHONE, relation),
        ),
        at=now,
        by=Actor(person_id=guardian.pk, name=guardian.name),
    )
    say("儿童：1 名由监护人登记，待审核")
