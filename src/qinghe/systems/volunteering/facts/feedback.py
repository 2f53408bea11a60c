"""What volunteers said of the sessions they served at."""

from django.db.models import Case, F, IntegerField, QuerySet, When

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.volunteering.models import Rating

GOOD = 4  # of five


def _rows() -> QuerySet:
    given = Rating.objects.exclude(attendance__state__in=["void", "refused"])
    return given.order_by().values(
        record_id=F("pk"),
        good=Case(When(score__gte=GOOD, then=1), default=0, output_field=IntegerField()),
        org_id=F("attendance__session__org_id"),
        day=F("attendance__session__day"),
    )


RATING = Fact(
    name="volunteering_rating",
    label="志愿者对活动的评分",
    grain="one rating of one session by one who served at it, on the session's day, at its host",
    model="volunteering.Rating",
    columns={**REQUIRED, "good": "int64"},
    records=_rows,
)
