"""A monthly form that is out these days: some have answered, some wait for review, some are silent."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.lib import periods
from qinghe.systems.returns import services
from qinghe.systems.returns.models import ReportForm, Round

from . import cast, reported
from .sizes import Size

SLUG, PERIOD = "new-orgs-monthly", "2022M06"
OUT_SINCE, OUT_FOR = timedelta(days=3), timedelta(days=7)
VISITED = services.NewDefinition(
    label="走访两新组织数",
    unit="家",
    meaning="当月上门走访的非公有制经济组织、社会组织家数；同一家当月走访多次计一家。",
)


def ask(*, size: Size, by: Actor, now: datetime) -> None:
    """Open the form once, for a number that no system keeps, and let some communities answer."""
    if Round.objects.filter(slug=SLUG).exists():
        return
    random = Random(f"{size.seed}-monthly")
    asked = _open(by=by, now=now)
    known = {member.org_code for member in cast.CAST}
    people, code = reported.who_answers(), asked.form.cells.get().code
    filings = asked.filings.select_related("org", "reviewer", "round__form").order_by("org__code")
    for place, filing in enumerate(filings):
        if filing.org.code in known or place % 5 == 4:
            continue
        filler, at = people.filling(filing), now - timedelta(hours=place % 48)
        entry = services.Entry(code, Decimal(random.randrange(2, 15)))
        services.keep_values(filing=filing, entries=[entry], at=at, by=filler)
        if place % 5 < 3:
            services.submit(filing=filing, at=at, by=filler)
        if place % 5 < 2:
            services.accept(filing=filing, at=now, by=people.reviewing(filing))


def _open(*, by: Actor, now: datetime) -> Round:
    form = ReportForm.objects.filter(slug=SLUG).first()
    if form is None:
        defined = services.define(new=VISITED, at=now - OUT_SINCE, by=by)
        form = services.make_form(
            new=services.NewForm(
                slug=SLUG,
                title="两新组织走访月报",
                period_kind=periods.PeriodKind.MONTH.value,
                kinds=(OrgKind.COMMUNITY.value,),
                cells=[services.NewCell(code=defined.code, least=Decimal(0))],
                department="organisation",
            ),
            at=now - OUT_SINCE,
            by=by,
        )
        form = services.publish_form(form=form, at=now - OUT_SINCE, by=by)
    return services.open_round(
        form=form,
        period=periods.parse(PERIOD),
        opens_on=periods.local_day(now - OUT_SINCE),
        closes_on=periods.local_day(now + OUT_FOR),
        at=now - OUT_SINCE,
        by=by,
    )
