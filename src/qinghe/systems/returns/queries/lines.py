"""Filings, values and disputes as lines: for a reader who came from a figure, and for the inbox."""

from collections.abc import Sequence

from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.edges.system import Line
from qinghe.kernel.access.actors import Actor
from qinghe.systems.returns import models, rules

from .lists import (
    disputes_seen_by,
    disputes_to_settle,
    filings_seen_by,
    to_fill,
    to_review,
    values_seen_by,
)


def value_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return values behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.filing.org.name}：{rules.said(one.worth, kind=one.cell.kind)}{one.cell.unit}",
            cells=(
                ("指标", one.cell.label),
                ("报表", one.filing.round.form.title),
                ("报送期", one.filing.round.span.label),
                ("状态", one.filing.get_state_display()),
                ("审核人", one.filing.decided_by),
            ),
            url=reverse("returns:value", args=[one.pk]),
        )
        for one in values_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def filing_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return filings as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{_named(one)}",
            cells=(
                ("截止日期", one.round.closes_on.isoformat()),
                ("状态", one.get_state_display()),
                ("报送人", one.submitted_by),
            ),
            url=reverse("returns:filing", args=[one.pk]),
        )
        for one in filings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def dispute_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return disputes as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.filing.org.name}：{one.cell.label}",
            cells=(("显示的数字", one.shown), ("异议", one.reason)),
            url=reverse("returns:dispute", args=[one.pk]),
        )
        for one in disputes_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def fill_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Return filings that wait to be filled as items of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"填报：{_named(one)}",
            url=(url := reverse("returns:filing", args=[one.pk])),
            org=one.org.name,
            steps=(Step("填报", url, post=False),),
        )
        for one in to_fill(actor).filter(pk__in=keys)
    ]


def review_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Return filings that wait for a word as items of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"审核：{_named(one)}{'（逾期报送）' if one.late else ''}",
            url=reverse("returns:filing", args=[one.pk]),
            org=one.org.name,
            steps=(
                Step("通过", reverse("returns:filing_accept", args=[one.pk])),
                Step("退回", reverse("returns:filing_send_back", args=[one.pk]), post=False),
            ),
        )
        for one in to_review(actor).filter(pk__in=keys)
    ]


def dispute_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Return disputes that wait for an answer as items of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"异议：{one.cell.label} {one.shown}",
            url=(url := reverse("returns:dispute", args=[one.pk])),
            org=one.filing.org.name,
            steps=(Step("答复", url, post=False),),
        )
        for one in disputes_to_settle(actor).filter(pk__in=keys)
    ]


def _named(filing: models.Filing) -> str:
    return f"{filing.round.form.title} {filing.round.span.label}"
