import pytest

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from tests.cast import CLERK, NOW, make_cast, with_role
from tests.kept import kept


@kept
def cast():
    return make_cast()


@pytest.fixture
def secadmin(cast):
    return with_role("P020", "安澜", role=Role.SECADMIN, org=cast.longgang)


@pytest.fixture
def sign_in(client):
    def as_one(actor):
        person = Person.objects.get(pk=actor.person_id)
        user = access.open_account(person=person, username=person.number, at=NOW, by=CLERK)
        client.force_login(user)
        return client

    return as_one
