"""Who sends more than a form asks for changes no more than the form does (bar 24).

WRITES holds a filled-in form for addresses that change something. Each is sent twice: as it is, and
with every column of every table beside it. The database must look the same after both.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.utils import timezone

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Role

from . import planted, sweep
from .routes import all_routes
from .world import ONE_BUILDING

pytestmark = ONE_BUILDING
NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
HERE = "440307017901"
REASON = {"reason": "核对后更正"}
PERSON = {"number": "NEW1", "name": "新同志", "sex": "male", "birth_date": "2000-01-02"}
WRITES = {
    "directory:org_new": {
        "code": "NEWORG", "name": "新支部", "kind": "branch", "level": "community", "parent": HERE,
        "opened_on": "2026-01-05",
    },
    "directory:org_change": {"name": "改名社区", "sector": "society"},
    "directory:org_move": {"parent": "440307013", "on": "2026-02-01"},
    "directory:member_new": {**PERSON, "org": "B1", "starts_on": "2026-02-01"},
    "directory:member_end": {"on": "2026-02-01"},
    "directory:cadre_new": {
        **PERSON, "org": "B1", "title": "委员", "service": "part_time", "starts_on": "2026-02-01",
    },
    "directory:cadre_end": {"on": "2026-02-01"},
    "volunteering:session_new": {
        "code": "NEWS", "title": "净滩", "place": "公园", "org": HERE,
        "starts_at": "2026-03-05T09:00", "ends_at": "2026-03-05T11:00",
    },
    "volunteering:volunteer_new": {
        "number": "NEWV", "person_number": "NEW2", "name": "新志愿", "birth_date": "2000-01-02",
        "org": HERE,
    },
    "volunteering:volunteer_withdraw": REASON,
    "volunteering:team_new": {
        "code": "NEWT", "name": "新队", "kind": "group", "org": HERE, "head": f"V{HERE}",
        "founders": "V440307017 V440307013 V440307017902 VB1 VB2",
    },
    "volunteering:policy_new": {
        "insurer": "平安", "number": "NEWP", "org": HERE, "starts_on": "2022-01-01",
        "ends_on": "2022-12-31", "covers": "意外伤害",
    },
    "volunteering:training_new": {
        "title": "新培训", "kind": "heads", "org": HERE, "day": "2022-03-01", "credit_hours": "2",
    },
    "volunteering:team_close": REASON,
    "volunteering:attendance_void": REASON,
    "volunteering:hours_approve": {},
    "volunteering:hours_refuse": REASON,
    "volunteering:stay_correct": {
        "came_at": "2022-03-01T09:30", "left_at": "2022-03-01T18:30", **REASON,
    },
}  # fmt: skip
# The last of them draws a number for what it tells other systems.
NOT_COMPARED = {"django_session", "usersessions_usersession", "cache_entry", "hooks_happening"}


def every_column():
    """Return a value for each column of each table, such as somebody might try."""
    return {
        name: "1"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }


@dataclass(frozen=True)
class Tables:
    """What every table holds, but the trail, whose entries each name their own request."""

    keys: dict[str, set]
    rows: dict[str, list[str]]


def compared():
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in NOT_COMPARED and not table.startswith("audit_"):
            yield model


def look(known=None):
    """Read every table. The number of a row that is not among the known says only that it is new."""
    keys = {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for model in compared()
    }
    rows = {
        model._meta.label: sorted(
            repr(
                [
                    _told(field, value, known or keys)
                    for field, value in zip(columns, row, strict=True)
                ]
            )
            for row in model._base_manager.values_list(*[field.attname for field in columns])
        )
        for model in compared()
        if (columns := model._meta.concrete_fields)
    }
    return Tables(keys, rows)


def _told(field, value, known):
    points_at = field.related_model if field.is_relation else field.model
    is_key = field.is_relation or field.primary_key
    return "new" if is_key and value not in known.get(points_at._meta.label, ()) else value


@pytest.fixture
def officer(world, db, monkeypatch, settings):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None  # there are more columns than a form may have
    return world.everyone[Role.DISTRICT_OFFICER].client()


@pytest.fixture
def url_of(world):
    by_name = {route.name: route for route in all_routes()}
    return lambda name: f"{by_name[name].url(world.made[HERE])}"


def asked_for(client, url):
    """Return the names of the fields that a form shows."""
    with sweep.undone():
        form = (client.get(url).context or {}).get("form")
    return set(form.fields) if form else set()


def sent(client, url, data, *, known):
    """Return what the tables hold after a form was sent, and take it back."""
    with sweep.undone():
        answer = client.post(url, data)
        return answer.status_code, look(known).rows


@pytest.mark.parametrize("name", WRITES)
def test_only_what_the_form_asks_for_is_changed(officer, url_of, name):
    url, body = url_of(name), WRITES[name]
    extra = every_column()
    for asked in asked_for(officer, url):
        extra.pop(asked, None)
    before = look()

    status, plain = sent(officer, url, body, known=before.keys)
    more_status, more = sent(officer, url, {**extra, **body}, known=before.keys)

    assert status == 302
    assert plain != before.rows
    assert (more_status, more) == (status, plain)


# Closely held columns in which no mark can stand, and why. A page shows them beside others of the
# same row, through the same level.
WORD = "one of a few words, or a letter"
NUMBER = "a number"
ROW = "leads to another row, whose name has a mark of its own"
BARRED = "a constraint holds it empty in the state that the world's rows are in"
NO_ROW = "the world has no such row"
HASH = "a digest, or a code that is read by itself"
UNMARKED = {
    "cadres.Candidate.education": WORD,
    "cadres.Candidate.politics": WORD,
    "cadres.Examination.opinion": BARRED,
    "cadres.Examination.verdict": WORD,
    "cadres.Secondment.grade": WORD,
    "consent.Guardianship.guardian": ROW,
    "consent.Guardianship.org": ROW,
    "consent.Guardianship.relation": NO_ROW,
    "consent.Guardianship.since": NO_ROW,
    "consent.Guardianship.ward": ROW,
    "joining.Objection.answer": BARRED,
    "pioneers.Nominee.initial": WORD,
    "privacy.PhoneCode.address_index": HASH,
    "privacy.PhoneCode.code_hash": HASH,
    "privacy.PhoneCode.phone_index": HASH,
    "privacy.PhoneCode.registration_hash": HASH,
    "privacy.Registration.token_hash": HASH,
    "privacy.Registration.typed": NO_ROW,
    "reconciling.Run.file": ROW,
    "reconciling.RunRow.cells": NO_ROW,
    "rolls.DuesPayment.fen": NUMBER,
    "rolls.DuesRate.category": WORD,
    "rolls.DuesRate.fen": NUMBER,
    "rolls.Expulsion.expelled_on": BARRED,
    "rolls.Expulsion.hearing": WORD,
    "rolls.Expulsion.person": ROW,
    "rolls.Expulsion.state": WORD,
    "volunteering.CarriedList.file": ROW,
    "volunteering.CarriedRow.cells": NO_ROW,
    "volunteering.CourtesyClaim.code": HASH,
    "volunteering.CourtesyClaim.token": HASH,
    "volunteering.Scan.latitude": NUMBER,
    "volunteering.Scan.longitude": NUMBER,
    "volunteering.SponsorKey.key_hash": HASH,
    "volunteering.Volunteer.beside": ROW,
    "volunteering.Volunteer.beside_until": BARRED,
}


def test_every_closely_held_column_carries_a_mark(world):
    """The walk of test_sweep.py looks for them in all that each role reads (bar 24)."""
    close = {f"{row.model}.{row.field}" for row in levels.REGISTER if planted.is_close(row)}

    marked = {one.column for one in world.planted.values()}

    assert close - marked == UNMARKED.keys()
