"""Making and revoking tokens."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused

from . import models

LONGEST = timedelta(days=365)
MOST = 20  # good tokens of one account
BEGINNING = "qh_"


@transaction.atomic
def make_token(
    *, user: User, name: str, scopes: Sequence[str], lasts: timedelta, at: datetime, by: Actor
) -> tuple[models.Token, str]:
    """Make a token and return it with its text, which is shown once and kept nowhere.

    Raises Refused: no_scope, beyond_rights, too_long, too_many_tokens.
    """
    if not scopes:
        raise Refused("no_scope", "请至少选择一项权限，没有生成令牌。")
    if beyond := [scope for scope in scopes if not actors.may_anywhere(by, scope)]:
        raise Refused("beyond_rights", f"您没有权限“{beyond[0]}”，没有生成令牌。")
    if not timedelta(0) < lasts <= LONGEST:
        raise Refused("too_long", f"有效期最长{LONGEST.days}天，没有生成令牌。")
    if sum(token.is_good(at) for token in models.Token.objects.filter(user=user)) >= MOST:
        raise Refused("too_many_tokens", f"最多同时持有{MOST}个令牌，请先撤销不用的，没有生成。")
    text = f"{BEGINNING}{secrets.token_urlsafe(32)}"
    token = models.Token.objects.create(
        user=user,
        name=name,
        begins=text[:8],
        digest=digest_of(text),
        scopes=sorted(scopes),
        made_at=at,
        expires_at=at + lasts,
    )
    audit.record(
        by=by,
        verb="api.make_token",
        subject=token,
        at=at,
        detail={"name": name, "scopes": token.scopes, "until": token.expires_at.isoformat()},
    )
    return token, text


@transaction.atomic
def revoke_token(*, token: models.Token, at: datetime, by: Actor) -> models.Token:
    """Let a token open nothing any more. Safe to repeat."""
    token = models.Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(by=by, verb="api.revoke_token", subject=token, at=at)
    return token


def digest_of(text: str) -> str:
    """Return what is kept of a token; it is random enough to need no salt."""
    return hashlib.sha256(text.encode()).hexdigest()
