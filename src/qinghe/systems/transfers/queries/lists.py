"""Transfers in an actor's sight, from whichever side."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.transfers import models, rules
from qinghe.systems.transfers.access import Act

Transfer = models.Transfer  # named here for the edges, which do not import models
Kind, Side, State = Transfer.Kind, Transfer.Side, Transfer.State


def transfers_seen_by(actor: Actor) -> QuerySet[models.Transfer]:
    """Return the transfers of which this actor may see either end, the newest first.

    A draft is its own side's affair: the other side does not know of it yet.
    """
    leaving = actors.within_reach(actor, Act.SEE, path="from_org__path")
    coming = actors.within_reach(actor, Act.SEE, path="to_org__path")
    placed = actors.within_reach(actor, Act.SEE, path="placed_in__path")
    drafted = Q(state=State.DRAFT)
    seen = (leaving & ~(drafted & Q(side=Side.RECEIVER))) | placed
    seen |= coming & ~(drafted & ~Q(side=Side.RECEIVER))
    return rows(actor).filter(seen)


def rows(actor: Actor) -> QuerySet[models.Transfer]:
    """Return transfers with what lists and records show of them."""
    return models.Transfer.objects.select_related(
        "person", "from_org", "to_org", "desk", "placed_in"
    )


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def committees(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations to which a member can be transferred: they are public."""
    return Org.objects.filter(closed_on__isnull=True, kind__in=sorted(rules.LEAGUE))


def placing_under(actor: Actor, one: models.Transfer) -> Org:
    """Return the committee in whose branches a member is placed: the receiver, or who took it over."""
    return orgs.now_of(one.end_of(Side.RECEIVER))


def branches_under(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the open branches of a committee, in which its members are placed."""
    found = Org.objects.filter(path__startswith=org.path, closed_on__isnull=True)
    return found.filter(kind__in=sorted(rules.ROLLS)).order_by("path")


def member_by_number(actor: Actor, number: str) -> Membership | None:
    """Return where the member with a number stands, for a form in which it was typed."""
    held = Membership.objects.filter(person__number=number, ends_on__isnull=True)
    return held.select_related("person", "org").first()


def may_send(actor: Actor, org: Org) -> bool:
    """Test if the actor lets members of this organisation go."""
    return actors.may(actor, Act.SEND, at=org)


def person_named(actor: Actor, number: str, name: str) -> Person | None:
    """Return the person whom a number and a name mean together.

    A receiving side asks by both for somebody whom it does not see (T-60); neither alone tells.
    """
    return Person.objects.filter(number=number, name=name).first()


def is_number_taken(actor: Actor, number: str) -> bool:
    """Test if somebody is on the books under a number."""
    return Person.objects.filter(number=number).exists()


def targets_named(actor: Actor, words: str) -> QuerySet[Org]:
    """Return where a member could go, by a part of the name or the beginning of the code."""
    named = Q(name__icontains=words) | Q(code__startswith=words.upper())
    return committees(actor).filter(named).order_by("path")


def desk_act(actor: Actor, one: models.Transfer) -> Act:
    """Return what is needed at the desk where a transfer lies."""
    return Act.RECEIVE if one.state == State.IN_PENDING and one.to_org_id else Act.SEND


def is_of_side(actor: Actor, one: models.Transfer) -> bool:
    """Test if the actor belongs to the side that began; a member's own has pages of its own."""
    if one.side == Side.SENDER and one.from_org:
        return actors.may(actor, Act.SEND, at=one.from_org)
    if one.side == Side.RECEIVER and one.to_org:
        return actors.may(actor, Act.RECEIVE, at=one.to_org)
    return False


def may_attach(actor: Actor, one: Model) -> bool:
    """Test if the actor may keep a letter or a receipt with a transfer: whoever works on either end."""
    if not isinstance(one, models.Transfer):
        return False
    sends = one.from_org is not None and actors.may(actor, Act.SEND, at=one.from_org)
    return sends or (one.to_org is not None and actors.may(actor, Act.RECEIVE, at=one.to_org))


def written_of(actor: Actor, one: models.Transfer) -> dict[str, object]:
    """Return what was written of a transfer, for a form that mends it."""
    return {
        "kind": one.kind,
        "to_org": one.to_org.code if one.to_org else "",
        "outside": one.outside,
        "term_on": one.term_on,
        "letter": one.letter,
        "note": one.note,
    }


def kinds_for(actor: Actor, one: models.Transfer) -> list[models.Transfer.Kind]:
    """Return the kinds that a transfer can be mended into: from outside stays from outside."""
    if one.kind == Kind.IN:
        return [Kind.IN]
    other = {Kind.IN} | ({Kind.OUT, Kind.ARMY} if one.side == Side.RECEIVER else set())
    return [kind for kind in Kind if kind not in other]


def study_due_of(actor: Actor, one: models.Transfer, *, days: int) -> date | None:
    """Return by when a transfer to a new school should be over (T-61)."""
    return rules.study_due(kind=one.kind, term_on=one.term_on, days=days)


def short_name_of(actor: Actor, one: models.Transfer, *, on: date) -> str:
    """Return the member's name as a list shows it to either side."""
    return levels.short_name(actor, one.person, at=_nearest(actor, one), on=on)


def full_name_of(actor: Actor, one: models.Transfer, *, on: date) -> str:
    """Return the member's name as their record shows it to either side."""
    return levels.full_name(actor, one.person, at=_nearest(actor, one), on=on)


def placed_of(actor: Actor, one: models.Transfer) -> str:
    """Return where a member was placed, in words."""
    if one.placed_in:
        return one.placed_in.name
    return "—"


def transfer_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return transfers behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.origin} → {one.target}",
            cells=(
                ("类别", one.get_kind_display()),
                ("发起日期", one.started_on.isoformat()),
                ("状态", one.get_state_display()),
                ("办结日期", one.closed_on.isoformat() if one.closed_on else "—"),
            ),
            url=reverse("transfers:transfer", args=[one.pk]),
        )
        for one in transfers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _nearest(actor: Actor, one: models.Transfer) -> Org | None:
    """Return the end at which this actor's right to read about minors counts, if there is one."""
    ends = [end for end in (one.from_org, one.to_org, one.placed_in) if end]
    at = (end for end in ends if levels.may_see(actor, levels.Level.CHILD, at=end))
    return next(at, ends[0] if ends else None)
