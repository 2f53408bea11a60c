"""Which circulars somebody sees: their own office's whatever the state, else those issued to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.analytics import catalogue
from qinghe.edges import system
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.files.queries import attachments_of
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Addressee, Chosen, Circular, Feedback

PDF = "PDF"
OFFICE = (Act.WRITE, Act.REVIEW, Act.ISSUE)


@dataclass(frozen=True)
class Choice:
    """One figure of the catalogue that a circular may show."""

    code: str
    label: str
    unit: str
    meaning: str
    chosen: Chosen | None


@dataclass(frozen=True)
class Group:
    """The figures of one system."""

    label: str
    choices: tuple[Choice, ...]


def circulars_seen_by(actor: Actor) -> QuerySet[Circular]:
    """Return the circulars that the actor's office writes, and those issued to the actor's own."""
    sent = Addressee.objects.filter(
        circular=OuterRef("pk"), org__in=actors.orgs_where(actor, Act.READ)
    )
    issued = Q(Exists(sent), state=Circular.State.ISSUED)
    return Circular.objects.filter(Q(org__in=_offices(actor)) | issued).select_related("org")


def is_office(actor: Actor, circular: Circular) -> bool:
    """Test if the actor sees a circular as the office that writes it, and not as its addressee."""
    return any(actors.may(actor, act, at=circular.org) for act in OFFICE)


def writing_orgs(actor: Actor) -> QuerySet[Org]:
    """Return the districts for which the actor writes circulars."""
    return actors.orgs_where(actor, Act.WRITE).filter(kind=OrgKind.DISTRICT).order_by("code")


def addressees_seen_by(actor: Actor) -> QuerySet[Addressee]:
    """Return the addressees whose answers the actor sees: the office all, a street its own."""
    office = Q(circular__org__in=_offices(actor))
    own = Q(org__in=actors.orgs_where(actor, Act.READ))
    return Addressee.objects.filter(
        office | own, circular__state=Circular.State.ISSUED
    ).select_related("circular__org", "org")


def own_addressee(actor: Actor, circular: Circular) -> Addressee | None:
    """Return as which street the actor has a circular."""
    return (
        addressees_seen_by(actor)
        .filter(circular=circular, org__in=actors.orgs_where(actor, Act.READ))
        .first()
    )


def addressees_of(actor: Actor, circular: Circular) -> list[Addressee]:
    """Return the streets that a circular goes to with their answers; a street gets its own only."""
    rows = circular.addressees.select_related("org", "circular__org").prefetch_related("feedback")
    if not is_office(actor, circular):
        rows = rows.filter(org__in=actors.orgs_where(actor, Act.READ))
    return list(rows)


def addressed_orgs(actor: Actor, circular: Circular) -> list[Org]:
    """Return all streets that a circular goes to: they stand on its first page."""
    if not circulars_seen_by(actor).filter(pk=circular.pk).exists():
        return []
    return [each.org for each in circular.addressees.select_related("org")]


def feedback_of(actor: Actor, addressee: Addressee) -> QuerySet[Feedback]:
    """Return the answers of one addressee, newest first."""
    if not addressees_seen_by(actor).filter(pk=addressee.pk).exists():
        return Feedback.objects.none()
    return addressee.feedback.all()


def feedback_seen_by(actor: Actor) -> QuerySet[Feedback]:
    """Return the answers whose attachments the actor may open."""
    return Feedback.objects.filter(addressee__in=addressees_seen_by(actor)).select_related(
        "addressee__org"
    )


def may_answer(actor: Actor, addressee: Addressee) -> bool:
    """Test if it is the actor's turn to answer for a street."""
    return addressee.state in rules.OPEN_ANSWERS and actors.may(actor, Act.ANSWER, at=addressee.org)


def groups(actor: Actor, circular: Circular) -> list[Group]:
    """Return the figures to choose from, by system, with what is chosen."""
    actors.require(actor, Act.WRITE, at=circular.org)
    chosen = {each.code: each for each in circular.chosen.all()}
    known = catalogue.every()
    owners = {
        each.code: of.label
        for of in system.INSTALLED
        for each in of.indicators
        if known[each.code] is each  # and not an older reading of it
    }
    found: dict[str, list[Choice]] = {}
    for code in sorted(known):
        each = known[code]
        found.setdefault(owners.get(code, "自定指标"), []).append(
            Choice(code, each.label, each.unit, each.meaning, chosen.get(code))
        )
    return [Group(label, tuple(choices)) for label, choices in found.items()]


def periods_offered(actor: Actor, *, today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods that have begun and that a circular can be about, by year, newest first."""
    years = scope.offered_years(today)
    return [
        (
            f"{year}年",
            [(span.name, span.label) for row in rows for span in row if span.kind in rules.KINDS],
        )
        for year, rows in years.items()
    ]


def secretaries(actor: Actor, *, orgs: Sequence[Org], day: date) -> list[int]:
    """Return the persons who answer for some streets on a day."""
    held = access.holdings_on(day).filter(role=Role.STREET_SECRETARY.value, org__in=orgs)
    return sorted(set(held.values_list("person_id", flat=True)))


def next_number(actor: Actor, *, org: Org, word: str, year: int) -> int:
    """Return the next free number of a year under one agency word (G-12)."""
    used = Circular.objects.filter(org=org, word=word, year=year, number__isnull=False)
    last = used.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def last_word(actor: Actor, *, org: Org) -> str:
    """Return the agency word that was used last."""
    used = Circular.objects.filter(org=org, number__isnull=False).order_by("-issued_at")
    return used.values_list("word", flat=True).first() or ""


def _offices(actor: Actor) -> QuerySet[Org]:
    office = actors.orgs_where(actor, OFFICE[0])
    for act in OFFICE[1:]:
        office = office | actors.orgs_where(actor, act)
    return office


def printed_of(actor: Actor, circular: Circular) -> Attachment | None:
    """Return the PDF of a circular that the actor may read, once it was made."""
    if not circulars_seen_by(actor).filter(pk=circular.pk).exists():
        return None
    return attachments_of(circular).filter(label=PDF).first()
