"""What waits: a draft for another's eye, an answer for its street, an answer for the office."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Addressee, Circular


def waiting_for_review(actor: Actor) -> QuerySet[Circular]:
    """Return the drafts that the actor can review: others' ones."""
    return Circular.objects.filter(
        state=Circular.State.REVIEWING, org__in=actors.orgs_where(actor, Act.REVIEW)
    ).exclude(writer=actor.person_id)


def review_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show drafts to review as lines of the inbox."""
    rows = waiting_for_review(actor).filter(pk__in=keys).select_related("org")
    return [_circular_item(each, "核稿", "circulars:review") for each in rows]


def waiting_to_issue(actor: Actor) -> QuerySet[Circular]:
    """Return the reviewed ones that the actor can issue."""
    return Circular.objects.filter(
        state=Circular.State.REVIEWED, org__in=actors.orgs_where(actor, Act.ISSUE)
    )


def issue_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show reviewed circulars as lines of the inbox."""
    rows = waiting_to_issue(actor).filter(pk__in=keys).select_related("org")
    return [_circular_item(each, "印发", "circulars:issue") for each in rows]


def waiting_for_answer(actor: Actor) -> QuerySet[Addressee]:
    """Return the streets that have not answered and for which the actor answers."""
    return Addressee.objects.filter(
        circular__state=Circular.State.ISSUED,
        state__in=rules.OPEN_ANSWERS,
        org__in=actors.orgs_where(actor, Act.ANSWER),
    )


def answer_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show circulars to answer as lines of the inbox."""
    rows = waiting_for_answer(actor).filter(pk__in=keys).select_related("org", "circular")
    return [
        Item(
            pk=each.pk,
            title=f"{each.circular.title}（{each.get_state_display()}）",
            url=reverse("circulars:circular", args=[each.circular_id]),
            org=each.org.name,
            steps=(Step("反馈", reverse("circulars:answer", args=[each.pk]), post=False),),
        )
        for each in rows
    ]


def answers_to_read(actor: Actor) -> QuerySet[Addressee]:
    """Return the streets whose answers the actor's office has not decided on."""
    return Addressee.objects.filter(
        circular__state=Circular.State.ISSUED,
        state=Addressee.State.ANSWERED,
        circular__org__in=actors.orgs_where(actor, Act.WRITE),
    )


def answered_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show answers to read as lines of the inbox."""
    rows = answers_to_read(actor).filter(pk__in=keys).select_related("org", "circular")
    return [
        Item(
            pk=each.pk,
            title=f"{each.org.name}对《{each.circular.title}》的反馈",
            url=reverse("circulars:addressee", args=[each.pk]),
            org=each.org.name,
            steps=(Step("审阅", reverse("circulars:addressee", args=[each.pk]), post=False),),
        )
        for each in rows
    ]


def _circular_item(circular: Circular, label: str, step: str) -> Item:
    return Item(
        pk=circular.pk,
        title=circular.title,
        url=reverse("circulars:circular", args=[circular.pk]),
        org=circular.org.name,
        steps=(Step(label, reverse(step, args=[circular.pk]), post=False),),
    )
