"""What a view receives."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from qinghe.kernel.access.actors import Actor

from .inbox import Counts
from .scope import Scope


class Request(HttpRequest):
    """A request that has passed the ActorMiddleware; views annotate their request with it."""

    actor: Actor
    held_back: object = None  # what has to be done before any page opens (edges/accounts)
    by_token: bool = False  # whether a program asks, by a token of the account (edges/api)
    scope: Scope
    htmx: HtmxDetails
    counts: Counts | None = None  # what waits for the actor, once a page has asked
    taker: object = None  # an export.Taker when the list is asked for, and not its page
