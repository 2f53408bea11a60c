"""Rounds of signing: what waits for whom, and who may be named."""

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from qinghe.analytics import figures, frozen
from qinghe.analytics.figures import Figures
from qinghe.analytics.models import Freezing
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Holding
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import Period
from qinghe.reports.drafting.models import Report
from qinghe.reports.drafting.queries import FiguresOf
from qinghe.reports.issuing import text
from qinghe.reports.issuing.access import GRANTS, Act
from qinghe.reports.issuing.models import Circulation, Signing

STANDING = (Circulation.State.GOING, Circulation.State.SIGNED, Circulation.State.ISSUED)
SIGNERS = tuple({grant.role for grant in GRANTS if grant.act == Act.SIGN})


def reports_seen_by(actor: Actor) -> QuerySet[Report]:
    """Return the reports whose way this actor may follow, newest first."""
    return Report.objects.filter(org__in=actors.orgs_where(actor, Act.SEE)).select_related(
        "org", "corrects"
    )


def circulations_of(actor: Actor, report: Report) -> QuerySet[Circulation]:
    """Return the rounds of a report, newest first."""
    seen = Circulation.objects.filter(report=report, report__org__in=_seen(actor))
    return seen.select_related("report__org", "freezing", "begun_by").prefetch_related(
        "signings__person"
    )


def figures_signed(actor: Actor, report: Report) -> FiguresOf | None:
    """Return the frozen figures that a report goes round or went out with.

    None while it is written, and for who may not follow its way.
    """
    if report.state == Report.State.WRITING or not actors.may(actor, Act.SEE, at=report.org):
        return None
    last = report.circulations.filter(state__in=STANDING).select_related("freezing").first()
    if last is None:
        return None
    ids = {piece.freezing_id for each in text.paragraphs(last.text) for piece in each.pieces}
    freezings = {each.period: each for each in Freezing.objects.filter(pk__in=ids - {0})}
    freezings[last.freezing.period] = last.freezing

    def figures_of(period: Period) -> Figures:
        found = freezings.get(period.name)
        return frozen.figures_of(found) if found else figures.cached(period)

    return figures_of


def signings_seen_by(actor: Actor) -> QuerySet[Signing]:
    """Return the signings of reports that this actor may follow."""
    return Signing.objects.filter(circulation__report__org__in=_seen(actor)).select_related(
        "circulation__report__org", "circulation__freezing", "circulation__begun_by", "person"
    )


def signings_waiting_for(actor: Actor) -> QuerySet[Signing]:
    """Return what waits for this actor's signature."""
    return Signing.objects.filter(
        person_id=actor.person_id,
        verdict="",
        asked_at__isnull=False,
        circulation__state=Circulation.State.GOING,
        circulation__report__org__in=actors.orgs_where(actor, Act.SIGN),
    ).select_related("circulation__report__org")


def to_issue(actor: Actor) -> QuerySet[Circulation]:
    """Return the signed reports that this actor may number and issue."""
    return Circulation.objects.filter(
        state=Circulation.State.SIGNED,
        report__org__in=actors.orgs_where(actor, Act.ISSUE),
    ).select_related("report__org")


def sent_back_to(actor: Actor) -> QuerySet[Circulation]:
    """Return the reports that came back to this actor and have not gone round again."""
    last = (
        Circulation.objects.filter(report=OuterRef("report")).order_by("-number").values("number")
    )
    return Circulation.objects.filter(
        state=Circulation.State.SENT_BACK,
        begun_by_id=actor.person_id,
        report__state=Report.State.WRITING,
        number=Subquery(last[:1]),
    ).select_related("report__org")


def signers_for(actor: Actor, report: Report, *, on: date) -> list[Holding]:
    """Return who may sign a report, once each, for whoever sends it round."""
    if not actors.may(actor, Act.SUBMIT, at=report.org):
        return []
    codes = codes_in(report.org.path)
    paths = [f"/{'/'.join(codes[:depth])}/" for depth in range(1, len(codes) + 1)]
    holdings = (
        access_queries.holdings_on(on)
        .filter(role__in=SIGNERS, org__path__in=paths)
        .exclude(person__account__user__is_active=False)
        .select_related("person", "org")
        .order_by("-org__path", F("department"), "person__number")
    )
    found: dict[int, Holding] = {}
    for each in holdings:
        who = access_queries.actor_of_person(each.person_id, each.person.name, on)
        if actors.may(who, Act.SIGN, at=report.org):
            found.setdefault(each.person_id, each)
    return list(found.values())


def _seen(actor: Actor) -> QuerySet:
    return actors.orgs_where(actor, Act.SEE)
