from datetime import timedelta

from django.utils import timezone

from qinghe.edges.api import services
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from tests.cast import CLERK, NOW, make_cast
from tests.kept import kept

SESSIONS = "/api/v1/volunteering/sessions"


@kept
def cast():
    return make_cast()


def account_of(actor):
    person = Person.objects.get(pk=actor.person_id)
    found = access_queries.account_of(person)
    if found:
        return found.user
    return access.open_account(person=person, username=person.number, at=NOW, by=CLERK)


def token_for(actor, *scopes, lasts=timedelta(days=30), at=None):
    """Make a token for somebody of the cast; return it and its text."""
    at = at or timezone.now()
    user = account_of(actor)
    by = access_queries.actor_of(user, local_day(at))
    return services.make_token(user=user, name="试用", scopes=scopes, lasts=lasts, at=at, by=by)


def bearer(text):
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}
