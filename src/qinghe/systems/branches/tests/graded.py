"""A round of grading for the tests."""

from datetime import date

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.systems.branches import models, services
from qinghe.systems.branches.models import Grading, GradingItem
from tests.cast import CLERK, LONG_AGO, NOW, TODAY

ROUND = services.NewRound(2022, date(2022, 6, 30), date(2022, 7, 10), date(2022, 7, 20))
REPORT = "一年来支部工作有序开展。" * 50


def open_round(by, *, at=NOW, new=ROUND):
    """Open a round."""
    return services.open_grading(new=new, at=at, by=by)


def judged(points=18, **more):
    """Return the same points for each of the five items."""
    return services.Judged(
        dict.fromkeys(GradingItem.values, points), **({"words": "台账齐全"} | more)
    )


def as_actor(person):
    """Return a person as an actor."""
    return access_queries.actor_of_person(person.pk, person.name, TODAY)


def make_secretary(branch, person):
    """Let a member be the secretary of a branch."""
    access.give_role(
        person=person, role=Role.BRANCH_SECRETARY, org=branch, starts_on=LONG_AGO, at=NOW, by=CLERK
    )
    return as_actor(person)


def grading_of(branch):
    """Return the only grading of a branch."""
    return Grading.objects.get(org=branch)


def sent(branch, *, secretary, witness, points=18):
    """Grade a branch by itself, signed by two."""
    found = grading_of(branch)
    services.grade_self(grading=found, judged=judged(points), report=REPORT, at=NOW, by=secretary)
    return services.sign_grading(grading=found, at=NOW, by=witness)


def allow(**numbers):
    """Set numbers of the terms that hold."""
    models.GradingTerms.objects.update(**numbers)
