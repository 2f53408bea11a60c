"""The rules of merging, and the register of every key to a person."""

from datetime import date

import pytest
from django.apps import apps

from qinghe.kernel.people import rules as people
from qinghe.kernel.people.keys import Fate, keys_to
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.rules import Known, Stay
from qinghe.lib.verdicts import Refused
from qinghe.systems.merging import rules

ACCESS = {
    "access.Account.person",
    "access.Holding.person",
    "access.Invitation.person",
    "access.SupportSession.admin",
    "consent.Consent.person",
    "consent.Guardianship.guardian",
    "people.ChildAccess.person",
}


def folded():
    found = [key.model for key in keys_to(Person) if rules.FATES[key.name].fate is Fate.FOLDS]
    return [key for model in found for key in keys_to(model)]


def test_every_key_to_a_person_has_a_fate():
    unknown = []
    for key in [*keys_to(Person), *folded()]:
        try:
            rules.FATES[key.name]
        except KeyError:
            unknown.append(key.name)

    assert unknown == [], "say in systems/merging/rules/fates.py what becomes of them (ADR 0068)"


def test_no_fate_is_kept_for_what_is_not_there():
    there = {key.name for key in [*keys_to(Person), *folded()]}

    assert sorted(set(rules.FATES) - there) == []


def test_many_to_many_keys_are_not_forgotten():
    many = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.many_to_many
        if field.related_model is Person
    ]

    assert many == []


def test_what_opens_anything_never_passes():
    fates = {rules.FATES[name].fate for name in ACCESS}

    assert fates == {Fate.STAYS}


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["/A/B/C/", "/A/B/D/"], "B"),
        (["/A/B/C/", "/A/B/C/"], "C"),
        (["/A/B/", "/A/B/C/"], "B"),
        (["/A/B/C/", "/A/D/"], "A"),
        (["/A/B/", "/A/BC/"], "A"),
    ],
)
def test_who_decides_reaches_the_lowest_organisation_that_holds_all_places(paths, code):
    assert rules.common_code(paths) == code


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        (Known(date(2001, 1, 1), "male", ""), Known(date(2001, 1, 1), "male", ""), False),
        (Known(None, "", "4403"), Known(date(2001, 1, 1), "male", ""), False),
        (Known(date(2001, 1, 1), "", ""), Known(date(2001, 1, 2), "", ""), True),
        (Known(None, "male", ""), Known(None, "female", ""), True),
        (Known(None, "", "4403"), Known(None, "", "4404"), True),
    ],
)
def test_two_who_are_known_to_differ_are_not_one(one, other, refused):
    if not refused:
        return people.check_same_human(one, other)
    with pytest.raises(Refused) as refusal:
        people.check_same_human(one, other)
    assert refusal.value.code == "other_person"


def stay(key, org, start, end=None, *, kept=True):
    ends_on = date(2020, 1, end) if end else None
    return Stay(key, org, date(2020, 1, start), ends_on, kept)


CUTS = [
    # the one that goes on stands whole; the other ends where it begins
    ([stay(1, 7, 5), stay(2, 8, 2, kept=False)], 7, {1: (5, None), 2: (2, 5)}),
    # what began later gives way wholly: it held on no day
    ([stay(1, 7, 5), stay(2, 8, 9, kept=False)], 7, {1: (5, None), 2: (9, 9)}),
    # the same branch twice: whoever was entered first
    ([stay(1, 7, 5), stay(2, 7, 2, kept=False)], None, {1: (5, 5), 2: (2, None)}),
    # an ended place between two others keeps what is left of it
    ([stay(1, 7, 3, 6), stay(2, 8, 5, 9, kept=False)], None, {1: (3, 6), 2: (6, 9)}),
    # nothing overlaps
    ([stay(1, 7, 1, 3), stay(2, 8, 3, kept=False)], None, {1: (1, 3), 2: (3, None)}),
]


@pytest.mark.parametrize(("stays", "org", "expected"), CUTS)
def test_nobody_was_in_two_branches_on_one_day(stays, org, expected):
    cut = people.without_overlaps(stays, org_id=org)

    days = {one.key: (one.starts_on.day, one.ends_on and one.ends_on.day) for one in cut}
    assert days == expected


def test_which_of_two_branches_goes_on_is_never_guessed():
    with pytest.raises(Refused) as refusal:
        people.without_overlaps([stay(1, 7, 5), stay(2, 8, 2, kept=False)], org_id=None)

    assert refusal.value.code == "choice_needed"
