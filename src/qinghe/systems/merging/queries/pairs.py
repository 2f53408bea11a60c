"""Two rows side by side: how alike they are, what each has, what must be chosen.

Whether both tell the same is shown, never the value that a reader has to give a reason for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from qinghe.edges import standing
from qinghe.edges.system import INSTALLED, Yielding
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import keys
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.keys import Fate
from qinghe.kernel.people.models import Contact, Membership, Person
from qinghe.systems.merging import rules
from qinghe.systems.merging.access import Act

from .places import places_of

SAME, OTHER, UNKNOWN = "相同", "不同", "一方未登记"


@dataclass(frozen=True)
class Pair:
    """Two rows in the actor's sight, and the lowest organisation that holds all their places."""

    kept: Person
    duplicate: Person
    org: Org


@dataclass(frozen=True)
class Likeness:
    """One thing that both rows tell: whether they tell the same."""

    label: str
    verdict: str


@dataclass(frozen=True)
class Compared:
    """How many records of one kind each row has."""

    label: str
    of_kept: int
    of_duplicate: int


@dataclass(frozen=True)
class Choice:
    """Something of which a person has one and both rows have theirs: which of them stands.

    `settles` is the key of two records that stop the merge until one of them is chosen.
    """

    name: str
    label: str
    options: tuple[tuple[int, str], ...]
    settles: str = ""


def person_to_merge(actor: Actor, number: str) -> Person | None:
    """Return who has a number, as far as the actor may propose to merge them."""
    mine = standing.persons_at(actors.orgs_where(actor, Act.PROPOSE))
    return mine.filter(number=number.strip()).first()


def pair_seen_by(actor: Actor, kept_id: int, duplicate_id: int) -> Pair | None:
    """Return two rows if the actor's sight holds every place at which either of them stands.

    As much is asked of rows that are not there: they take as long as those out of sight.
    """
    found = Person.objects.in_bulk([kept_id, duplicate_id])
    org = common_org(actor, kept_id, duplicate_id)
    if len(found) < 2 or org is None or not actors.may(actor, Act.SEE, at=org):
        return None
    return Pair(found[kept_id], found[duplicate_id], org)


def common_org(actor: Actor, *person_ids: int) -> Org | None:
    """Return the lowest organisation that holds all places of persons who each have one."""
    paths = places_of(actor, person_ids, on=timezone.localdate())
    all_stand = all(paths.get(one) for one in person_ids)
    held = [path for some in paths.values() for path in some] if all_stand else []
    return Org.objects.filter(code=rules.common_code(held)).first()


def compared(actor: Actor, pair: Pair) -> list[Likeness]:
    """Return how alike two rows are. Raises Refused: key_missing, key_damaged, sealed_damaged."""
    one, other = people.known_of(pair.kept), people.known_of(pair.duplicate)
    phones = dict(
        Contact.objects.filter(person__in=[pair.kept, pair.duplicate]).values_list(
            "person_id", "phone_index"
        )
    )
    return [
        Likeness("姓名", _verdict(pair.kept.name, pair.duplicate.name)),
        Likeness("性别", _verdict(one.sex, other.sex)),
        Likeness("出生日期", _verdict(one.birth_date, other.birth_date)),
        Likeness("身份证号", _verdict(one.id_number, other.id_number)),
        Likeness("手机号", _verdict(phones.get(pair.kept.pk), phones.get(pair.duplicate.pk))),
    ]


def what_each_has(actor: Actor, pair: Pair) -> list[Compared]:
    """Return what each of two rows has that goes over, by kind; one question a kind of record."""
    counts = keys.counts_of(rules.FATES, first=pair.kept, second=pair.duplicate)
    return [Compared(rules.FATES[name].label, *both) for name, both in counts.items()]


def clashes(actor: Actor, pair: Pair, *, chosen: Sequence[Choice]) -> list[str]:
    """Return what stops the merge of two rows and is not among what is chosen between, in words."""
    found = keys.clashes_of(rules.FATES, kept=pair.kept.pk, duplicate=pair.duplicate.pk)
    left = Counter(found) - Counter(one.settles for one in chosen)
    return [f"{rules.FATES[name].label}{count}条" for name, count in left.items()]


def ways(actor: Actor) -> dict[str, Yielding]:
    """Return by key how one of two records gives way, as the installed systems tell."""
    return {one.key: one for installed in INSTALLED for one in installed.yields}


def _clashing_choices(actor: Actor, pair: Pair) -> list[Choice]:
    """Return each two records that cannot stand side by side, where one of them can give way."""
    pairs = keys.pairs_of(rules.FATES, kept=pair.kept.pk, duplicate=pair.duplicate.pk)
    found = []
    for name, way in ways(actor).items():
        some = [(mine, theirs) for key, mine, theirs in pairs if key == name]
        told = way.tell(actor, [pk for both in some for pk in both]) if some else {}
        for mine, theirs in some:
            if mine not in told or theirs not in told:
                continue
            options = (
                (mine, f"保留档案的：{told[mine]}"),
                (theirs, f"重复档案的：{told[theirs]}"),
            )
            label = f"{rules.FATES[name].label}不能并存，以哪一条为准（另一条在原处作废，不删除）"
            named = rules.name_of_clash(name, mine, theirs).replace(".", "-")
            found.append(Choice(named, label, options, settles=name))
    return found


def choices(actor: Actor, pair: Pair) -> list[Choice]:
    """Return what the proposer has to choose between."""
    found = []
    still = Membership.objects.filter(
        person__in=[pair.kept, pair.duplicate], ends_on__isnull=True
    ).select_related("org")
    orgs = {one.org_id: f"{one.org.name}（{one.starts_on}起）" for one in still}
    if len(orgs) > 1:
        found.append(Choice("branch", "团员名册以哪个团组织为准", tuple(orgs.items())))
    for key in keys.keys_to(Person):
        if rules.FATES[key.name].fate is not Fate.FOLDS:
            continue
        rows = [(each.pk, key.rows(each.pk).first()) for each in (pair.kept, pair.duplicate)]
        told = tuple((pk, keys.words_of(row)) for pk, row in rows if row is not None)
        if len(told) > 1:
            label = f"{rules.FATES[key.name].label}以哪一份为准"
            found.append(Choice(key.name.replace(".", "-"), label, told))
    return [*found, *_clashing_choices(actor, pair)]


def _verdict(first: object, second: object) -> str:
    if not (first and second):
        return UNKNOWN
    return SAME if first == second else OTHER
