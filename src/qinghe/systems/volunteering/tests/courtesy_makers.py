"""Plain makers of courtesies."""

from datetime import date, timedelta

from django.utils import timezone

from qinghe.systems.volunteering import models, services
from tests.cast import NOW, TODAY

DAY = timedelta(days=1)
ENTERED = date(2022, 1, 1)


def make_sponsor(cast, *, name="红棉书吧", org=None):
    """Enter a sponsor by 陈 and let 林 approve it."""
    new = services.NewSponsor(
        name=name, kind="culture", address="红棉路1号", contact_name="店长", contact="0755-28930000",
        agreed_from=ENTERED, agreed_to=date(2099, 12, 31), org=org or cast.henggang,
    )  # fmt: skip
    made = services.enter_sponsor(new=new, at=NOW, by=cast.chen)
    return services.approve_sponsor(sponsor=made, at=NOW, by=cast.lin)


def make_item(cast, sponsor, **asks):
    """Enter an item by 陈 and let 林 publish it."""
    given = {
        "title": "借书押金减免", "kind": "discount", "about": "出示核销码，押金全免。",
        "area": cast.henggang, "opens_on": ENTERED, "closes_on": date(2099, 12, 31), **asks,
    }  # fmt: skip
    new = services.NewCourtesy(sponsor=sponsor, **given)
    made = services.offer_courtesy(new=new, at=NOW, by=cast.chen)
    return services.open_courtesy(item=made, at=NOW, by=cast.lin)


def make_till(cast, sponsor, label="前台"):
    """Give a till its address; return it with its secret."""
    return services.make_sponsor_key(sponsor=sponsor, label=label, at=NOW, by=cast.lin)


def give_star(volunteer, star, cast):
    """Write down a star that holds today."""
    season = models.StarRound.objects.create(
        title="评定", scheme=models.StarScheme.objects.get(version=1), org=cast.longgang,
        counted_until=TODAY, opens_on=TODAY, closes_on=TODAY, opened_at=NOW, state="closed",
    )  # fmt: skip
    return models.StarCase.objects.create(
        round=season, volunteer=volunteer, org=volunteer.org, star=star, minutes=6000,
        proposed_by_id=cast.chen.person_id, proposed_on=TODAY, state="issued", issued_on=TODAY,
    )  # fmt: skip


def claim_today(item, by):
    """Take one by the real clock, as pages do."""
    return services.claim_courtesy(item=item, at=timezone.now(), by=by)
