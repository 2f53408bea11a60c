"""A district with members on the rolls of its branches, for the bench of review."""

from datetime import date

from django.core.management import call_command
from django.utils import timezone

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.appraisals import services
from qinghe.systems.appraisals.models import Campaign, Line, Roll

CLERK = "bench"
SINCE, REFERENCE, CLOSES = date(2010, 1, 1), date(2021, 12, 31), date(2022, 3, 31)
CHUNK = 2_000


def make(*, members: int, branches: int) -> tuple[Actor, Campaign]:
    """Make the tree, its members and its officer, and open a year's review."""
    call_command("migrate", verbosity=0)
    officer = _officer(_tree(branches))
    _members(members)
    top = Org.objects.get(parent__isnull=True)
    new = services.NewCampaign(top, 2021, REFERENCE, date(2021, 12, 1), CLOSES)
    return officer, services.open_campaign(new=new, at=timezone.now(), by=officer)


def approve_all(campaign: Campaign, *, officer: Actor) -> list[Roll]:
    """Let every branch stand where its grades are approved, written past the road that is not measured."""
    today = timezone.localdate()
    Line.objects.filter(campaign=campaign).update(grade="good", final_on=today)
    rolls = Roll.objects.filter(campaign=campaign)
    for roll in rolls:
        roll.graded = roll.due
    Roll.objects.bulk_update(rolls, ["graded"], batch_size=CHUNK)
    rolls.update(state=Roll.State.APPROVED, approved_on=today, approved_by=officer.person_id)
    return list(Roll.objects.filter(campaign=campaign))


def _tree(branches: int) -> Org:
    top = Org.objects.create(
        code="440307", name="龙岗区", kind="district", level="district", path="/440307/",
        opened_on=SINCE,
    )  # fmt: skip
    Org.objects.bulk_create(
        Org(
            code=f"ZB{number:05}", name=f"第{number}团支部", kind="branch", level="unit",
            parent=top, path=f"/440307/ZB{number:05}/", opened_on=SINCE,
        )
        for number in range(branches)
    )  # fmt: skip
    return top


def _officer(top: Org) -> Actor:
    now = timezone.now()
    person = Person.objects.create(number="P001", name="林青")
    access.give_role(
        person=person, role=Role.DISTRICT_OFFICER, org=top, starts_on=SINCE, at=now, by=CLERK
    )
    return access_queries.actor_of_person(person.pk, person.name, timezone.localdate())


def _members(count: int) -> None:
    orgs = list(Org.objects.filter(kind="branch").values_list("pk", flat=True))
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        people = insert_many(
            Person, fields=("number", "name"), rows=[(f"M{n:06}", f"青{n}") for n in numbers]
        )
        rows = [(pk, orgs[n % len(orgs)]) for n, pk in zip(numbers, people, strict=True)]
        insert_many(
            Membership, fields=("person_id", "org_id"), rows=rows, same={"starts_on": SINCE}
        )
