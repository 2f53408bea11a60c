from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.authority import rules

BORN = date(1999, 1, 2)


def test_a_number_is_drawn_and_always_as_long():
    assert rules.number_from(7) == "Y000000007"
    assert len(rules.number_from(10**rules.NUMBER_DIGITS - 1)) == 10


@pytest.mark.parametrize(
    ("number", "name", "birth_date", "refused"),
    [
        ("P1", "", None, False),
        ("", "新来", BORN, False),
        ("", "新来", None, True),
        ("", "", BORN, True),
    ],
)
def test_a_candidate_is_known_by_number_or_fully_named(number, name, birth_date, refused):
    named = {"number": number, "name": name, "birth_date": birth_date}

    if not refused:
        rules.check_named(**named)
        return
    with pytest.raises(Refused, match="姓名和出生日期"):
        rules.check_named(**named)
