"""Nothing is changed by a request that another site could have made (bar 37)."""

import pytest
from django.test import Client

from qinghe.kernel.access.actors import Role

from . import objects, sweep
from .routes import all_routes
from .world import ONE_BUILDING

pytestmark = ONE_BUILDING


@pytest.fixture
def officer(world, db, settings):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)  # each operation is asked
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.everyone[Role.DISTRICT_OFFICER].user)
    return client


def url_of(world, route):
    return route.url(world.made["440307017901"])


def test_without_a_token_nothing_is_taken(world, routes, officer):
    taken = {}
    for route in routes:
        methods = set(route.methods) - {"GET"}
        if route.unknown(objects.MAKERS) or not methods:
            continue
        for method in sorted(methods):
            with sweep.undone():
                answer = officer.generic(method, url_of(world, route))
            if answer.status_code != 403:
                taken[route.pattern, method] = answer.status_code

    assert taken == {}


def test_no_page_has_itself_excused_from_the_token():
    """What the middleware asks of POST it then asks of PUT, PATCH and DELETE too."""
    excused = [
        route.pattern for route in all_routes() if route.is_excused and not route.is_operation
    ]

    assert excused == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_that_change_need_the_token_too(officer, method):
    assert officer.generic(method, "/directory/orgs/new/").status_code == 403


def test_a_page_of_another_site_is_refused_even_with_a_token(world, officer):
    officer.get("/directory/orgs/new/")
    token = officer.cookies["csrftoken"].value if "csrftoken" in officer.cookies else ""

    answer = officer.post(
        "/directory/orgs/new/",
        {"csrfmiddlewaretoken": token},
        headers={"origin": "https://elsewhere.example"},
    )

    assert token
    assert answer.status_code == 403
