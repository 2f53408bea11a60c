"""What the API says of itself holds: asked a thousand times, as its description allows and as not (bar 43).

Three roles and a stranger ask every operation. No answer is a fault of ours; every answer has the
shape that is declared; every refusal is a problem document; what the description forbids is never
done; a stranger is never served. Half of the time the address names a record that is there, or
nothing but 404 would be seen. The requests follow from the description and from nothing else, so
that a failure comes back every time.
"""

import logging
from collections import Counter

import pytest
import schemathesis
from django.core import signals
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings, strategies
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from qinghe.config.urls import api
from qinghe.edges.api import queries as tokens
from qinghe.kernel.access.actors import Role
from tests.access import objects, sweep
from tests.cast import with_role

from .conftest import token_for

CASES = 1_000  # at the least, over all operations and everyone who asks (bar 43)
STRANGER = "stranger"
ASKING = ("officer", "secretary", "volunteer", STRANGER)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
DESCRIBED = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]
EACH = CASES // (len(OPERATIONS) * len(ASKING)) + 1

pytestmark = pytest.mark.once


def test_no_two_shapes_share_a_name():
    """The description would show one of them for both."""
    modules = {}
    asked = [Schema]
    while asked:
        for shape in asked.pop().__subclasses__():
            asked.append(shape)
            modules.setdefault(shape.__name__, set()).add(shape.__module__)

    ours = {name: {m for m in found if m.startswith("qinghe.")} for name, found in modules.items()}
    assert {name: found for name, found in ours.items() if len(found) > 1} == {}


def test_no_address_is_answered_by_two_routers():
    """The first would say of the other's method that it is not allowed."""
    found = [
        f"{prefix}/{path}" for prefix, router in api._routers for path in router.path_operations
    ]

    assert [path for path, times in Counter(found).items() if times > 1] == []


@pytest.fixture
def unhurried(settings):
    """Let a thousand questions a minute through; what too many are told has its own test."""
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
    cache.clear()
    logging.disable(logging.WARNING)  # a line for every refusal would be half of the time
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def there(cast):
    """Return what every name in an address stands for at 红棉社区, where one of each is."""
    return objects.make_all(objects.furnish(cast.hongmian))


@pytest.fixture
def app(data_folder, settings):
    """Return the whole application; the end of a request does not end the test's own connection."""
    settings.STATIC_ROOT = data_folder
    told = (signals.request_started, signals.request_finished)
    for signal in told:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in told:
        signal.connect(close_old_connections)


@pytest.fixture
def headers(cast, unhurried):
    """Return what each of them sends along: a token for all that they may do, or nothing."""
    volunteer = with_role("P020", "岑禾", role=Role.VOLUNTEER, org=cast.hongmian)
    asking = {"officer": cast.lin, "secretary": cast.chen, "volunteer": volunteer}
    return {who: _bearer(actor) for who, actor in asking.items()} | {STRANGER: {}}


def _bearer(actor):
    scopes = [scope for scope, _ in tokens.scopes_for(actor)]
    return {"Authorization": f"Bearer {token_for(actor, *scopes)[1]}"}


@pytest.mark.parametrize("who", ASKING)
def test_every_answer_is_as_described(app, headers, there, who):
    answers = Counter()
    for operation in OPERATIONS:
        _ask(app, operation, headers=headers[who], there=there, answers=answers)

    assert sum(answers.values()) >= CASES // len(ASKING)
    assert not [status for status in answers if status[0] == "5"]
    if who == STRANGER:
        assert set(answers) <= {"401", "403", "404", "405"}, answers
    if who == "officer":
        assert {"200", "404", "422"} <= set(answers), answers


def _ask(app, operation, *, headers, there, answers):
    """Put some questions to one operation, each undone, and look at every answer."""

    @settings(
        max_examples=EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_asking(operation, there))
    def ask(case):
        with sweep.undone():
            answer = case.call(headers=headers, app=app)
        answers[str(answer.status_code)] += 1
        case.validate_response(answer, checks=CHECKS, headers=headers)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]

    ask()


def _asking(operation, there):
    """Return requests to an operation, allowed and forbidden; half of them name what is there."""
    known = {each.name: there[each.name] for each in operation.path_parameters}
    allowed, forbidden = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    return strategies.one_of(
        operation.as_strategy(allowed),
        operation.as_strategy(allowed, path_parameters=known),
        operation.as_strategy(forbidden),
        operation.as_strategy(forbidden, path_parameters=known),
    )
