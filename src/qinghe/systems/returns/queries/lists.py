"""Lists: what somebody may see, is to fill, is to decide."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.returns import models, rules
from qinghe.systems.returns.access import Act

State = models.Filing.State


def definitions_seen_by(actor: Actor) -> QuerySet[models.Definition]:
    """Return the numbers that people defined, by code, the newest version first."""
    found = models.Definition.objects.order_by("code", "-version")
    return found if _looks(actor) else found.none()


def forms_seen_by(actor: Actor) -> QuerySet[models.ReportForm]:
    """Return the forms, published ones to all who see returns, drafts to those who design."""
    found = models.ReportForm.objects.order_by("slug", "-version")
    if actors.may_anywhere(actor, Act.DESIGN):
        return found
    published = found.exclude(state=models.ReportForm.State.DRAFT)
    return published if _looks(actor) else found.none()


def rounds_seen_by(actor: Actor) -> QuerySet[models.Round]:
    """Return the rounds, the newest period first."""
    found = models.Round.objects.select_related("form").order_by("-ends_on", "slug")
    return found if _looks(actor) else found.none()


def filings_seen_by(actor: Actor) -> QuerySet[models.Filing]:
    """Return the filings of the organisations this actor may see, the newest period first."""
    return _filings().filter(org__in=actors.orgs_where(actor, Act.SEE))


def to_fill(actor: Actor) -> QuerySet[models.Filing]:
    """Return what this actor has still to send, what closes first at the top."""
    return (
        _filings()
        .filter(
            Q(state=State.DRAFT) | Q(state=State.SENT_BACK),
            org__in=actors.orgs_where(actor, Act.FILL),
            round__opens_on__lte=timezone.localdate(),
        )
        .order_by("round__closes_on", "round__slug", "pk")
    )


def to_review(actor: Actor) -> QuerySet[models.Filing]:
    """Return what waits for this actor's own word, the oldest first.

    The nearest organisation above is asked: the district is not shown what waits for a street.
    """
    held = {one.org_path for one in actor.holdings}
    return reviewable(actor).filter(reviewer__path__in=held)


def reviewable(actor: Actor) -> QuerySet[models.Filing]:
    """Return all that this actor could decide on, also what waits for a street below them."""
    return (
        _filings()
        .filter(state=State.SUBMITTED, reviewer__in=actors.orgs_where(actor, Act.REVIEW))
        .exclude(sender_id=actor.person_id)
        .order_by("submitted_at", "pk")
    )


def values_seen_by(actor: Actor) -> QuerySet[models.Value]:
    """Return the values of the organisations this actor may see."""
    return models.Value.objects.filter(
        filing__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related("filing__org", "filing__round__form", "cell")


def may_attach(actor: Actor, value: models.Value) -> bool:
    """Test if this actor may add papers to a value, or take them off, now."""
    filing = value.filing
    return filing.state in rules.OPEN and actors.may(actor, Act.FILL, at=filing.org)


def disputes_seen_by(actor: Actor) -> QuerySet[models.Dispute]:
    """Return the disputes of the organisations this actor may see, the newest first."""
    return _disputes().filter(filing__org__in=actors.orgs_where(actor, Act.SEE))


def disputes_to_settle(actor: Actor) -> QuerySet[models.Dispute]:
    """Return the disputes that wait for this actor's own word, the oldest first."""
    held = {one.org_path for one in actor.holdings}
    return (
        _disputes()
        .filter(
            settled_at__isnull=True,
            filing__reviewer__in=actors.orgs_where(actor, Act.REVIEW),
            filing__reviewer__path__in=held,
        )
        .exclude(person_id=actor.person_id)
        .order_by("at", "pk")
    )


def _looks(actor: Actor) -> bool:
    return actors.may_anywhere(actor, Act.SEE)


def _filings() -> QuerySet[models.Filing]:
    found = models.Filing.objects.select_related("round__form", "org", "street", "reviewer")
    return found.order_by("-round__ends_on", "round__slug", "org__path")


def _disputes() -> QuerySet[models.Dispute]:
    return models.Dispute.objects.select_related(
        "filing__round__form", "filing__org", "filing__reviewer", "cell"
    ).order_by("-at", "-pk")
