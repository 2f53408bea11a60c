"""Whatever plans in whatever order: nobody is lost, nobody stands twice, and the sums agree."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import tasks
from qinghe.systems.reorganising.models import Plan

from .makers import IN_JUNE, approved, opening, step

CODES = ("HG-0", "HG-1", "HG-2", "BT-1", "NEW-1", "NEW-2", "440307017", "440307013")
one_step = st.one_of(
    st.builds(lambda code, to: ("merge", code, to), st.sampled_from(CODES), st.sampled_from(CODES)),
    st.builds(lambda code, to: ("move", code, to), st.sampled_from(CODES), st.sampled_from(CODES)),
    st.builds(
        lambda code, to: ("members", code, to), st.sampled_from(CODES), st.sampled_from(CODES)
    ),
    st.builds(lambda code: ("close", code, ""), st.sampled_from(CODES)),
    st.builds(lambda code: ("open", code, "HG-0"), st.sampled_from(("NEW-1", "NEW-2"))),
)
plans = st.lists(st.lists(one_step, min_size=1, max_size=3), min_size=1, max_size=5)


class TakenBack(Exception):
    """One example is over."""


def made(kind, code, to_code, ground):
    if kind == "open":
        return opening(code, f"{code}团支部", ground.general)
    return step(kind, code, to_code, whom="all" if kind == "members" else "")


def carry_out(ground, told, *, number):
    """Let a plan go its way some days later, unless it is refused on it."""
    at = IN_JUNE + timedelta(days=number)
    steps = [made(*one, ground) for one in told if one[1] != one[2]]
    try:
        with transaction.atomic():
            approved(ground, *steps, on=(at + timedelta(days=1)).date(), at=at)
            tasks.carry_out(at=at + timedelta(days=1))
    except Refused:
        return


def check(ground, known):
    at_end = {line.org_id for line in orgs.lineage() if line.ends_on == orgs.FOREVER}
    assert at_end == set(Org.objects.values_list("pk", flat=True))
    assert known <= set(Org.objects.values_list("code", flat=True))
    for person in ground.members:
        held = Membership.objects.filter(person=person, ends_on=None)
        assert held.count() == 1
        assert held.get().org.closed_on is None
    for org in Org.objects.select_related("parent"):
        above = org.parent.path if org.parent else "/"
        assert org.path == f"{above}{org.code}/"
        assert Placement.objects.get(org=org, ends_on=None).parent_id == org.parent_id
    by_path = {
        org.path: Membership.objects.filter(ends_on=None, org__path__startswith=org.path).count()
        for org in Org.objects.all()
    }
    streets = (ground.cast.henggang, ground.cast.bantian)
    paths = [Org.objects.get(pk=street.pk).path for street in streets]
    assert by_path[ground.cast.longgang.path] == len(ground.members)
    assert sum(by_path[path] for path in paths) == len(ground.members)
    assert not Plan.objects.filter(state=Plan.State.APPROVED).exists()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=plans)
def test_any_order_of_plans_keeps_everybody_and_everything(ground, told):
    known = set(Org.objects.values_list("code", flat=True))
    with suppress(TakenBack), transaction.atomic():
        for number, steps in zip(count(step=2), told, strict=False):
            carry_out(ground, steps, number=number)
            check(ground, known)
        raise TakenBack
