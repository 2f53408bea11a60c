"""The plain rows of the invented half-year, in the shape of the ledgers."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PersonRow:
    """A person as the ledgers write one."""

    number: str
    name: str
    sex: str
    birth_date: date


@dataclass(frozen=True)
class MemberRow:
    person: PersonRow
    org_code: str
    starts_on: date


@dataclass(frozen=True)
class CadreRow:
    person: PersonRow
    org_code: str
    title: str
    service: str
    starts_on: date


@dataclass(frozen=True)
class VolunteerRow:
    number: str
    person: PersonRow
    org_code: str
    registered_on: date


@dataclass(frozen=True)
class TeamRow:
    code: str
    name: str
    org_code: str
    applied_on: date
    approved_on: date


@dataclass(frozen=True)
class SessionRow:
    code: str
    title: str
    org_code: str
    team_code: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class AttendanceRow:
    session_code: str
    volunteer_number: str
    came_at: datetime
    left_at: datetime

    @property
    def minutes(self) -> int:
        """Count the minutes between coming and leaving."""
        return int((self.left_at - self.came_at).total_seconds()) // 60
