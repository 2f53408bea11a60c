"""What privacy allows: registering, codes, requests. Values in, verdicts out; no database, no clock."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import workday_after

REQUIRED = ("volunteering",)  # S-06: without these there is nothing to register for
OPTIONAL = ("contact", "location", "photo")
ADULT, TEEN = 18, 14  # V-20, V-22
OLDEST = 120

REGISTRATION_LASTS = timedelta(hours=24)
CODE_LASTS = timedelta(minutes=10)
CODE_DIGITS = 6
MOST_TRIES = 5
PAUSE = timedelta(seconds=60)  # between two codes to one phone
MOST_TO_A_PHONE = 5  # an hour
MOST_FROM_AN_ADDRESS = 30  # an hour: a school's classroom shares one address
HOUR = timedelta(hours=1)
ANSWER_WITHIN = 15  # working days (S-07)

LONGEST_NAME = 60
SEXES = {"男": "male", "女": "female"}

REQUEST_MOVES = {"open": frozenset({"done", "refused"})}


@dataclass(frozen=True)
class Sent:
    """What was sent before: when the last code went to this phone, and how many this hour."""

    last_at: datetime | None
    to_phone: int
    from_address: int


@dataclass(frozen=True)
class Typed:
    """What a registration under way holds. Notices are named by key: the versions shown."""

    notices: tuple[int, ...] = ()
    phone: str = ""
    phone_proved: bool = False
    name: str = ""
    sex: str = ""
    birth_date: str = ""
    org: str = ""
    password_hash: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    guardian_relation: str = ""
    guardian_notices: tuple[int, ...] = ()

    @property
    def born(self) -> date:
        """Return the day of birth. Raises Refused: not_described."""
        if not self.birth_date:
            raise Refused("not_described", "还没有填写个人信息，请先填写。")
        return date.fromisoformat(self.birth_date)

    def as_text(self) -> str:
        """Return all of it as the text that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


def typed_from(text: str) -> Typed:
    """Return what a sealed text held; nothing yet for an empty one."""
    kept = json.loads(text) if text else {}
    for name in ("notices", "guardian_notices"):
        kept[name] = tuple(kept.get(name, ()))
    return Typed(**kept)


# ── Registering ──────────────────────────────────────────────────────────────────────────────────


def check_told(*, agreed: frozenset[str]) -> None:
    """Refuse to go on without the consent that registering rests on (S-01, S-06)."""
    if not agreed.issuperset(REQUIRED):
        raise Refused(
            "consent_needed",
            "没有勾选“志愿服务”一项，无法注册；没有保存任何信息。其余各项可以不勾选。",
        )


def check_birth_date(*, birth_date: date, on: date) -> None:
    """Refuse a day of birth that cannot be. Raises Refused: bad_birth_date."""
    if birth_date > on or age_on(birth_date, on) > OLDEST:
        raise Refused("bad_birth_date", "出生日期不正确，请核对年份。")


def check_proved(typed: Typed) -> None:
    """Refuse to go on before the phone was proved. Raises Refused: phone_unproved."""
    if not typed.phone_proved:
        raise Refused("phone_unproved", "手机号还没有验证，请先填写收到的验证码。")


def needs_guardian(*, birth_date: date, on: date) -> bool:
    """Test if somebody registers only with a guardian's consent (V-20)."""
    return age_on(birth_date, on) < ADULT


def is_child(*, birth_date: date, on: date) -> bool:
    """Test if somebody registers only beside a guardian, under the rules for children (S-03, V-21)."""
    return age_on(birth_date, on) < TEEN


def check_guardian_phone(*, own: str, guardian: str, child: bool) -> None:
    """Refuse a guardian who is reached at the young person's own number.

    A child below fourteen may have no phone but the guardian's. Raises Refused: same_phone.
    """
    if not child and own == guardian:
        raise Refused("same_phone", "监护人的手机号不能与本人相同，请填写监护人自己的手机号。")


def check_child_rules(*, agreed: bool) -> None:
    """Refuse a child whose guardian did not expressly accept the child rules (S-03, V-22)."""
    if not agreed:
        raise Refused(
            "child_rules_needed",
            "监护人没有明示同意《儿童个人信息保护规则》，没有注册；不同意的请点“不同意”。",
        )


# ── Codes ────────────────────────────────────────────────────────────────────────────────────────


def check_may_send(*, sent: Sent, at: datetime) -> None:
    """Refuse codes in quick succession. Raises Refused: too_soon, too_many_codes."""
    if sent.last_at and at < sent.last_at + PAUSE:
        raise Refused("too_soon", "验证码刚刚发出，请等一分钟再重发；已填内容都还在。")
    if sent.to_phone >= MOST_TO_A_PHONE or sent.from_address >= MOST_FROM_AN_ADDRESS:
        raise Refused("too_many_codes", "一小时内发送次数过多，请稍后再试；已填内容都还在。")


def check_may_try(*, expires_at: datetime, tries: int, used: bool, at: datetime) -> None:
    """Refuse a code that is old, used or guessed at too often. Raises Refused: code_over."""
    if used or at >= expires_at or tries >= MOST_TRIES:
        raise Refused("code_over", "验证码已失效（10分钟内有效，最多输错5次），请重新获取。")


# ── Requests ─────────────────────────────────────────────────────────────────────────────────────


def due_on(day: date) -> date:
    """Return until when a request has to be answered (S-07)."""
    return workday_after(day, count=ANSWER_WITHIN)


def check_wish(*, field: str, words: str) -> None:
    """Refuse a correction that does not say what should stand instead. Raises words_needed."""
    if not field or not words.strip():
        raise Refused("words_needed", "请选择要更正的内容，并写明正确的内容。")
    value_of(field=field, words=words)


def value_of(*, field: str, words: str) -> str | date:
    """Return how a field of a person will read. Raises Refused: bad_value."""
    typed = words.strip()
    if field == "sex":
        if typed not in SEXES:
            raise Refused("bad_value", "性别请填“男”或“女”。")
        return SEXES[typed]
    if field == "birth_date":
        try:
            return date.fromisoformat(typed)
        except ValueError:
            raise Refused("bad_value", "出生日期请按2008-05-04这样填写。") from None
    if field == "name" and len(typed) > LONGEST_NAME:
        raise Refused("bad_value", f"姓名最长{LONGEST_NAME}个字。")
    return typed


def check_done(*, done_on: date, today: date) -> None:
    """Refuse an assessment that lies ahead. Raises Refused: in_future."""
    if done_on > today:
        raise Refused("in_future", "评估日期不能晚于今天，没有登记；请改正日期。")


def check_move(*, now: str, to: str) -> None:
    """Refuse to answer twice. Raises Refused: wrong_state."""
    if to not in REQUEST_MOVES.get(now, frozenset()):
        raise Refused("wrong_state", "这件申请已经答复过，没有改动，请刷新后再看。")


def check_answer(answer: str) -> None:
    """Refuse an answer without words: a refusal needs its reasons (S-07)."""
    if not answer.strip():
        raise Refused("answer_needed", "请写明答复；不予办理的须说明理由。")


def check_not_own(*, person_id: int, by_id: int) -> None:
    """Refuse to answer what one asked for oneself. Raises Refused: own_request."""
    if person_id == by_id:
        raise Refused("own_request", "不能答复自己提交的申请，请由本组织其他负责人或上级办理。")


def check_may_erase(*, duties: list[str]) -> None:
    """Refuse to erase whose records must be kept (S-07). Raises Refused: duty_to_keep."""
    if duties:
        raise Refused("duty_to_keep", f"{'；'.join(duties)}。依规须保留，暂不能注销，没有改动。")
