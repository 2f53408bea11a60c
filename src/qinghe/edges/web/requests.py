"""What a view receives."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from qinghe.kernel.access.actors import Actor

from .scope import Scope


class Request(HttpRequest):
    """A request that has passed the ActorMiddleware; views annotate their request with it."""

    actor: Actor
    scope: Scope
    htmx: HtmxDetails
