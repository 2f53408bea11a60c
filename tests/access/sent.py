"""What the operations of volunteering, places and resources are sent, so that the right decides."""

import json
from collections.abc import Callable
from typing import Protocol

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import Attendance, Session, Volunteer

from . import courtesies, doored, hours, netted, shared

DAY, LAST = "2022-03-01", "2099-12-31"
CAME, LEFT = "2022-03-01T10:00:00+08:00", "2022-03-01T12:00:00+08:00"
SOON, LATER = "2099-06-01T10:00:00+08:00", "2099-06-01T12:00:00+08:00"
WHY = {"reason": "误报"}


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    session: Session
    volunteer: Volunteer
    attendance: Attendance


Maker = Callable[[Stands], object]
# Operations that are told why, and nothing else.
WITH_A_REASON = (
    "late_return", "late_refuse", "star_refuse", "cancel_activity", "cancel_session",
    "void_attendance", "refuse_team", "suspend_team", "resume_team", "close_team",
    "return_confirmation", "withdraw_volunteer", "revoke_certificate", "strike_credit",
    "cancel_training", "refuse_sponsor", "end_sponsor", "refuse_courtesy", "withdraw_courtesy",
    "revoke_courtesy", "close_venue", "close_venue_room", "suspend_venue", "refuse_booking",
    "take_off_booking", "free_shift", "let_go_provider", "withdraw_resource", "close_need",
    "refuse_allocation", "cancel_allocation", "refuse_donation", "close_reading_room",
)  # fmt: skip


def _come(at: Stands) -> dict[str, object]:
    return {"volunteer": at.volunteer.number, "came_at": CAME, "left_at": LEFT}


def _late(at: Stands) -> dict[str, object]:
    told = {"session_id": at.session.pk, "reason": "漏登", "comes": [_come(at)]}
    return {"told": json.dumps(told), "evidence": SimpleUploadedFile("a.pdf", b"%PDF-1.7 roster")}


def _venue(at: Stands) -> dict[str, object]:
    return {
        "name": "青年之家", "kind": "youth_home", "address": "一号", "capacity": 9, "functions": "会议",
    }  # fmt: skip


MAKERS: dict[str, Maker] = {
    "ward_id": lambda at: Volunteer.objects.get(number=f"Y{at.org.code}").pk,
    "api:late_amend:late_entry_id": hours.MAKERS["volunteering:late_amend:late_entry_id"],
    "api:object_to_team:team_id": netted.MAKERS["volunteering:own_team_object:team_id"],
    **{
        f"api:{name}:sponsor_id": courtesies.MAKERS["volunteering:sponsor_approve:sponsor_id"]
        for name in ("approve_sponsor", "refuse_sponsor")
    },
    "api:refuse_courtesy:courtesy_item_id": courtesies.MAKERS["api:courtesy_open:courtesy_item_id"],
}
BODIES: dict[str, Maker] = {
    **{f"api:{name}": lambda at: WHY for name in WITH_A_REASON},
    "api:ask_late": _late,
    "api:late_amend": lambda at: {"reason": "补充", "comes": [_come(at)]},
    "api:raise_late_quota": lambda at: {
        "org": at.org.code, "month": DAY, "minutes": 6_000_000, **WHY,
    },
    "api:enter_policy": lambda at: {
        "insurer": "平安", "number": f"N{at.org.code}", "org": at.org.code, "starts_on": DAY,
        "ends_on": LAST, "covers": "意外",
    },
    "api:end_policy": lambda at: {"on": "2022-06-01", **WHY},
    "api:open_star_round": lambda at: {
        "title": "评定", "org": at.org.code, "counted_until": DAY, "opens_on": DAY,
        "closes_on": DAY,
    },
    "api:propose_stars": lambda at: {"org": at.org.code},
    "api:object_to_star": lambda at: {"words": "有异议"},
    "api:answer_star_objection": lambda at: {"upheld": False, "answer": "已核实"},
    "api:open_project": lambda at: {"title": "项目", "org": at.org.code},
    "api:amend_activity": lambda at: {"about": "内容", "risks": "无", "contact": "王老师"},
    "api:add_sitting": lambda at: {"starts_at": SOON, "ends_at": LATER, "place": "广场"},
    "api:move_sitting": lambda at: {"starts_at": SOON, "ends_at": LATER, "place": "广场"},
    "api:add_post": lambda at: {"name": "新岗位", "capacity": 2},
    "api:resize_post": lambda at: {"capacity": 3},
    "api:call_roll": lambda at: {"came": []},
    "api:correct_stay": lambda at: {"came_at": CAME, "left_at": LEFT, **WHY},
    "api:invite_founder": lambda at: {"volunteer": at.volunteer.number},
    "api:object_to_team": lambda at: {"words": "有异议"},
    "api:answer_team_objection": lambda at: {"upheld": False, "answer": "已核实"},
    "api:register_volunteer": lambda at: {
        "number": f"NV{at.org.code}", "person": f"NP{at.org.code}", "name": "岑新",
        "birth_date": "1995-03-01", "org": at.org.code,
    },
    "api:seal_certificate": lambda at: {"head": "岑", "handler": "岑", "contact": "社区"},
    "api:enter_sponsor": lambda at: {
        "name": "书店", "kind": "dining", "address": "一号", "contact_name": "岑", "contact": "店",
        "agreed_from": DAY, "agreed_to": LAST, "org": at.org.code,
    },
    "api:offer_courtesy": lambda at: {
        "sponsor_id": courtesies.MAKERS["sponsor_id"](at), "title": "门票", "kind": "entry",
        "about": "说明", "area": at.org.code, "opens_on": DAY, "closes_on": LAST,
    },
    "api:sign_up_ward": lambda at: {"child": f"Y{at.org.code}"},
    "api:scan_door_code": lambda at: {"code": doored.MAKERS["scan_code"](at)},
    "api:enter_venue": lambda at: {"code": f"NW{at.org.code}", "org": at.org.code, **_venue(at)},
    "api:change_venue": _venue,
    "api:add_room": lambda at: {"name": "新房间", "capacity": 5},
    "api:set_opening_hours": lambda at: {"valid_from": LAST, "days": {"1": "09:00-12:00"}},
    "api:set_special_day": lambda at: {"day": "2099-06-01", "reason": "检修"},
    "api:correct_count": lambda at: {"takes": 1, **WHY},
    "api:book": lambda at: {
        "day": LAST, "starts": "09:00", "ends": "10:00", "people": 2, "purpose": "会议",
    },
    "api:walk_in": lambda at: {"starts": "09:00", "ends": "10:00", "people": 2, "purpose": "会议"},
    "api:lay_shifts": lambda at: {"first": LAST, "last": LAST},
    "api:set_shift": lambda at: {"person": at.person.number},
    "api:ask_swap": lambda at: {"person": at.person.number},
    "api:take_in_provider": lambda at: {"name": "新单位", "org": at.org.code},
    "api:offer_resource": lambda at: {
        "title": "音箱", "kind": "things", "org": at.org.code, "open_to": at.org.code,
        "quantity": 1, "unit": "台",
    },
    "api:raise_need": lambda at: {
        "title": "音箱", "kind": "things", "org": at.org.code, "quantity": 1, "unit": "台",
        "needed_by": LAST,
    },
    "api:ask_for": lambda at: {"resource_id": shared.MAKERS["resource_id"](at), "quantity": 1},
    "api:deliver_allocation": lambda at: {"served": 3},
    "api:open_drive": lambda at: {
        "title": "募集", "org": at.org.code, "item": "图书", "unit": "册", "opens_on": DAY,
        "closes_on": LAST,
    },
    "api:accept_donation": lambda at: {"accepted": 3},
    "api:plan_reading_room": lambda at: {"name": "新书室", "org": at.org.code, "place": "某校"},
    "api:send_delivery": lambda at: {"room_id": shared.MAKERS["room_id"](at), "quantity": 1},
}  # fmt: skip
