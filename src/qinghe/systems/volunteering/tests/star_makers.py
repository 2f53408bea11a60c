"""Plain makers of stars."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.queries import StarVerdict
from tests.cast import NOW, TODAY

DAY = timedelta(days=1)


def make_round(cast):
    """Open a season of the district, asked for on the cast's today."""
    new = services.NewRound(
        title="2022年度星级评定",
        org=cast.longgang,
        counted_until=TODAY,
        opens_on=date(2022, 6, 1),
        closes_on=date(2022, 8, 31),
    )
    return services.open_star_round(new=new, at=NOW, by=cast.lin)


def in_season_today(season):
    """Let a season be asked for by the real clock, as pages read it."""
    today = timezone.localdate()
    season.opens_on, season.closes_on = today - DAY, today + DAY
    season.save()


def carry(volunteer, *, hours, by, source="志愿服务旧系统"):
    """Bring hours from before."""
    row = services.Carried(volunteer.pk, hours * 60, date(2021, 12, 31))
    services.carry_hours(carried=[row], source=source, at=NOW, by=by)


def agree(case, *, by, at=NOW):
    """Say yes."""
    verdict = StarVerdict.AGREED
    return services.decide_stars(cases=[case], verdict=verdict, words="", at=at, by=by)[0]


def give(season, volunteer, cast):
    """Walk one volunteer to the star that the hours bear."""
    case = services.propose_stars(
        found=season, org=cast.hongmian, at=NOW, by=cast.lin, volunteers=[volunteer.pk]
    )[0]
    agree(case, by=cast.chen)
    return services.issue_stars(found=season, at=NOW + 8 * DAY, by=cast.lin)[0]


def url(name, *arguments):
    """Return an address."""
    return reverse(f"volunteering:{name}", args=arguments)
