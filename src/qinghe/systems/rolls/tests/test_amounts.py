"""Who keeps no dues reads no amount: on no page, in no workbook, by no program, by no search (§1.6)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.systems.rolls import queries, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.models import DuesPayment, DuesRate
from tests.desk import sign_in

from .makers import make_filed

pytestmark = pytest.mark.django_db
EARNED, SET, REDUCED = 8_500, "17.00", "3.21"
WHY = {"purpose": "work", "note": "核对名册", "receiver": "横岗街道团工委"}
# What an auditor is given here that no role has as shipped: the whole roll, but not the dues.
GIVEN = (
    Act.SEE, Act.DECIDE, levels.Act.SEE_SENSITIVE, levels.Act.SEE_CHILD,
    "directory.see",
)  # fmt: skip


@pytest.fixture
def paid(cast):
    """A member of the school's branch with an amount, a reduction asked for and a month paid."""
    member = make_filed(org=cast.branch)
    now, by = timezone.now(), cast.luo
    said = {"member": member, "at": now, "by": by}
    services.set_dues_rate(category="earning", pay=EARNED, month=date(2022, 1, 1), **said)
    services.propose_reduction(fen=321, reason="父亲患病，家庭困难", **said)
    months = services.Months(date(2022, 1, 1), 1, date(2022, 1, 5))
    services.record_dues(members=[member], months=months, at=now, by=by)
    return member


@pytest.fixture
def reader(cast, monkeypatch):
    given = [Grant(Role.AUDITOR, act, Reach.BELOW) for act in GIVEN]
    monkeypatch.setattr(actors, "GRANTS", [*actors.GRANTS, *given])
    return cast.auditor


def pages_about(member):
    """Return every page on which an amount of a member may stand."""
    rates = DuesRate.objects.values_list("pk", flat=True)
    payment = DuesPayment.objects.get()
    return [
        reverse("rolls:dues"),
        reverse("rolls:payments"),
        reverse("rolls:payment", args=[payment.pk]),
        reverse("rolls:member", args=[member.pk]),
        *(reverse("rolls:rate", args=[pk]) for pk in rates),
        reverse("rolls:leavings"),
        reverse("directory:person", args=[member.person_id]),
        reverse("web:search") + f"?q={member.person.number}",
        reverse("web:search") + f"?q={SET}",
        reverse("api:members"),
        reverse("api:league_file", args=[member.pk]),
        reverse("api:leavings"),
    ]


def told(client, url):
    """Return what an address answers, whatever the answer, without the words that were asked for."""
    body = client.get(url).content.decode()
    return body.replace(f'value="{SET}"', "").replace(f"“{SET}”", "")


def workbook(client, url):
    asked = client.get(url, {"export": "xlsx"})
    response = client.post(asked.url, WHY)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return str(book.get_sheet_by_index(0).to_python())


def test_who_sees_the_roll_and_keeps_no_dues_reads_no_amount(client, cast, paid, reader):
    sign_in(client, reader)
    answers = [told(client, url) for url in pages_about(paid)]
    books = [workbook(client, reverse(f"rolls:{name}")) for name in ("dues", "payments")]

    assert "柯" in answers[0]
    assert levels.HIDDEN in answers[0]
    assert all(levels.HIDDEN in book for book in books)
    for said in (*answers, *books):
        assert SET not in said
        assert REDUCED not in said
    words = queries.payments_told(reader, [DuesPayment.objects.get().pk])
    assert "元" not in str(words)


def test_who_keeps_the_dues_reads_them_in_all_these_places(client, cast, paid):
    sign_in(client, cast.luo)
    answers = [told(client, url) for url in pages_about(paid)[:6]]
    books = [workbook(client, reverse(f"rolls:{name}")) for name in ("dues", "payments")]

    assert [SET in said or REDUCED in said for said in answers] == [True] * 6
    assert [SET in book for book in books] == [True, True]
    assert SET in str(queries.payments_told(cast.luo, [DuesPayment.objects.get().pk]))


@pytest.mark.parametrize("who", ["zhou", "liang", "he", "auditor", "xu", "an", "xie", "fang"])
def test_nobody_else_reads_an_amount_as_shipped(client, cast, paid, who):
    actor = getattr(cast, who)
    sign_in(client, actor)

    assert not actors.may(actor, Act.DUES, at=cast.branch)
    for url in pages_about(paid):
        said = told(client, url)
        assert SET not in said
        assert REDUCED not in said
