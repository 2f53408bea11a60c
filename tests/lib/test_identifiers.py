"""Identity numbers, codes and telephones. All persons and numbers of persons are invented."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.lib import identifiers
from qinghe.lib.identifiers import Division, Sex
from qinghe.lib.verdicts import Refused

STEADY = settings(derandomize=True, deadline=None, max_examples=100)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # I-01


def with_check_digit(first_17):
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return first_17 + "10X98765432"[total % 11]


def refusal_of(check, *arguments):
    with pytest.raises(Refused) as refusal:
        check(*arguments)
    assert refusal.value.reason.endswith("。")
    return refusal.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("440307200001011238", "440307200001011238"),
        (" 440307 20000101 1238 ", "440307200001011238"),
        ("４４０３０７２０００01011238", "440307200001011238"),
        (with_check_digit("44030720000101100").lower(), with_check_digit("44030720000101100")),
        (with_check_digit("81000019990101001"), with_check_digit("81000019990101001")),  # I-02
        (with_check_digit("44030719850101001"), with_check_digit("44030719850101001")),
    ],
)
def test_a_valid_resident_number_is_kept_in_one_form(typed, kept):
    assert identifiers.check_resident_id(typed) == kept


def test_a_small_x_at_the_end_is_written_large():
    ending_in_x = next(
        number
        for order in range(1000)
        if (number := with_check_digit(f"44030720000101{order:03d}")).endswith("X")
    )

    assert identifiers.check_resident_id(ending_in_x.replace("X", "ｘ")) == ending_in_x


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("440307200001011239", "校验位"),
        ("440307000101123", "15位"),
        ("44030720000101123", "18位"),
        ("4403072000010112388", "18位"),
        ("44030X200001011238", "18位"),
        ("", "18位"),
        ("٤40307200001011238", "18位"),
        (with_check_digit("44030720000231123"), "出生日期"),
        (with_check_digit("99030720000101123"), "省级"),
    ],
)
def test_a_wrong_resident_number_is_refused_with_its_reason(typed, word):
    refusal = refusal_of(identifiers.check_resident_id, typed)

    assert refusal.code == "bad_resident_id"
    assert word in refusal.reason


@STEADY
@given(st.dates(date(1930, 1, 1), date(2022, 6, 30)), st.integers(0, 999))
def test_birth_and_sex_are_read_from_the_number(birth, order):
    number = with_check_digit(f"440307{birth:%Y%m%d}{order:03d}")

    assert identifiers.birth_date_of(number) == birth
    assert identifiers.sex_of(number) is (Sex.MALE if order % 2 else Sex.FEMALE)


@STEADY
@given(st.dates(date(1930, 1, 1), date(2022, 6, 30)), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(birth, place, shift):
    number = with_check_digit(f"440307{birth:%Y%m%d}123")
    wrong = str((int(number[place]) + shift) % 10)

    refusal = refusal_of(
        identifiers.check_resident_id, number[:place] + wrong + number[place + 1 :]
    )

    assert refusal.code == "bad_resident_id"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("91440300708461136T", "91440300708461136T"),
        ("11440300mb2c45051j", "11440300MB2C45051J"),
        ("９１440300 70846113-6T", "91440300708461136T"),
    ],
)
def test_a_valid_credit_code_is_kept_in_one_form(typed, kept):
    assert identifiers.check_credit_code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("91440300708461137T", "校验位"),
        ("91440300708461136", "18位"),
        ("9144030070846113OT", "不含"),
        ("914403A0708461136T", "数字"),
        ("", "18位"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_its_reason(typed, word):
    refusal = refusal_of(identifiers.check_credit_code, typed)

    assert refusal.code == "bad_credit_code"
    assert word in refusal.reason


@pytest.mark.parametrize(
    ("code", "division"),
    [
        ("440307", Division("440307", None, None)),
        ("440307018", Division("440307", "440307018", None)),
        ("440307018002", Division("440307", "440307018", "440307018002")),
        ("４４０３０７ 018", Division("440307", "440307018", None)),
        ("440307000000", Division("440307", None, None)),
        ("440307018000", Division("440307", "440307018", None)),
    ],
)
def test_a_division_code_splits_into_district_street_and_community(code, division):
    assert identifiers.division_of(code) == division


@pytest.mark.parametrize(
    "code", ["", "4403", "44030701", "4403070180021", "990307", "440307000002", "44030A"]
)
def test_a_wrong_division_code_is_refused(code):
    assert refusal_of(identifiers.check_division_code, code).code == "bad_division_code"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "13800138000"),
        ("１３８ 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("14012345678", "14012345678"),  # the rule knows no gaps between the number blocks (I-06)
        ("0755-28920000", "0755-28920000"),
        ("(0755)28920000", "0755-28920000"),
        ("（０７５５）２８９２００００", "0755-28920000"),
        ("0660-3371234", "0660-3371234"),
        ("010 65551234", "010-65551234"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(typed, kept):
    assert identifiers.check_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("28920000", "区号"),  # a land line alone (I-06)
        ("12800138000", "手机号"),
        ("1380013800", "手机号"),
        ("138001380000", "手机号"),
        ("0755-2892000", "区号"),
        ("0999-2892", "区号"),
        ("4008001234", "手机号"),
        ("电话", "11位"),
        ("", "11位"),
    ],
)
def test_a_wrong_telephone_number_is_refused_with_its_reason(typed, word):
    refusal = refusal_of(identifiers.check_phone, typed)

    assert refusal.code == "bad_phone"
    assert word in refusal.reason


@pytest.mark.parametrize(
    ("number", "joined", "kept"),
    [
        ("202244000001", date(2022, 5, 4), "202244000001"),  # T-20
        ("２０２２ 4400 0001", date(2022, 5, 4), "202244000001"),
        ("201844000001", date(2017, 5, 4), "201844000001"),  # T-21
        ("201744000001", date(2018, 5, 4), "201744000001"),  # T-21
        ("", date(2016, 12, 31), ""),  # T-22
        ("  ", date(2016, 12, 31), ""),  # T-22
        ("20150", date(2015, 5, 4), "20150"),  # T-22
        ("2015160000000001", date(2016, 5, 4), "2015160000000001"),  # T-23
        ("2016170000000001", date(2017, 5, 4), "2016170000000001"),  # T-23
    ],
)
def test_a_development_number_fits_the_day_of_joining(number, joined, kept):
    assert identifiers.check_development_number(number, joined) == kept


@pytest.mark.parametrize(
    ("number", "joined", "code"),
    [
        ("", date(2017, 1, 1), "development_number_missing"),  # T-22
        ("202144000001", date(2022, 5, 4), "bad_development_number"),  # T-20
        ("20224400001", date(2022, 5, 4), "bad_development_number"),  # T-20
        ("20224400000A", date(2022, 5, 4), "bad_development_number"),  # T-24
        ("201944000001", date(2018, 5, 4), "bad_development_number"),  # T-21
        ("201844000001", date(2019, 5, 4), "bad_development_number"),  # T-20
        ("2015", date(2015, 5, 4), "bad_development_number"),  # T-22
        ("201400001", date(2015, 5, 4), "bad_development_number"),  # T-22
        ("2015160000000001", date(2017, 5, 4), "bad_development_number"),  # T-23
        ("2016170000000001", date(2018, 5, 4), "bad_development_number"),  # T-23
    ],
)
def test_a_development_number_that_does_not_fit_is_refused(number, joined, code):
    assert refusal_of(identifiers.check_development_number, number, joined).code == code


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1994, 7, 4), date(2022, 7, 3), 27),
        (date(1994, 7, 4), date(2022, 7, 4), 28),
        (date(1996, 2, 29), date(2023, 2, 28), 26),  # I-07
        (date(1996, 2, 29), date(2023, 3, 1), 27),  # I-07
        (date(1996, 2, 29), date(2024, 2, 29), 28),
        (date(2022, 6, 30), date(2022, 6, 30), 0),
    ],
)
def test_age_is_counted_in_full_years(birth, day, age):
    assert identifiers.age_on(birth, day) == age


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before birth"):
        identifiers.age_on(date(2022, 1, 1), date(2022, 1, 1) - timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "in_lists", "as_child"),
    [
        ("张三", "张*", "张同学"),
        ("张小明", "张**", "张同学"),
        ("欧阳明月", "欧阳**", "欧阳同学"),
        ("欧阳", "欧*", "欧同学"),
        ("张", "*", "某同学"),
        ("", "", "某同学"),
        ("阿依·买买提", "阿*·***", "阿同学"),
    ],
)
def test_names_keep_their_surname_only(name, in_lists, as_child):
    assert identifiers.mask_name(name) == in_lists
    assert identifiers.mask_child_name(name) == as_child


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800138000", "138****8000"),
        ("0755-28920000", "0755-****0000"),
        ("1380", "****"),
        ("", ""),
    ],
)
def test_telephones_hide_their_middle(number, masked):
    assert identifiers.mask_phone(number) == masked


def test_resident_numbers_hide_all_but_seven_characters():
    assert identifiers.mask_resident_id("440307200001011238") == "440***********1238"
    assert identifiers.mask_resident_id("H1234567") == "********"
