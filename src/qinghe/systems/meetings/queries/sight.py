"""What an actor sees: by the office, by their unit, by what their organisation owns; or by name.

An internal record is seen by its named readers alone, wherever they stand; everybody else meets it
only as part of a number. These functions are the only doors to the tables.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models
from qinghe.systems.meetings.access import Act


def units_answered_by(actor: Actor) -> QuerySet[models.MemberUnit]:
    """Return the member units at which an actor holds a post, so that they answer for them."""
    mine = actors.orgs_where(actor, Act.ANSWER)
    return models.MemberUnit.objects.filter(unit__in=mine, left_on__isnull=True)


def bodies_seen_by(actor: Actor) -> QuerySet[models.Body]:
    """Return the bodies whose office an actor may look into, and those of their units."""
    mine = Exists(units_answered_by(actor).filter(body=OuterRef("pk")))
    office = actors.within_reach(actor, Act.SEE)
    return models.Body.objects.filter(office | Q(mine)).select_related("org", "committee")


def sittings_seen_by(actor: Actor) -> QuerySet[models.Sitting]:
    """Return the sittings in an actor's sight, the newest first."""
    mine = Exists(units_answered_by(actor).filter(body=OuterRef("body_id")))
    office = actors.within_reach(actor, Act.SEE, path="body__org__path")
    open_ones = Q(is_internal=False) & (office | Q(mine))
    found = models.Sitting.objects.filter(open_ones | Q(_named(actor, "sitting")))
    return found.select_related("body__org")


def items_seen_by(actor: Actor) -> QuerySet[models.AgendaItem]:
    """Return the items in sight: of others' proposals only the office sees what is not listed yet."""
    listed = Q(state=models.AgendaItem.State.LISTED)
    own = Q(member__in=units_answered_by(actor))
    office = actors.within_reach(actor, Act.SEE, path="sitting__body__org__path")
    seen = Q(is_internal=False, sitting__in=sittings_seen_by(actor)) & (listed | own | office)
    found = models.AgendaItem.objects.filter(seen | Q(_named(actor, "item")))
    return found.select_related("sitting__body__org", "member")


def decisions_seen_by(actor: Actor) -> QuerySet[models.Decision]:
    """Return the decisions in sight; one of an internal sitting or item is as internal as that."""
    by_sitting = _named(actor, "sitting", key="sitting_id")
    by_item = _named(actor, "item", key="item_id")
    clear = (Q(sitting__is_internal=False) | Q(by_sitting)) & (
        Q(item__isnull=True) | Q(item__is_internal=False) | Q(by_item)
    )
    member = Exists(units_answered_by(actor).filter(body=OuterRef("sitting__body_id")))
    reach = (
        actors.within_reach(actor, Act.SEE, path="sitting__body__org__path")
        | actors.within_reach(actor, Act.SEE, path="owner__path")
        | actors.within_reach(actor, Act.ANSWER, path="owner__path")
        | Q(member)
        | Q(by_sitting)
        | Q(by_item)
    )
    found = models.Decision.objects.filter(clear & reach)
    return found.select_related("sitting__body__org", "item", "owner")


def summonses_seen_by(actor: Actor) -> QuerySet[models.Summons]:
    """Return the invitations in sight: all of them to the office, to a unit its own."""
    office = actors.within_reach(actor, Act.SEE, path="sitting__body__org__path")
    named = _named(actor, "sitting", key="sitting_id")
    own = Q(member__in=units_answered_by(actor))
    found = models.Summons.objects.filter(
        (Q(sitting__is_internal=False) & (office | own)) | Q(named)
    )
    return found.select_related("sitting__body__org", "member__unit", "representative__person")


def own_summonses(actor: Actor) -> QuerySet[models.Summons]:
    """Return the invitations on which somebody signs in: of their unit, or as its delegate."""
    mine = Q(representative__person_id=actor.person_id) | Q(member__in=units_answered_by(actor))
    found = models.Summons.objects.filter(mine, member__isnull=False)
    return found.select_related("sitting__body__org", "member")


def instructions_seen_by(actor: Actor) -> QuerySet[models.Instruction]:
    """Return the instructions in sight, the newest first."""
    office = actors.within_reach(actor, Act.SEE)
    owner = actors.within_reach(actor, Act.ANSWER, path="owner__path")
    open_ones = Q(is_internal=False) & (office | owner)
    found = models.Instruction.objects.filter(open_ones | Q(_named(actor, "instruction")))
    return found.select_related("org", "owner")


def talks_seen_by(actor: Actor) -> QuerySet[models.Talk]:
    """Return the talks of the organisations where an actor may look, the newest first."""
    found = models.Talk.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("org", "platform")


def platforms(actor: Actor) -> QuerySet[models.TalkPlatform]:
    """Return the district's list of platforms."""
    return models.TalkPlatform.objects.all()


def readers_of(
    actor: Actor, record: models.Sitting | models.AgendaItem | models.Instruction
) -> Sequence[models.Reader]:
    """Return who is named as a reader of a record that this actor sees."""
    return list(record.readers.select_related("person"))


def _named(actor: Actor, column: str, *, key: str = "pk") -> Exists:
    named = models.Reader.objects.filter(person_id=actor.person_id, **{column: OuterRef(key)})
    return Exists(named)
