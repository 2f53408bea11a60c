"""The cadres themselves, out of the kernel's posts: by person, by place, and where one is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import COMMITTEES, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Post, Service, Sex
from qinghe.lib.identifiers import age_on
from qinghe.systems.cadres import rules
from qinghe.systems.cadres.access import Act

# T-81: one person with several posts counts once, the highest class wins.
CLASSES = (Service.FULL_TIME, Service.SECONDED, Service.PART_TIME)
AGES = ((25, "25岁以下"), (28, "25至27岁"), (36, "28至35岁"), (200, "36岁以上"))
UNKNOWN = "未填出生日期"
BRACKETS = (*(label for _, label in AGES), UNKNOWN)
LED = sorted((COMMITTEES - {OrgKind.DISTRICT_COMMITTEE}) | rules.ELECTING)


@dataclass
class Group:
    """The cadres of one place, each once: by class, by age, and how many are women."""

    label: str
    code: str = ""
    classes: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    women: int = 0

    @property
    def people(self) -> int:
        """Return how many there are."""
        return self.classes.total()

    @property
    def hundredths(self) -> int | None:
        """Return the full-time share in hundredths of a per cent, rounded half up (T-81)."""
        if not self.people:
            return None
        full = self.classes[Service.FULL_TIME]
        return (full * 20000 + self.people) // (2 * self.people)

    @property
    def share(self) -> str:
        """Say the full-time share with two decimals."""
        parts = self.hundredths
        return "—" if parts is None else f"{parts // 100}.{parts % 100:02}%"

    @property
    def numbers(self) -> list[int]:
        """Return the columns of a table: all, by class, women, by age."""
        by_class = [self.classes[one] for one in CLASSES]
        return [self.people, *by_class, self.women, *(self.ages[one] for one in BRACKETS)]


@dataclass(frozen=True)
class Structure:
    """How the cadres at and below an organisation are made up."""

    whole: Group
    by_place: Sequence[Group]
    by_sector: Sequence[Group]
    with_several: int


@dataclass(frozen=True)
class _Held:
    person_id: int
    service: str
    path: str
    sector: str
    sex: str
    birth_date: date | None


def posts_seen_by(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Return the posts that were held on a day at organisations at which this actor may look."""
    there = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return Post.objects.filter(there, actors.within_reach(actor, Act.SEE))


def structure(actor: Actor, org: Org, *, on: date) -> Structure:
    """Return how the cadres at and below an organisation are made up on a day: two questions."""
    rows = posts_seen_by(actor, on=on).filter(org__path__startswith=org.path)
    names = ("person_id", "service", "org__path", "org__sector", "person__sex")
    held = [_Held(*row) for row in rows.values_list(*names, "person__birth_date")]
    depth = len(codes_in(org.path))
    places: dict[str, list[_Held]] = defaultdict(list)
    sectors: dict[str, list[_Held]] = defaultdict(list)
    for one in held:
        codes = codes_in(one.path)
        places[codes[depth] if len(codes) > depth else codes[-1]].append(one)
        sectors[one.sector].append(one)
    below = dict(Org.objects.filter(code__in=places).order_by("path").values_list("code", "name"))
    several = Counter(one.person_id for one in held)
    return Structure(
        whole=_group(org.name, held, on=on, code=org.code),
        by_place=[_group(name, places[code], on=on, code=code) for code, name in below.items()],
        by_sector=[_group(_sector(key), sectors[key], on=on) for key in sorted(sectors)],
        with_several=sum(count > 1 for count in several.values()),
    )


def cadres_by_person(actor: Actor, org: Org, *, on: date) -> QuerySet[Post]:
    """Return each cadre at and below an organisation once, by the post of the highest class (T-81).

    `posts` says how many they hold there.
    """
    rows = posts_seen_by(actor, on=on).filter(org__path__startswith=org.path)
    own = rows.filter(person=OuterRef("person")).order_by()
    chosen = own.annotate(rank=_rank()).order_by("rank", "starts_on", "pk").values("pk")[:1]
    held = own.values("person").annotate(n=Count("pk")).values("n")
    found = rows.filter(pk=Subquery(chosen)).annotate(posts=Subquery(held))
    ranked = found.select_related("person", "org").annotate(rank=_rank())
    return ranked.order_by("rank", "org__path")


def led_orgs(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the organisations that have a committee or a secretary, with who sits there today.

    `held` are the people with a post, `has_secretary` tells of one who leads, `lacking` how many a
    committee of the least size has more (T-05).
    """
    posts = Post.objects.filter(org=OuterRef("pk"), ends_on__isnull=True).order_by()
    held = posts.values("org").annotate(n=Count("person", distinct=True)).values("n")
    leads = posts.filter(title__endswith="书记").exclude(title__endswith="副书记")
    rows = actors.orgs_where(actor, Act.SEE).filter(
        path__startswith=org.path, kind__in=LED, closed_on__isnull=True
    )
    found = rows.annotate(
        held=Coalesce(Subquery(held, output_field=IntegerField()), 0),
        has_secretary=Exists(leads),
        least=_least_size(),
    )
    return found.annotate(lacking=Greatest(F("least") - F("held"), 0)).select_related("parent")


def _least_size() -> Case:
    sizes = [When(kind=kind, then=Value(rules.least_size(kind))) for kind in sorted(rules.ELECTING)]
    return Case(*sizes, default=Value(0), output_field=IntegerField())


def _rank() -> Case:
    ranks = [When(service=one, then=Value(place)) for place, one in enumerate(CLASSES)]
    return Case(*ranks, default=Value(len(CLASSES)), output_field=IntegerField())


def _sector(key: str) -> str:
    return Sector(key).label if key else "未标领域"


def _group(label: str, held: Iterable[_Held], *, on: date, code: str = "") -> Group:
    """Count some posts by person, each in the highest class that they hold there."""
    group = Group(label, code)
    best: dict[int, _Held] = {}
    for one in held:
        kept = best.setdefault(one.person_id, one)
        if CLASSES.index(Service(one.service)) < CLASSES.index(Service(kept.service)):
            best[one.person_id] = one
    for one in best.values():
        group.classes[one.service] += 1
        group.ages[_bracket(one.birth_date, on=on)] += 1
        group.women += one.sex == Sex.FEMALE
    return group


def _bracket(birth_date: date | None, *, on: date) -> str:
    if birth_date is None:
        return UNKNOWN
    age = age_on(birth_date, on)
    return next(label for below, label in AGES if age < below)
