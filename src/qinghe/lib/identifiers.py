"""Numbers that name persons, organisations, places and telephones: checking and masking.

Each check returns the number as it is kept, or refuses with a sentence for the one who typed it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from .verdicts import Refused

_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_SPACES = re.compile(r"\s+")

_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")
_OLD_RESIDENT_ID = re.compile(r"[0-9]{15}")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_DIVISION_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}")
_DEVELOPMENT_NUMBER = re.compile(r"[0-9]{12}")
_SHANDONG_NUMBER = re.compile(r"[0-9]{16}")
RESIDENT_ID_LENGTH = 18
LEAST_HIDDEN = 4  # signs of a partly hidden number, or it counts as shown in full
_SHOWN_RESIDENT_ID = re.compile(r"[0-9*]{17}[0-9X*]")
_HIDING = re.compile(r"[*×•●#]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CHINA_PREFIX = re.compile(r"^(?:\+|00)86")
# The most that is shown of an address: to its community, else its street, else its district.
_ADDRESS_LEVELS = [
    re.compile(rf".*?(?:{words})")
    for words in ("社区|居委会|村委会", "街道|镇|乡", "[^市省]区|县|市")
]
_PHONE_SIGNS = re.compile(r"[0-9]{7,14}")
_PHONE_FILLERS = re.compile(r"[-()]")

# Two digits of GB/T 2260; 83 heads the residence permits of Taiwan residents (I-02).
_PROVINCES = frozenset(
    re.findall("..", "11121314152122233132333435363741424344454650515253546162636465718182")
)
_RESIDENT_ID_PROVINCES = _PROVINCES | {"83"}

_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
        "公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐轩辕呼延西门东郭百里第五拓跋纳兰",
    )
)

_EVERY_MEMBER_HAS_A_NUMBER_FROM = 2017  # T-22
_NUMBER_TELLS_ITS_YEAR_FROM = 2019  # T-20
_SHANDONG_YEARS = {"201516": (2015, 2016), "201617": (2016, 2017)}  # T-23


class Sex(StrEnum):
    """What the seventeenth digit of a resident's number tells."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class Division:
    """A place in the statistical division codes; each level is a full code, or None above it."""

    district: str
    street: str | None
    community: str | None


def check_resident_id(number: str) -> str:
    """Return a resident's 18-character number, upper case (I-01).

    Holders of residence permits (81, 82, 83: I-02) carry numbers of the same make. The county in
    the first six digits is where the number was given out, perhaps years after birth, so it is
    not compared with the year of birth.

    Raises Refused: bad_resident_id.
    """
    typed = _as_typed(number).upper()
    if _OLD_RESIDENT_ID.fullmatch(typed):
        raise _bad_resident_id("15位身份证号码已停用，请填写18位公民身份号码。")
    if not _RESIDENT_ID.fullmatch(typed):
        raise _bad_resident_id("身份证号码应为18位：前17位是数字，末位是数字或X。")
    if typed[:2] not in _RESIDENT_ID_PROVINCES:
        raise _bad_resident_id("身份证号码的前两位不是有效的省级代码，请核对。")
    try:
        ric.get_birth_date(typed)
    except ValidationError as reason:
        raise _bad_resident_id("身份证号码中的出生日期不存在，请核对第7至14位。") from reason
    if typed[-1] != ric.calc_check_digit(typed):
        raise _bad_resident_id("身份证号码的校验位不符，请逐位核对。")
    return typed


def birth_date_of(resident_id: str) -> date:
    """Read the day of birth from a resident's number.

    Raises Refused: bad_resident_id.
    """
    return ric.get_birth_date(check_resident_id(resident_id))


def sex_of(resident_id: str) -> Sex:
    """Read the sex from a resident's number: an odd seventeenth digit is male.

    Raises Refused: bad_resident_id.
    """
    return Sex.MALE if int(check_resident_id(resident_id)[16]) % 2 else Sex.FEMALE


def check_credit_code(code: str) -> str:
    """Return an organisation's unified social credit code, upper case (I-03).

    Raises Refused: bad_credit_code.
    """
    typed = _as_typed(code).replace("-", "").upper()
    if not _CREDIT_CODE.fullmatch(typed):
        raise Refused(
            "bad_credit_code",
            "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z），第3至8位是数字。",
        )
    if not uscc.is_valid(typed):
        raise Refused("bad_credit_code", "统一社会信用代码的校验位不符，请逐位核对。")
    return typed


def check_division_code(code: str) -> str:
    """Return a division code of 6 (district), 9 (street) or 12 (community) digits (I-04).

    Raises Refused: bad_division_code.
    """
    typed = _as_typed(code)
    if not _DIVISION_CODE.fullmatch(typed):
        raise Refused("bad_division_code", "区划代码应为6位（区）、9位（街道）或12位（社区）数字。")
    if typed[:2] not in _PROVINCES:
        raise Refused("bad_division_code", "区划代码的前两位不是有效的省级代码，请核对。")
    if typed[6:9] == "000" and typed[9:] not in ("", "000"):
        raise Refused("bad_division_code", "区划代码缺少街道一段（第7至9位），请核对。")
    return typed


def division_of(code: str) -> Division:
    """Split a division code into its levels; a level padded with zeros is left out.

    Raises Refused: bad_division_code.
    """
    checked = check_division_code(code)
    street = checked[:9] if checked[6:9] not in ("", "000") else None
    community = checked if checked[9:] not in ("", "000") else None
    return Division(district=checked[:6], street=street, community=community)


def check_phone(number: str) -> str:
    """Return a mainland mobile number, or a land line as area code, hyphen, number (I-06).

    A land line alone, without its area code, reaches nobody outside its city and is refused.

    Raises Refused: bad_phone.
    """
    typed = _PHONE_FILLERS.sub("", _CHINA_PREFIX.sub("", _as_typed(number)))
    if _MOBILE.fullmatch(typed):
        return typed
    if _PHONE_SIGNS.fullmatch(typed) is None:
        raise Refused("bad_phone", "电话号码应为11位手机号，或带区号的固定电话（0755-12345678）。")
    if not typed.startswith("0"):
        raise Refused(
            "bad_phone", "电话号码不正确：手机号为1开头的11位数字，固定电话须带区号（如0755）。"
        )
    return _land_line(typed)


def check_development_number(number: str, joined: date) -> str:
    """Return a member's development number, fit for the day of joining (T-20 to T-24).

    An empty number is returned as it is for those who joined before 2017.

    Raises Refused: development_number_missing, bad_development_number.
    """
    typed = _as_typed(number)
    if not typed:
        if joined.year >= _EVERY_MEMBER_HAS_A_NUMBER_FROM:
            raise Refused(
                "development_number_missing", "2017年及以后入团的团员必须填写发展团员编号。"
            )
        return typed
    if _is_shandong_number(typed, joined=joined):
        return typed
    if joined.year >= _EVERY_MEMBER_HAS_A_NUMBER_FROM:
        _check_modern_number(typed, joined=joined)
    elif len(typed) <= 4 or not typed.startswith(str(joined.year)):
        raise _bad_development_number(
            f"发展团员编号应多于4位，并以入团年份{joined.year}开头；没有编号可留空。"
        )
    return typed


def age_on(birth: date, day: date) -> int:
    """Count full years of age; who was born on 29 February grows older on 1 March (I-07)."""
    if day < birth:
        raise ValueError("nobody has an age before birth")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def mask_name(name: str) -> str:
    """Hide all of a name but the surname: 张*, 欧阳** (rules §6.3)."""
    shown = len(_surname(name)) if len(name) > 1 else 0
    return name[:shown] + _starred(name[shown:], where=lambda sign: sign not in "· ")


def mask_child_name(name: str) -> str:
    """Name a child by surname only: 张同学 (rules §6.3)."""
    return f"{_surname(name)}同学" if len(name) > 1 else "某同学"


def mask_phone(number: str) -> str:
    """Hide the middle of a telephone number: 138****8000, 0755-****8000 (rules §6.3)."""
    area, hyphen, local = number.rpartition("-")
    if hyphen and len(local) > 4:
        return f"{area}-{'*' * (len(local) - 4)}{local[-4:]}"
    return _middle_hidden(number)


def mask_resident_id(number: str) -> str:
    """Hide all of an identity number but three and four characters: 440***********1238."""
    return _middle_hidden(number)


def shown_of_resident_id(written: str) -> str:
    """Return what a partly hidden identity number shows: 18 places, * where nothing is shown.

    Other platforms hide with *, × or ●, and some with fewer signs than they hide: what stands before
    the first and after the last of them is kept at its end.

    Raises Refused: bad_shown_id.
    """
    typed = _HIDING.sub("*", _as_typed(written).upper())
    if "*" in typed and len(typed) < RESIDENT_ID_LENGTH:
        head, tail = typed[: typed.index("*")], typed[typed.rindex("*") + 1 :]
        typed = head + "*" * (RESIDENT_ID_LENGTH - len(head) - len(tail)) + tail
    if not _SHOWN_RESIDENT_ID.fullmatch(typed):
        raise Refused(
            "bad_shown_id", "证件号不是18位身份证号，也不是隐去中间几位的身份证号，请核对。"
        )
    return typed


def agrees_with_shown(number: str, *, shown: str) -> bool:
    """Test if a number has every sign that a partly hidden one shows, each in its place."""
    return len(number) == len(shown) and all(
        there in ("*", sign) for sign, there in zip(number, shown, strict=True)
    )


def is_open_resident_id(shown: str) -> bool:
    """Test if an identity number shows so much that it may not be kept as it is (S-45)."""
    return bool(shown) and shown.count("*") < LEAST_HIDDEN


def resident_id_as_kept(shown: str) -> str:
    """Return what is kept of an identity number: four signs at each end where it shows too much."""
    if not is_open_resident_id(shown):
        return shown
    return f"{shown[:4]}{'*' * (len(shown) - 8)}{shown[-4:]}"


def mask_address(address: str) -> str:
    """Show an address down to its community: 龙岗区横岗街道红棉社区****** (rules §6.3)."""
    for level in _ADDRESS_LEVELS:
        if found := level.match(address):
            return found.group() + "******"
    return "******"


def _as_typed(text: str) -> str:
    """Undo what an input method adds: full-width characters and spaces."""
    return _SPACES.sub("", text.translate(_HALF_WIDTH))


def _bad_resident_id(reason: str) -> Refused:
    return Refused("bad_resident_id", reason)


def _bad_development_number(reason: str) -> Refused:
    return Refused("bad_development_number", reason)


def _land_line(digits: str) -> str:
    line = phonenumbers.parse(digits, "CN")
    area_length = phonenumbers.length_of_geographical_area_code(line)
    if not phonenumbers.is_valid_number(line) or not area_length:
        raise Refused("bad_phone", "固定电话不正确：请核对区号，以及其后的7位或8位号码。")
    national = str(line.national_number)
    return f"0{national[:area_length]}-{national[area_length:]}"


def _is_shandong_number(typed: str, *, joined: date) -> bool:
    if not _SHANDONG_NUMBER.fullmatch(typed):
        return False
    return joined.year in _SHANDONG_YEARS.get(typed[:6], ())


def _check_modern_number(typed: str, *, joined: date) -> None:
    if not _DEVELOPMENT_NUMBER.fullmatch(typed):
        raise _bad_development_number("发展团员编号应为12位数字。")  # T-20, T-21, T-24
    if joined.year >= _NUMBER_TELLS_ITS_YEAR_FROM:
        if typed[:4] != str(joined.year):
            raise _bad_development_number(f"发展团员编号的前4位应为入团年份{joined.year}。")
    elif typed[:4] not in ("2017", "2018"):
        raise _bad_development_number("2017年、2018年入团的，发展团员编号应以2017或2018开头。")


def _surname(name: str) -> str:
    return name[:2] if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES else name[:1]


def _middle_hidden(number: str) -> str:
    if len(number) < 9:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def _starred(text: str, *, where: Callable[[str], bool]) -> str:
    return "".join("*" if where(sign) else sign for sign in text)
