"""What concerns somebody themself: a nomination, what they are to examine, where they serve."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.cadres import models
from qinghe.systems.cadres.access import Act

from .reserve import Candidate, CandidateState, Examination, candidates_seen_by
from .secondments import Secondment, line_of, secondments_seen_by


def own_candidacies(actor: Actor) -> QuerySet[Candidate]:
    """Return one's own places in the reserve, the newest first."""
    return Candidate.objects.filter(person_id=actor.person_id).select_related("org", "nominated_by")


def own_examinations(actor: Actor) -> QuerySet[Examination]:
    """Return whom one is asked to examine and has not written about."""
    mine = Examination.objects.filter(person_id=actor.person_id, given_on__isnull=True)
    open_ = mine.filter(candidate__state=CandidateState.AGREED)
    return open_.select_related("candidate__person", "candidate__org")


def own_secondments(actor: Actor) -> QuerySet[Secondment]:
    """Return one's own secondments, the newest first."""
    return Secondment.objects.filter(person_id=actor.person_id).select_related("home", "host")


def own_incentives(actor: Actor) -> QuerySet[models.Incentive]:
    """Return what one was given."""
    mine = models.Incentive.objects.filter(person_id=actor.person_id, decision="given")
    return mine.filter(state=models.Incentive.State.DECIDED).select_related("org")


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return what waits for somebody as a card of their phone; nothing where nothing does."""
    url = reverse("cadres:own")
    asked = own_candidacies(actor).filter(state=CandidateState.ASKED)
    lines = [Line(one.pk, "您被提名为储备人选，请确认是否同意", url=url) for one in asked]
    lines += [Line(one.pk, "请提交储备人选考察意见", url=url) for one in own_examinations(actor)]
    return (Card(title="团干部", lines=tuple(lines)),) if lines else ()


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return what the actor may see of somebody's secondments, reserve and incentives (S-07)."""
    is_self = actor.person_id == person.pk
    own = reverse("cadres:own")
    seconded = own_secondments(actor) if is_self else secondments_seen_by(actor)
    kept = own_candidacies(actor) if is_self else candidates_seen_by(actor)
    given = own_incentives(actor) if is_self else _incentives_seen(actor)
    return [
        *(line_of(actor, one, title="互兼互挂") for one in seconded.filter(person=person)),
        *(
            Line(
                one.pk,
                "团干部储备库",
                (("状态", one.get_state_display()),),
                own if is_self else reverse("cadres:candidate", args=[one.pk]),
            )
            for one in kept.filter(person=person)
        ),
        *(
            Line(one.pk, f"{one.year}年度激励", (("内容", one.given),), own if is_self else "")
            for one in given.filter(person=person)
        ),
    ]


def _incentives_seen(actor: Actor) -> QuerySet[models.Incentive]:
    reach = actors.within_reach(actor, Act.SEE)
    return models.Incentive.objects.filter(
        reach, decision="given", state=models.Incentive.State.DECIDED
    )
