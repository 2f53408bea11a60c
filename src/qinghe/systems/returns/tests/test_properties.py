"""What holds for any tree and any order of events."""

from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.analytics import building, figures, store
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import facts, models, services
from qinghe.systems.returns.services import Entry
from tests.cast import make_org

from .makers import DECIDED, FILLED, H1, SENT, cell, make_form, open_round
from .test_facts import TOTAL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TREES = st.lists(st.integers(0, 3), min_size=1, max_size=3)  # communities of each street
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 8),  # whose filing
        st.sampled_from(["keep", "send", "accept", "accept_many", "send_back", "take_back"]),
        st.integers(0, 3),  # who: its own secretary, the street's, an officer, another officer
        st.integers(0, 999),
    ),
    min_size=5,
    max_size=40,
)


def actor(number, role, org):
    return Actor(number, f"第{number}人", (Held(role, org.path),))


class World:
    """A district with its people, and what has been accepted in it."""

    def __init__(self, tree):
        numbers = count(1)
        self.district = make_org("D", "区", kind="district", level="district", parent=None)
        self.officers = [
            actor(next(numbers), Role.DISTRICT_OFFICER, self.district) for _ in range(2)
        ]
        self.people = {}
        self.orgs = [self.district]
        for place, communities in enumerate(tree):
            street = self._open(f"S{place}", "street", self.district)
            self.people[street.pk] = actor(next(numbers), Role.STREET_SECRETARY, street)
            for other in range(communities):
                community = self._open(f"S{place}C{other}", "community", street)
                self.people[community.pk] = actor(
                    next(numbers), Role.COMMUNITY_SECRETARY, community
                )
        form = make_form(
            self.officers[0], cell("LOC-01"), levels=["district", "street", "community"]
        )
        opened = open_round(form, self.officers[0])
        self.filings = list(opened.filings.select_related("org", "street").order_by("pk"))
        self.kept = {}
        self.accepted = {}

    def _open(self, code, kind, parent):
        org = make_org(code, code, kind=kind, level=kind, parent=parent)
        self.orgs.append(org)
        return org

    def actors_for(self, filing):
        own = self.people.get(filing.org_id, self.officers[0])
        above = self.people.get(filing.street_id, self.officers[1])
        return [own, above, *self.officers]

    def happen(self, place, what, who, amount):
        """Let one thing happen if it may, and remember what it comes to."""
        filing = self.filings[place % len(self.filings)]
        by = self.actors_for(filing)[who]
        org_id = filing.org_id
        try:
            with transaction.atomic():
                done = getattr(self, what)(filing, by, amount)
        except Refused:
            return
        if what == "keep":
            self.kept[org_id] = amount
        elif what in ("accept", "accept_many") and done:
            self.accepted[org_id] = self.kept[org_id]
            assert models.Filing.objects.get(pk=filing.pk).sender_id != by.person_id
        elif what == "send_back":
            self.accepted.pop(org_id, None)

    def keep(self, filing, by, amount):
        entries = [Entry("LOC-01", Decimal(amount))]
        services.keep_values(filing=filing, entries=entries, at=FILLED, by=by)

    def send(self, filing, by, amount):
        services.submit(filing=filing, at=SENT, by=by)

    def accept(self, filing, by, amount):
        return services.accept(filing=filing, at=DECIDED, by=by)

    def accept_many(self, filing, by, amount):
        return services.accept_many(filings=[filing], at=DECIDED, by=by).accepted

    def send_back(self, filing, by, amount):
        services.send_back(filing=filing, reason="请核对", at=DECIDED, by=by)

    def take_back(self, filing, by, amount):
        services.take_back(filing=filing, at=DECIDED, by=by)

    def expected(self, org):
        """Add up what is accepted at an organisation and below it."""
        below = {one.pk for one in self.orgs if one.path.startswith(org.path)}
        return sum(amount for org_id, amount in self.accepted.items() if org_id in below)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=TREES, events=EVENTS)
def test_returns_add_up_to_what_is_accepted_whatever_happened_before(tree, events):
    with transaction.atomic():
        world = World(tree)
        for event in events:
            world.happen(*event)

        building.build(
            facts=[facts.REPORTED],
            lineage=orgs.lineage(),
            at=timezone.now(),
            folder=store.folder(),
        )
        found = figures.compute(store.current(), [TOTAL], H1)
        transaction.set_rollback(True)

    told = {org.code: found["TST-01", org.pk].exact or 0 for org in world.orgs}
    assert told == {org.code: world.expected(org) for org in world.orgs}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=TREES, events=EVENTS)
def test_nothing_stands_accepted_by_its_sender_whatever_happened(tree, events):
    with transaction.atomic():
        world = World(tree)
        for event in events:
            world.happen(*event)

        accepted = models.Filing.objects.filter(state=models.Filing.State.ACCEPTED)
        senders = [(one.sender_id, one.decider_id) for one in accepted]
        trail = models.Review.objects.filter(verdict="accepted").count()
        transaction.set_rollback(True)

    assert all(sender != decider for sender, decider in senders)
    assert trail >= len(senders)
