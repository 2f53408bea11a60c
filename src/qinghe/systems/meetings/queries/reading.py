"""What pages and documents are made of."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from qinghe.edges import door, handing
from qinghe.edges.handing import Followed, Offer
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.door_codes import Code
from qinghe.lib.periods import TZ
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

from .sight import bodies_seen_by, decisions_seen_by, items_seen_by, summonses_seen_by

SLUG = "meetings.decision"
DOOR = "meetings_sitting.code"
Terms = models.SittingTerms
TERM_NUMBERS = ("quorum_percent", "items_days", "reply_days", "accept_days")
_BEFORE_ANY = date(2000, 1, 1)


@dataclass(frozen=True)
class Line:
    """One item of an agenda in its place and time."""

    item: models.AgendaItem
    slot: rules.Slot | None

    @property
    def times(self) -> str:
        """Return from when until when it is on, in words."""
        if self.slot is None:
            return "—"
        begins, ends = self.slot.begins.astimezone(TZ), self.slot.ends.astimezone(TZ)
        return f"{begins:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True)
class Present:
    """Who stands in the minutes, by how they took part (G-40)."""

    came: list[str]
    away: list[str]
    guests: list[str]


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def bodies_to_run(actor: Actor) -> QuerySet[models.Body]:
    """Return the bodies whose office this actor is, and that still meet."""
    run = bodies_seen_by(actor).filter(actors.within_reach(actor, Act.RUN))
    return run.filter(ended_on__isnull=True).exclude(kind__in=rules.ABOVE)


def bodies_above(actor: Actor) -> QuerySet[models.Body]:
    """Return the bodies above whose sittings this actor registers."""
    found = bodies_seen_by(actor).filter(actors.within_reach(actor, Act.REGISTER))
    return found.filter(ended_on__isnull=True, kind__in=rules.ABOVE)


def units_of(actor: Actor, body: models.Body) -> QuerySet[models.MemberUnit]:
    """Return the units that belong to a body now."""
    return body.units.filter(left_on__isnull=True).select_related("unit", "body__org")


def units_in_sight(actor: Actor) -> QuerySet[models.MemberUnit]:
    """Return the units of the bodies in sight."""
    found = models.MemberUnit.objects.filter(body__in=bodies_seen_by(actor))
    return found.select_related("body__org", "unit")


def representatives_of(actor: Actor, body: models.Body) -> QuerySet[models.Representative]:
    """Return who has stood for the units of a body, those of today first."""
    found = models.Representative.objects.filter(member__body=body)
    return found.select_related("member__body__org", "person").order_by(
        "member_id", "role", "-starts_on"
    )


def agenda_of(actor: Actor, sitting: models.Sitting) -> list[Line]:
    """Return the agenda as far as it is in sight; what is hidden keeps its time."""
    listed = sitting.items.filter(state=models.AgendaItem.State.LISTED).order_by("place")
    lengths = list(listed.values_list("length", flat=True))
    slots: list[rules.Slot] | None = None
    if sitting.starts_at is not None:
        slots = rules.slots(starts_at=sitting.starts_at, lengths=lengths)
    seen = items_seen_by(actor).filter(sitting=sitting, place__isnull=False)
    return [
        Line(one, slots[one.place - 1] if slots and one.place else None)
        for one in seen.order_by("place")
    ]


def name_of(actor: Actor, summons: models.Summons, *, on: date) -> str:
    """Return who is invited, as the actor may see it in full."""
    one = summons.representative
    if one is None:
        return summons.name
    if one.person is None:
        return one.name
    return levels.full_name(actor, one.person, at=summons.sitting.body.org, on=on)


def bodies_with_counts(actor: Actor) -> QuerySet[models.Body]:
    """Return the bodies in sight with how many units they have and how often they met."""
    units = Count("units", filter=Q(units__left_on__isnull=True), distinct=True)
    met = Q(sittings__state__in=["held", "minuted", "registered"])
    return bodies_seen_by(actor).annotate(
        standing=units, held=Count("sittings", filter=met, distinct=True)
    )


def platforms_with_counts(actor: Actor) -> QuerySet[models.TalkPlatform]:
    """Return the list of platforms with how many talks stand."""
    stands = Q(talks__void_on__isnull=True)
    return models.TalkPlatform.objects.annotate(given=Count("talks", filter=stands))


def present_at(actor: Actor, sitting: models.Sitting) -> Present:
    """Return who came, who asked for leave and who attended beside the units (G-40)."""
    came, away, guests = [], [], []
    for one in summonses_seen_by(actor).filter(sitting=sitting).order_by("pk"):
        if one.member is None:
            if one.came_at:
                guests.append(f"{one.name}（{one.duty}）" if one.duty else one.name)
        elif one.came_at:
            came.append(f"{_who_came(actor, one)}（{one.member.name}）")
        else:
            name = name_of(actor, one, on=sitting.day) or "未登记代表"
            away.append(f"{name}（{one.member.name}）")
    return Present(came, away, guests)


def _who_came(actor: Actor, one: models.Summons) -> str:
    if one.reply == models.Summons.Reply.PROXY:
        return f"{one.proxy_name}代"
    return name_of(actor, one, on=one.sitting.day) or "未登记代表"


def terms_on(actor: Actor, day: date) -> models.SittingTerms:
    """Return the terms that hold on a day; where none were set, what the platform comes with."""
    held = models.SittingTerms.objects.filter(starts_on__lte=day).first()
    return held or models.SittingTerms(title="平台初始参数", starts_on=_BEFORE_ANY)


def all_terms(actor: Actor) -> QuerySet[models.SittingTerms]:
    """Return all terms, the newest first."""
    return models.SittingTerms.objects.all()


def code_text(actor: Actor, sitting: models.Sitting, *, step: int) -> str:
    """Return the code of a step as the door's address says it. Raises Refused: key_missing."""
    return door.text_of(Code(sitting.pk, "in", step), about=DOOR)


def digits_of(actor: Actor, sitting: models.Sitting, *, step: int) -> str:
    """Return the code of a step as six digits to be typed. Raises Refused: key_missing."""
    return door.digits_of(Code(sitting.pk, "in", step), about=DOOR)


def read_code(actor: Actor, text: str) -> Code:
    """Return the code that an address says, if it is one of ours. Raises Refused: bad_code."""
    return door.read(text, about=DOOR)


def sitting_with_code(actor: Actor, code: Code) -> models.Sitting | None:
    """Return the sitting at whose door somebody stands: the code proves that they are there."""
    found = models.Sitting.objects.filter(pk=code.session_id)
    return found.select_related("body__org").first()


def followed(actor: Actor, decision: models.Decision) -> list[Followed]:
    """Return what lists of work say became of a decision."""
    key = _key(decision)
    return handing.followed(actor, [key]).get(key, [])


def offers(actor: Actor) -> list[Offer]:
    """Return the decisions that an actor may see, for lists of work that take them over.

    What is internal stays here, even for its readers: a list of work is read by more than they are.
    """
    inside = Q(sitting__is_internal=True) | Q(item__is_internal=True, item__isnull=False)
    found = decisions_seen_by(actor).exclude(inside).exclude(state=models.Decision.State.VOID)
    return [_offer(one) for one in found.order_by("-made_on", "sitting_id", "place")]


def _key(decision: models.Decision) -> str:
    return f"{SLUG}:{decision.pk}"


def _offer(one: models.Decision) -> Offer:
    return Offer(
        key=_key(one),
        title=one.text,
        group=one.sitting.title,
        org=one.sitting.body.org,
        url=reverse("meetings:decision", args=[one.pk]),
        owner=one.owner,
        due_on=one.due_on,
        is_done=one.state == models.Decision.State.ACCEPTED,
    )


def people_numbered(actor: Actor, numbers: list[str]) -> list[Person]:
    """Return the persons with these numbers, for a form in which they were typed."""
    return list(Person.objects.filter(number__in=numbers))


def body_keys(actor: Actor) -> dict[str, int]:
    """Return the keys of the bodies that an actor runs, by name, for a file."""
    return dict(bodies_to_run(actor).values_list("name", "pk"))


def org_keys(actor: Actor, codes: set[str]) -> dict[str, int]:
    """Return the keys of organisations by code, for a file in which the codes stand."""
    found = Org.objects.filter(code__in=codes, closed_on__isnull=True)
    return dict(found.values_list("code", "pk"))


def standing_units(actor: Actor) -> set[tuple[int, str]]:
    """Return which units stand already in the bodies that an actor runs."""
    there = models.MemberUnit.objects.filter(body__in=bodies_to_run(actor), left_on__isnull=True)
    return set(there.values_list("body_id", "name"))
