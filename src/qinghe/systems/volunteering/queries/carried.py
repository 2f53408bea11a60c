"""Lists of other platforms: which an actor sees, whose their rows could be, what waits."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import cast

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people import queries as people
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Before, Namesake, Told, identity

CarriedHours = models.CarriedHours
CarriedList = models.CarriedList
CarriedRow = models.CarriedRow
HoursSource = models.HoursSource
ListState = CarriedList.State
RowState = CarriedRow.State
SourceColumns = models.SourceColumns
OPEN = (RowState.MATCHED, RowState.SEVERAL, RowState.NOBODY)


def sources_for(actor: Actor) -> QuerySet[models.HoursSource]:
    """Return the platforms: they are the house's, open to whoever loads lists anywhere.

    `owner` names who keeps a platform's columns, where that is at, below or above the actor.
    """
    if not actors.may_anywhere(actor, Act.UPLOAD):
        return HoursSource.objects.none()
    known = Q(org__in=actors.orgs_where(actor, Act.UPLOAD))
    for held in actor.holdings:
        above = codes_in(held.org_path)
        known |= Q(org__code__in=above)
    return HoursSource.objects.select_related("org").annotate(
        version=Count("versions", distinct=True),
        owner=Case(When(known, then=F("org__name")), default=Value("其他组织")),
    )


def carried_lists_seen_by(actor: Actor) -> QuerySet[models.CarriedList]:
    """Return the lists loaded for organisations where the actor loads lists, newest first."""
    rows = Count("rows")
    return (
        CarriedList.objects.filter(org__in=actors.orgs_where(actor, Act.UPLOAD))
        .select_related("source", "columns", "org", "loaded_by", "file")
        .annotate(
            lines=rows,
            waiting=Count("rows", filter=Q(rows__state=RowState.MATCHED)),
            unsure=Count("rows", filter=Q(rows__state__in=[RowState.SEVERAL, RowState.NOBODY])),
            agreed=Count("rows", filter=Q(rows__state=RowState.AGREED)),
        )
        .order_by("-loaded_at", "-pk")
    )


def carried_rows_seen_by(actor: Actor) -> QuerySet[models.CarriedRow]:
    """Return the rows of the lists that an actor sees."""
    return CarriedRow.objects.filter(
        carried_list__org__in=actors.orgs_where(actor, Act.UPLOAD)
    ).select_related(
        "carried_list__org",
        "carried_list__source",
        "volunteer__person",
        "volunteer__org",
        "earlier__carried_list",
        "decided_by",
    )


def counts_of_list(actor: Actor, found: models.CarriedList) -> dict[str, int]:
    """Return how many rows of a list stand in each state."""
    return dict(found.rows.order_by().values_list("state").annotate(Count("pk")))


def candidates_of(actor: Actor, row: models.CarriedRow) -> QuerySet[models.Volunteer]:
    """Return who a row could be, among those below its list's organisation."""
    return (
        on_roll(actor, row.carried_list.org)
        .filter(pk__in=row.candidates)
        .select_related("person", "org")
    )


def on_roll(actor: Actor, org: Org) -> QuerySet[models.Volunteer]:
    """Return the registered volunteers of an organisation and all below it."""
    return models.Volunteer.objects.filter(
        state=models.Volunteer.State.REGISTERED, org__path__startswith=org.path
    )


def namesakes(actor: Actor, told: Sequence[Told], *, org: Org) -> dict[int, list[Namesake]]:
    """Return by line who of the roll below an organisation has the row's name.

    Identity numbers are compared inside the kernel; none of them comes here.
    """
    known: dict[str, list[tuple[int, int, date | None, str]]] = defaultdict(list)
    for some in people.in_parts({one.name for one in told}):
        rows = on_roll(actor, org).filter(person__name__in=some)
        for pk, person, name, birth_date, sex in rows.order_by().values_list(
            "pk", "person", "person__name", "person__birth_date", "person__sex"
        ):
            known[name].append((pk, person, birth_date, sex))
    shown: dict[int, set[str]] = defaultdict(set)
    for one in told:
        for _, person, _, _ in known[one.name] if one.shown else ():
            shown[person].add(one.shown)
    agrees = people.agreeing_with_shown(shown)
    return {
        one.line: [
            Namesake(pk, birth_date, sex, agrees.get((person, one.shown)))
            for pk, person, birth_date, sex in known[one.name]
        ]
        for one in told
    }


def remembered(actor: Actor, source: models.HoursSource, numbers: Iterable[str]) -> dict[str, int]:
    """Return whose a platform's numbers were by rows that were agreed to; the latest word holds."""
    found: dict[str, int] = {}
    for some in people.in_parts({number for number in numbers if number}):
        rows = CarriedRow.objects.filter(
            carried_list__source=source, state=RowState.AGREED, number__in=some
        )
        found.update(dict(rows.order_by("decided_at", "pk").values_list("number", "volunteer")))
    return found


def carried_key(actor: Actor, source: models.HoursSource, told: Told) -> str:
    """Return under which key a row of a platform is known again."""
    return hashlib.sha256("\n".join([str(source.pk), *identity(told)]).encode()).hexdigest()


def rows_before(
    actor: Actor, found: models.CarriedList, keys: Collection[str]
) -> dict[str, list[Before]]:
    """Return the rows with these keys in lists that were loaded before, by key.

    What counts or waits to count is known wherever it was loaded; whose person was not found is
    known only within the same organisation, for another may know them.
    """
    before: dict[str, list[Before]] = defaultdict(list)
    for some in people.in_parts(keys):
        rows = CarriedRow.objects.filter(
            Q(state__in=[RowState.MATCHED, RowState.AGREED])
            | Q(state__in=[RowState.SEVERAL, RowState.NOBODY], carried_list__org=found.org),
            key__in=some,
            carried_list__source=found.source,
            carried_list__state=ListState.LOADED,
        ).exclude(carried_list=found)
        for key, pk, minutes in rows.order_by("pk").values_list("key", "pk", "minutes"):
            before[key].append(Before(pk, minutes or 0))
    return before


def turned_down_before(actor: Actor, keys: Collection[str]) -> frozenset[tuple[str, int]]:
    """Return which of some keys, with which length, were refused or revoked before."""
    found: set[tuple[str, int]] = set()
    for some in people.in_parts(keys):
        rows = CarriedRow.objects.filter(
            key__in=some, state__in=[RowState.REFUSED, RowState.REVOKED]
        )
        found.update(
            (key, minutes or 0) for key, minutes in rows.order_by().values_list("key", "minutes")
        )
    return frozenset(found)


def counted_already(actor: Actor, keys: Collection[str]) -> dict[tuple[str, int], int]:
    """Return the rows that count under some keys, by key and length."""
    found: dict[tuple[str, int], int] = {}
    for some in people.in_parts(keys):
        rows = CarriedRow.objects.filter(key__in=some, state=RowState.AGREED)
        found.update(
            {
                (key, minutes or 0): pk
                for key, minutes, pk in rows.values_list("key", "minutes", "pk")
            }
        )
    return found


def served_here_on(
    actor: Actor, volunteers: Collection[int], days: Collection[date]
) -> frozenset[tuple[int, date]]:
    """Return on which of some days volunteers have an own record that counts."""
    if not days:
        return frozenset()
    found: set[tuple[int, date]] = set()
    for some in people.in_parts(volunteers):
        rows = models.Attendance.objects.filter(
            volunteer__in=some,
            state=models.Attendance.State.EFFECTIVE,
            session__day__range=(min(days), max(days)),
        )
        found.update(rows.order_by().values_list("volunteer", "session__day"))
    return frozenset(found)


def carried_waiting_for(actor: Actor) -> QuerySet[models.CarriedList]:
    """Return the lists with rows that this actor may agree to: never those they loaded."""
    waits = CarriedRow.objects.filter(carried_list=OuterRef("pk"), state=RowState.MATCHED)
    return (
        CarriedList.objects.filter(
            Exists(
                waits.exclude(chosen_by=actor.person_id).exclude(volunteer__person=actor.person_id)
            ),
            org__in=actors.orgs_where(actor, Act.APPROVE_CARRIED),
            state=ListState.LOADED,
        )
        .exclude(loaded_by=actor.person_id)
        .select_related("org", "source")
        .order_by("loaded_at", "pk")
    )


def carried_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show lists that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.source.name}：{one.file_name}",
            org=one.org.name,
            url=reverse("volunteering:carried_list", args=[one.pk]),
        )
        for one in carried_waiting_for(actor).filter(pk__in=ids)
    ]


def carried_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return rows of lists behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.carried_list.source.name} 第{one.line}行",
            cells=(
                ("组织", one.carried_list.org.name),
                ("服务日期", one.day.isoformat() if one.day else ""),
                ("分钟", f"{one.minutes}"),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:carried_row", args=[one.pk]),
        )
        for one in carried_rows_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def list_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lists as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.file_name,
            cells=(("平台", one.source.name), ("组织", one.org.name)),
            url=reverse("volunteering:carried_list", args=[one.pk]),
        )
        for one in carried_lists_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def own_carried(actor: Actor) -> QuerySet[models.CarriedHours]:
    """Return what a volunteer has from other platforms, in force, newest first."""
    return (
        CarriedHours.objects.filter(
            volunteer__person=actor.person_id, row__isnull=False, ended_at__isnull=True
        )
        .select_related("volunteer", "row__carried_list__org")
        .order_by("-served_until", "-pk")
    )


def loader_of(actor: Actor, hours: models.CarriedHours) -> Org:
    """Return for which organisation hours were loaded: it answers for them."""
    return cast(CarriedRow, hours.row).carried_list.org


def carried_minutes(actor: Actor) -> int:
    """Return how many minutes a volunteer has from other platforms."""
    return own_carried(actor).aggregate(found=Sum("minutes"))["found"] or 0


def own_carried_disputes(actor: Actor) -> QuerySet[models.HoursDispute]:
    """Return what a volunteer holds against hours from other platforms."""
    return models.HoursDispute.objects.filter(
        volunteer__person=actor.person_id, carried__isnull=False
    ).select_related("carried")


def carried_to(actor: Actor, volunteer: models.Volunteer) -> QuerySet[models.CarriedHours]:
    """Return what a volunteer whom the actor has found brought along, newest first."""
    return (
        CarriedHours.objects.filter(volunteer=volunteer, ended_at__isnull=True)
        .select_related("row")
        .order_by("-served_until", "-pk")
    )


def mapping_of(actor: Actor, source: models.HoursSource) -> models.SourceColumns | None:
    """Return the newest columns of a platform."""
    return source.versions.first()


def as_told(actor: Actor, row: models.CarriedRow) -> Told:
    """Return a kept row as the rules read it."""
    return Told(
        line=row.line,
        name=row.name,
        shown=row.shown,
        number=row.number,
        activity=row.activity,
        day=row.day,
        minutes=row.minutes,
    )
