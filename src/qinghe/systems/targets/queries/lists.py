"""Lists and their items: what an actor keeps, and what names an actor's organisations."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from qinghe.analytics import catalogue
from qinghe.edges.handing import Followed, Offer
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import models
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.rules.pace import Light

from .charges import followed_lights

TaskList = models.TaskList
ListKind = models.TaskList.Kind
ListState = models.TaskList.State
Item = models.Item
Level = models.Item.Level
_GIVEN_OUT = [ListState.PUBLISHED, ListState.CLOSED]


def lists_seen_by(actor: Actor) -> QuerySet[models.TaskList]:
    """Return the lists of organisations where this actor may look, and those that name theirs.

    Whoever is named as responsible, as working along or as carrying a share sees the whole of a
    published list; so does whoever may claim an open item of it, standing below its keeper.
    """
    kept = actors.within_reach(actor, Act.SEE)
    if not actors.may_anywhere(actor, Act.CARRY):
        return models.TaskList.objects.filter(kept).select_related("org")
    given = Q(state__in=_GIVEN_OUT) & (_named(actor) | _open_to(actor))
    return models.TaskList.objects.filter(kept | given).select_related("org")


def _named(actor: Actor) -> Q:
    lead, joint, share = (
        model.objects.filter(actors.within_reach(actor, Act.CARRY, path=path), within)
        for model, path, within in (
            (models.Item, "lead__path", Q(task_list=OuterRef("pk"))),
            (models.Joint, "org__path", Q(item__task_list=OuterRef("pk"))),
            (models.Share, "org__path", Q(item__task_list=OuterRef("pk"))),
        )
    )
    return Q(Exists(lead)) | Q(Exists(joint)) | Q(Exists(share))


def _open_to(actor: Actor) -> Q:
    """Return the condition of lists with an open item whose keeper stands above one of theirs."""
    below = actors.orgs_where(actor, Act.CARRY).annotate(
        begins=StrIndex(F("path"), OuterRef("org__path"))
    )
    is_open = models.Item.objects.filter(
        task_list=OuterRef("pk"), is_open=True, dropped_on__isnull=True
    )
    return Q(Exists(below.filter(begins=Value(1)))) & Q(Exists(is_open))


def with_counts(actor: Actor, rows: QuerySet[models.TaskList]) -> QuerySet[models.TaskList]:
    """Add to lists how many fields and last-level items each has."""
    stands = Q(items__dropped_on__isnull=True)
    below = models.Item.objects.filter(parent=OuterRef("items"), dropped_on__isnull=True)
    return rows.annotate(
        fields=Count("items", filter=stands & Q(items__level=Level.FIELD)),
        lasts=Count("items", filter=stands & ~Q(Exists(below))),
    )


def items_seen_by(actor: Actor) -> QuerySet[models.Item]:
    """Return the items of the lists that this actor may see."""
    seen = lists_seen_by(actor).order_by().values("pk")
    found = models.Item.objects.filter(task_list__in=seen)
    return found.select_related("task_list__org", "parent", "lead")


def items_of(actor: Actor, task_list: models.TaskList) -> list[models.Item]:
    """Return the items of one list in the order of the document, dropped ones among them."""
    found = items_seen_by(actor).filter(task_list=task_list).prefetch_related("joints")
    return list(found.order_by("path"))


def named_jointly(actor: Actor, *, under: str) -> QuerySet:
    """Return the items in which an organisation below a path works along, by key."""
    found = models.Joint.objects.filter(org__path__startswith=under)
    return found.values("item") if actor.person_id > 0 else found.none()


def measures(actor: Actor) -> list[tuple[str, str]]:
    """Return the figures by which an item can be measured, for a form."""
    return [
        (code, f"{code} {one.label}（{one.unit}）")
        for code, one in sorted(catalogue.every().items())
        if actor.person_id > 0
    ]


def parents_in(actor: Actor, task_list: models.TaskList) -> QuerySet[models.Item]:
    """Return the fields and measures of a list, under which an item may be put."""
    found = items_seen_by(actor).filter(task_list=task_list, dropped_on__isnull=True)
    return found.filter(level__lt=Level.TASK).order_by("path")


def keepers_for(actor: Actor) -> QuerySet[Org]:
    """Return the organisations whose lists this actor may keep."""
    return actors.orgs_where(actor, Act.KEEP).filter(closed_on__isnull=True)


def carriers_for(actor: Actor, task_list: models.TaskList) -> QuerySet[Org]:
    """Return who may be named in a list: its keeper and all below it that are open.

    They are chosen by who keeps the list, so its tree is looked at, not the actor's.
    """
    if not actors.may(actor, Act.KEEP, at=task_list.org):
        return Org.objects.none()
    return Org.objects.filter(path__startswith=task_list.org.path, closed_on__isnull=True)


def kept_by(actor: Actor) -> QuerySet[models.TaskList]:
    """Return the lists that this actor may change, closed ones left out."""
    keeps = actors.within_reach(actor, Act.KEEP)
    return models.TaskList.objects.filter(keeps).exclude(state=ListState.CLOSED)


def places_in(actor: Actor, lists: Iterable[int]) -> dict[tuple[int, str], bool]:
    """Return the places that are taken in some lists, each with whether it still stands."""
    found = items_seen_by(actor).filter(task_list__in=list(lists))
    taken = found.values_list("task_list_id", "path", "dropped_on")
    return {(list_id, path): dropped is None for list_id, path, dropped in taken}


def orgs_named(actor: Actor, names: Collection[str]) -> dict[str, list[Org]]:
    """Return the open organisations with these codes or full names, for who keeps a list."""
    if not actors.may_anywhere(actor, Act.KEEP):
        return {}
    found: dict[str, list[Org]] = {}
    named = Q(code__in=names) | Q(name__in=names)
    for org in Org.objects.filter(named, closed_on__isnull=True).order_by("pk"):
        for name in {org.code, org.name} & set(names):
            found.setdefault(name, []).append(org)
    return found


def check_code(actor: Actor, code: str) -> None:
    """Refuse a figure that the catalogue does not know. Raises Refused: unknown_indicator."""
    if code and actor.person_id > 0:
        catalogue.indicator(code)


def left_to_take(actor: Actor, task_list: models.TaskList, offers: Sequence[Offer]) -> list[Offer]:
    """Return what a list may still take over: not what it has, and not what is done.

    Done is what its source calls so, and what another list of its keeper struck off.
    """
    taken = items_seen_by(actor).filter(task_list__org=task_list.org_id, dropped_on__isnull=True)
    rows = list(taken.exclude(offer_key="").values_list("pk", "offer_key", "task_list"))
    lights = followed_lights(actor, [item for item, _, _ in rows])
    gone = {
        key
        for item, key, where in rows
        if where == task_list.pk or (item in lights and lights[item][1])
    }
    return [each for each in offers if not each.is_done and each.key not in gone]


def followed(actor: Actor, keys: Iterable[str]) -> dict[str, list[Followed]]:
    """Return what became of things that were taken over into lists the actor may see (ADR 0060)."""
    said: dict[str, list[Followed]] = {}
    found = items_seen_by(actor).filter(offer_key__in=list(keys), dropped_on__isnull=True)
    items = list(found.order_by("task_list", "path"))
    lights = followed_lights(actor, [item.pk for item in items])
    for item in items:
        light, is_struck = lights.get(item.pk, (Light.NONE, False))
        said.setdefault(item.offer_key, []).append(
            Followed(
                label=f"{item.task_list.title}第{item.number}项",
                state="已销号" if is_struck else item.task_list.get_state_display(),
                url=reverse("targets:item", args=[item.pk]),
                light="" if light is Light.NONE else light.value,
                done=is_struck or item.task_list.state == ListState.CLOSED,
            )
        )
    return said


def item_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return items behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=str(one),
            cells=(
                ("清单", one.task_list.title),
                ("牵头单位", one.lead.name if one.lead else "—"),
                ("完成时限", one.due_on.isoformat() if one.due_on else "—"),
            ),
            url=reverse("targets:item", args=[one.pk]),
        )
        for one in items_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
