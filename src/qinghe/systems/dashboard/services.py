"""What somebody chooses for their own desk."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from qinghe.edges.web import saved_views
from qinghe.kernel.access.actors import Actor

from . import queries, rules


@transaction.atomic
def choose_figures(*, codes: Sequence[str], at: datetime, by: Actor) -> None:
    """Keep which figures somebody's own desk shows, in place of what was chosen before.

    It is a view of a page that is kept like those of lists, and like them leaves no trail. Raises
    Refused: not_allowed, none_chosen, too_many.
    """
    rules.check_chosen(codes=codes, known=queries.codes_open_to(by))
    query = QueryDict(mutable=True)
    query.setlist(queries.CODE, list(codes))
    path = reverse(queries.DESK)
    saved_views.save(path=path, query=query, name=queries.CHOSEN, first=False, at=at, by=by)


@transaction.atomic
def show_usual_figures(*, at: datetime, by: Actor) -> None:
    """Let somebody's own desk show what every desk shows. Safe to repeat."""
    saved_views.drop(path=reverse(queries.DESK), name=queries.CHOSEN, by=by)
