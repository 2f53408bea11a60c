"""What a person is shown about themself (S-07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from qinghe.edges import system
from qinghe.edges.system import Line
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import rules as consent_rules
from qinghe.kernel.consent.models import Consent, Notice, Purpose
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.kernel.people.services import OwnContact
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models

READING = "people.reveal"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class OwnConsent:
    """Where a person stands with one purpose: what is in force, and what they said to it."""

    notice: Notice
    standing: Consent | None
    holds: bool
    needs_guardian: bool


@dataclass(frozen=True)
class Read:
    """Somebody looked at what is sealed about a person."""

    at: datetime
    by: str
    field: str
    reason: str


def person_of(actor: Actor) -> Person:
    """Return the person behind an account. Raises Refused: unknown_person."""
    found = Person.objects.filter(pk=actor.person_id).first()
    if found is None:
        raise Refused("unknown_person", "这个账号没有对应的人员，没有可显示的信息。")
    return found


def consents_shown_to(actor: Actor, person: Person, on: date) -> list[OwnConsent]:
    """Return every purpose with its notice in force and the person's own answer to it."""
    shown = []
    for purpose in Purpose.values:
        child_rules = purpose == Purpose.CHILD
        standing = consent.standing_consent(person, purpose)
        if child_rules and not people.is_child(person, on) and standing is None:
            continue
        try:
            notice = consent.current_notice(purpose, on=on)
        except Refused:
            continue
        shown.append(
            OwnConsent(
                notice=notice,
                standing=standing,
                holds=consent.holds(person, purpose, on=on),
                needs_guardian=consent_rules.needs_guardian(
                    purpose=purpose, birth_date=person.birth_date, on=on
                ),
            )
        )
    return shown


def memberships_of(actor: Actor, person: Person) -> QuerySet[Membership]:
    """Return a person's places on rolls, newest first."""
    return Membership.objects.filter(person=person).select_related("org").order_by("-starts_on")


def posts_of(actor: Actor, person: Person) -> QuerySet[Post]:
    """Return a person's posts as a cadre, newest first."""
    return Post.objects.filter(person=person).select_related("org").order_by("-starts_on")


def holdings_of(actor: Actor, person: Person) -> QuerySet[Holding]:
    """Return a person's roles in the platform, newest first."""
    return Holding.objects.filter(person=person).select_related("org").order_by("-starts_on")


def reads_of(actor: Actor, person: Person) -> list[Read]:
    """Return who read what is sealed about a person, newest first."""
    return [
        Read(
            at=entry.at,
            by=entry.by,
            field=str(entry.detail.get("field", "")),
            reason=str(entry.detail.get("reason", "")),
        )
        for entry in audit.entries_about("people.Person", person.pk)
        if entry.verb == READING
    ]


def requests_of(actor: Actor, person: Person) -> QuerySet[models.Request]:
    """Return what a person asked for, newest first."""
    return models.Request.objects.filter(person=person).select_related("org").order_by("-asked_at")


def lines_about(actor: Actor, person: Person) -> list[tuple[str, list[Line]]]:
    """Return what each system tells about a person, under the system's name."""
    told = [
        (installed.label, installed.about_person(actor, person))
        for installed in system.INSTALLED
        if installed.about_person
    ]
    return [(label, lines) for label, lines in told if lines]


def own_copy(actor: Actor, person: Person, contact: OwnContact) -> Mapping[str, Rows]:
    """Return all that is held about a person, by heading: rows of words for them to take along."""
    copy: dict[str, Rows] = {
        "基本信息": [_facts(person, contact)],
        "同意与撤回": [_consent(one) for one in consent.consents_of(person)],
        "团籍": [
            _row(组织=one.org.name, 起始=one.starts_on, 终止=one.ends_on)
            for one in memberships_of(actor, person)
        ],
        "团干部任职": [
            _row(组织=one.org.name, 职务=one.title, 起始=one.starts_on, 终止=one.ends_on)
            for one in posts_of(actor, person)
        ],
        "平台角色": [
            _row(
                组织=one.org.name,
                角色=Role(one.role).label,
                起始=one.starts_on,
                终止=one.ends_on,
            )
            for one in holdings_of(actor, person)
        ],
        "查看记录": [
            _row(时间=one.at, 查看人=one.by, 内容=one.field, 事由=one.reason)
            for one in reads_of(actor, person)
        ],
        "我的申请": [
            _row(
                提交时间=one.asked_at,
                类型=one.get_kind_display(),
                内容=one.get_field_display(),
                状态=one.get_state_display(),
                答复=one.answer,
            )
            for one in requests_of(actor, person)
        ],
    }
    for label, lines in lines_about(actor, person):
        copy[label] = [{"名称": line.title, **dict(line.cells)} for line in lines]
    return copy


def _facts(person: Person, contact: OwnContact) -> dict[str, str]:
    return _row(
        人员编号=person.number,
        姓名=person.name,
        性别=person.get_sex_display(),
        出生日期=person.birth_date,
        手机号码=contact.phone,
        身份证号码=contact.id_number,
        住址=contact.address,
        监护人姓名=contact.guardian_name,
        监护人电话=contact.guardian_phone,
    )


def _consent(one: Consent) -> dict[str, str]:
    return _row(
        用途=Purpose(one.notice.purpose).label,
        告知书=str(one.notice),
        同意时间=one.given_at,
        同意人="监护人" if one.by_guardian else "本人",
        撤回时间=one.withdrawn_at,
    )


def _row(**cells: str | date | datetime | None) -> dict[str, str]:
    return {label: _words(value) for label, value in cells.items()}


def _words(value: str | date | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(TZ):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
