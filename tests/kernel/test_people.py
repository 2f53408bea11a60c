"""Persons, memberships and posts (T-12, T-65, T-80, T-81)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import rules, services
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, TODAY, make_org, make_person

ON = date(2022, 3, 1)
TOMORROW = TODAY + timedelta(days=1)
SOURCE = {"file": "f" * 64, "sheet": "directory.members", "lines": [2, 4]}


@pytest.fixture
def branch(cast):
    return make_org("B1", "青禾团支部", kind="branch", level="unit", parent=cast.hongmian)


@pytest.fixture
def other(cast):
    return make_org("B2", "青苗团支部", kind="branch", level="unit", parent=cast.huale)


def refused(call, **arguments):
    with pytest.raises(Refused) as caught:
        call(**arguments, at=NOW, by=CLERK)
    return caught.value.code


def secretary(starts_on=ON, title="书记", service="part_time"):
    return services.NewPost(title=title, service=service, starts_on=starts_on)


@pytest.mark.parametrize(
    ("born", "joined", "fits"),
    [
        (date(2008, 3, 1), date(2022, 3, 1), True),
        (date(2008, 3, 2), date(2022, 3, 1), False),
        (date(2004, 12, 31), date(2016, 12, 31), True),
        (date(2005, 1, 1), date(2016, 12, 31), False),
        (date(2003, 1, 2), date(2017, 1, 1), False),
        (None, date(2022, 3, 1), True),
    ],
)
def test_the_youngest_member_is_fourteen_or_before_2017_twelve(born, joined, fits):
    def check():
        rules.check_age_of_member(birth_date=born, joined_on=joined)

    if fits:
        check()
    else:
        with pytest.raises(Refused):
            check()


def test_a_member_is_entered_once(cast, branch, other):
    person = cast.xiaoming
    services.admit_member(person=person, org=branch, starts_on=ON, at=NOW, by=CLERK)

    again = {"person": person, "org": other, "starts_on": ON}

    assert refused(services.admit_member, **again) == "already_member"
    assert Membership.objects.count() == 1


def test_a_member_is_refused(cast, branch, other):
    orgs.close_org(org=other, on=ON, at=NOW, by=CLERK)
    child = make_person("P090", "小苗", birth_date=date(2012, 1, 1))

    def admit(**changed):
        wanted = {"person": cast.xiaoming, "org": branch, "starts_on": ON, **changed}
        return refused(services.admit_member, **wanted)

    assert admit(person=child) == "too_young"
    assert admit(starts_on=TOMORROW) == "in_future"
    assert admit(org=other) == "org_closed"


def test_who_left_one_roll_may_enter_another_the_same_day(cast, branch, other):
    first = services.admit_member(person=cast.xiaoming, org=branch, starts_on=ON, at=NOW, by=CLERK)
    assert refused(services.end_membership, membership=first, on=TOMORROW) == "in_future"
    assert (
        refused(services.end_membership, membership=first, on=date(2022, 1, 1))
        == "ends_before_start"
    )

    services.end_membership(membership=first, on=date(2022, 5, 1), at=NOW, by=CLERK)
    services.admit_member(
        person=cast.xiaoming, org=other, starts_on=date(2022, 5, 1), at=NOW, by=CLERK
    )

    assert refused(services.end_membership, membership=first, on=ON) == "already_ended"
    assert Membership.objects.get(ends_on__isnull=True).org == other


def test_the_database_itself_keeps_a_member_to_one_roll(cast, branch, other):
    Membership.objects.create(person=cast.xiaoming, org=branch, starts_on=ON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=cast.xiaoming, org=other, starts_on=ON)


def test_one_person_may_hold_several_posts_but_none_twice(cast, branch, other):
    appoint = {"person": cast.xiaoming, "new": secretary()}
    first = services.appoint(**appoint, org=branch, at=NOW, by=CLERK)
    services.appoint(**appoint, org=other, at=NOW, by=CLERK)

    assert refused(services.appoint, **appoint, org=branch) == "already_appointed"
    late = {"person": cast.xiaoming, "new": secretary(TOMORROW, "委员")}
    assert refused(services.appoint, **late, org=branch) == "in_future"

    services.end_post(post=first, on=date(2022, 5, 1), at=NOW, by=CLERK)
    assert refused(services.end_post, post=first, on=ON) == "already_ended"
    services.appoint(**appoint, org=branch, at=NOW, by=CLERK)
    assert Post.objects.filter(org=branch).count() == 2


def test_a_number_belongs_to_one_person(cast):
    def add(**changed):
        new = services.NewPerson(**{"number": "P100", "name": "禾苗", **changed})
        return refused(services.add_person, new=new)

    assert add(number=cast.xiaoming.number) == "number_taken"
    assert add(number="编号 1") == "bad_number"
    assert add(birth_date=TOMORROW) == "in_future"


def test_a_chunk_of_persons_keeps_the_known_and_enters_the_others_once(cast):
    new = [
        services.NewPerson(number=cast.xiaoming.number, name="改了名"),
        services.NewPerson(number="P100", name="甲"),
        services.NewPerson(number="P101", name="乙"),
    ]

    found = services.add_many(new=new, at=NOW, by=CLERK, source=SOURCE)

    assert found[cast.xiaoming.number] == cast.xiaoming.pk
    assert Person.objects.get(pk=cast.xiaoming.pk).name == "明小麦"
    assert Person.objects.filter(number__in=["P100", "P101"]).count() == 2
    (entry,) = audit.entries_about("people.Person", found["P101"])
    assert entry.detail["file"] == SOURCE["file"]


def test_a_chunk_of_members_and_of_posts_each_leave_one_line(cast, branch):
    persons = [cast.xiaoming, cast.xiaohong]
    admitted = services.admit_many(
        new=[services.Admission(one.pk, branch.pk, ON) for one in persons],
        at=NOW,
        by=CLERK,
        source=SOURCE,
    )
    appointed = services.appoint_many(
        new=[services.Appointment(one.pk, branch.pk, secretary()) for one in persons],
        at=NOW,
        by=CLERK,
        source=SOURCE,
    )

    assert Entry.objects.filter(verb__in=["people.admit_many", "people.appoint_many"]).count() == 2
    for record in [*admitted, *appointed]:
        (entry,) = audit.entries_about(record._meta.label, record.pk)
        assert entry.detail["lines"] == [2, 4]


def test_a_roll_is_handed_over_whole_and_posts_end(cast, branch, other):
    for person in (cast.xiaoming, cast.xiaohong):
        services.admit_member(person=person, org=branch, starts_on=ON, at=NOW, by=CLERK)
    services.appoint(person=cast.xiaoming, org=branch, new=secretary(), at=NOW, by=CLERK)
    on = date(2022, 5, 1)

    begun = services.transfer_roll(org=branch, into=other, on=on, at=NOW, by=CLERK)
    ended = services.end_posts_of(org=branch, on=on, at=NOW, by=CLERK)

    assert {(one.org, one.starts_on, one.ends_on) for one in begun} == {(other, on, None)}
    assert set(Membership.objects.filter(org=branch).values_list("ends_on", flat=True)) == {on}
    assert [Post.objects.get(pk=one.pk).ends_on for one in ended] == [on]
    assert audit.entries_about("people.Post", ended[0].pk)[0].verb == "people.end_posts_of"


def test_a_roll_is_not_handed_over_before_its_last_member_came(cast, branch, other):
    services.admit_member(person=cast.xiaoming, org=branch, starts_on=ON, at=NOW, by=CLERK)

    early = {"org": branch, "into": other, "on": date(2022, 2, 1)}

    assert refused(services.transfer_roll, **early) == "too_early"
