"""Files of League members: joining, numbers, the Party, leaving (T-10, T-20, T-27, T-44, T-66)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services
from qinghe.kernel.people.models import LeagueFile, LeftAs
from qinghe.kernel.people.services import NewFile
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, TODAY, make_person

JOINED = date(2021, 5, 4)
NUMBER = "202144000123"


@pytest.fixture
def member(cast):
    return make_person("M1", "甘棠", birth_date=date(2005, 6, 1))


def opened(person, **known):
    new = NewFile(**{"joined_on": JOINED, "number": NUMBER, **known})
    return services.open_league_file(person=person, new=new, at=NOW, by=CLERK)


def refused(call, **arguments):
    with pytest.raises(Refused) as caught:
        call(**arguments, at=NOW, by=CLERK)
    return caught.value.code


def test_a_file_is_opened_once(member):
    file = opened(member)

    assert (file.joined_on, file.number, file.left_on) == (JOINED, NUMBER, None)
    assert Entry.objects.get(verb="people.open_league_file").detail["number"] == NUMBER
    new = NewFile(JOINED, NUMBER)
    assert refused(services.open_league_file, person=member, new=new) == "file_exists"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"joined_on": TODAY + timedelta(days=1), "number": ""}, "in_future"),
        ({"joined_on": date(2019, 5, 4), "number": ""}, "too_young"),
        ({"number": "202044000123"}, "bad_development_number"),
        ({"party_on": JOINED - timedelta(days=1)}, "party_before_league"),
    ],
)
def test_what_cannot_be_is_not_opened(member, known, code):
    new = NewFile(**{"joined_on": JOINED, "number": NUMBER, **known})

    assert refused(services.open_league_file, person=member, new=new) == code
    assert not LeagueFile.objects.exists()


def test_a_number_is_one_persons_for_ever(member):
    other = make_person("M2", "白芷")
    opened(member)

    new = NewFile(JOINED, NUMBER)
    assert refused(services.open_league_file, person=other, new=new) == "league_number_taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        LeagueFile.objects.create(person=other, joined_on=JOINED, number=NUMBER)


def test_a_number_that_stands_is_not_changed_and_a_missing_one_is_given(member):
    file = opened(member, number="")

    services.change_league_file(file=file, new=NewFile(JOINED, NUMBER), at=NOW, by=CLERK)
    other = NewFile(JOINED, "202144000124")

    assert refused(services.change_league_file, file=file, new=other) == "number_stands"
    file.refresh_from_db()
    assert file.number == NUMBER
    changed = Entry.objects.get(verb="people.change_league_file").detail["changed"]
    assert changed == {"number": ["", NUMBER]}


def test_who_joins_the_party_keeps_the_file(member):
    file = opened(member)
    party_on = date(2022, 5, 4)

    services.change_league_file(file=file, new=NewFile(JOINED, NUMBER, party_on), at=NOW, by=CLERK)

    file.refresh_from_db()
    assert (file.party_on, file.left_on) == (party_on, None)


def test_one_leaves_once_and_not_before_joining(member):
    file = opened(member)
    how = LeftAs.RESIGNED

    assert (
        refused(services.leave_league, file=file, how=how, on=JOINED - timedelta(days=1))
        == "ends_before_start"
    )
    services.leave_league(file=file, how=how, on=TODAY, at=NOW, by=CLERK)
    assert refused(services.leave_league, file=file, how=how, on=TODAY) == "already_left"
    file.refresh_from_db()
    assert (file.left_on, file.left_as) == (TODAY, "resigned")


def test_files_of_a_chunk_share_one_entry(member):
    other = make_person("M2", "白芷")
    new = {member.pk: NewFile(JOINED, NUMBER), other.pk: NewFile(JOINED)}

    services.open_league_files(new=new, at=NOW, by=CLERK, source={"file": "f"})

    assert LeagueFile.objects.count() == 2
    assert Entry.objects.get(verb="people.open_league_files").detail["file"] == "f"


def test_the_database_holds_who_left_says_how(member):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeagueFile.objects.create(person=member, joined_on=JOINED, left_on=TODAY)
