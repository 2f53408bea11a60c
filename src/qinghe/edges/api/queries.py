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


def state_of(token: models.Token, at: datetime) -> str:
    """Return whether a token still opens anything, in a word."""
    if token.revoked_at:
        return "已撤销"
    return "有效" if token.is_good(at) else "已过期"
