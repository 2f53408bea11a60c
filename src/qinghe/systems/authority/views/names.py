"""Whom a post or an invitation is for, as far as the reader may know."""

from django.utils import timezone

from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.kernel.access.models import Holding, Invitation


def name_of(request: Request, found: Holding | Invitation) -> str:
    """Return the name in full, a minor's only to those who may read it (S-04)."""
    return levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate())
