"""Somebody's own tokens, and what a token of theirs may be for."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from qinghe.edges import system
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import GRANTS, Actor

from . import models


def tokens_of(actor: Actor, user: User) -> QuerySet[models.Token]:
    """Return the tokens of an account, newest first."""
    return models.Token.objects.filter(user=user).order_by("-made_at", "-pk")


def scopes_for(actor: Actor) -> list[tuple[str, str]]:
    """Return what an actor may do somewhere, by name, as scopes to choose from."""
    words = system.act_words()
    acts = sorted({str(grant.act) for grant in GRANTS})
    return [(act, words.get(act, act)) for act in acts if actors.may_anywhere(actor, act)]


def scopes_by_system(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the scopes to choose from, under the system that each belongs to."""
    homes = {act: installed.label for installed in system.INSTALLED for act in installed.acts}
    found: dict[str, list[tuple[str, str]]] = {}
    for act, words in scopes_for(actor):
        found.setdefault(homes.get(act, "其他"), []).append((act, words))
    return list(found.items())


def state_of(token: models.Token, at: datetime) -> str:
    """Return whether a token still opens anything, in a word."""
    if token.revoked_at:
        return "已撤销"
    return "有效" if token.is_good(at) else "已过期"
