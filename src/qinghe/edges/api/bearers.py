"""Who a token stands for: the account's actor, no further than the token's scopes."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from qinghe.kernel import courtesy
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.compiled import Compiled
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import models, services

SCHEME = "bearer"
USED_EVERY = timedelta(minutes=5)  # how exactly the last use is noted
REFUSAL = Refused("bad_token", "令牌无效、已过期或已撤销，没有任何改动；请换用有效的令牌。")


def token_in(request: HttpRequest, *, at: datetime) -> models.Token | None:
    """Return the good token that a request carries, or nothing when it carries none.

    Raises Refused: bad_token.
    """
    given = request.headers.get("Authorization", "")
    if not given:
        return None
    scheme, _, text = given.partition(" ")
    if scheme.lower() != SCHEME:
        raise REFUSAL
    token = next(iter(_tokens(digest=services.digest_of(text.strip()))), None)
    if token is None or not token.is_good(at) or not token.user.is_active:
        raise REFUSAL
    if token.used_at is None or at - token.used_at >= USED_EVERY:
        with courtesy.left_out_when_busy():
            models.Token.objects.filter(pk=token.pk).update(used_at=at)
    return token


@Compiled
def _tokens(digest: str) -> QuerySet[models.Token]:
    """Return the token with a digest, with whose it is."""
    return models.Token.objects.select_related("user").filter(digest=digest).order_by()


def actor_of(token: models.Token, *, at: datetime) -> Actor:
    """Return who acts by a token. Raises Refused: bad_token, when its account is nobody's."""
    if not isinstance(token.user, User):
        raise REFUSAL
    actor = access.actor_of(
        token.user, local_day(at)
    )  # a support session lends no role to programs
    if actor == NOBODY:
        raise REFUSAL
    return replace(actor, scopes=tuple(token.scopes), via=f"令牌{token.begins}")
