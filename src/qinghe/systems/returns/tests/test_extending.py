"""A closing day is put off, never brought forward, and those who still must report hear of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import services

from .desk import ask, sign_in, text, url
from .makers import FILLED, TOO_LATE, at, filing_of, keep, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = date(2022, 7, 20)


def extend(round, by, *, closes_on=LATER, reason="暑期活动集中", at=FILLED):
    return services.extend_round(round=round, closes_on=closes_on, reason=reason, at=at, by=by)


def test_a_later_day_is_kept_with_its_reason_and_told(round, hong, cast):
    assert extend(round, cast.lin).closes_on == LATER

    entry = Entry.objects.get(verb="returns.extend_round")
    notice = Notice.objects.get(person_id=hong.person_id)
    assert entry.detail["reason"] == "暑期活动集中"
    assert "2022-07-20" in notice.title


def test_who_has_reported_is_not_told(filing, round, hong, cast):
    keep(filing, hong, LOC_01=3)
    send(filing, hong)

    extend(round, cast.lin)

    assert not Notice.objects.filter(person_id=hong.person_id, title__contains="延至").exists()


def test_what_was_sent_late_stays_marked_and_the_next_is_in_time(filing, round, hong, cast):
    keep(filing, hong, at=TOO_LATE, reason="停电", LOC_01=3)
    send(filing, hong, at=TOO_LATE, late_reason="停电")

    extend(round, cast.lin, at=at(7, 12))

    other = filing_of(round, cast.huale)
    filing.refresh_from_db()
    assert filing.late
    assert other.round.closes_on == LATER


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"closes_on": date(2022, 7, 9)}, "not_later"),
        ({"closes_on": date(2022, 7, 10)}, "not_later"),
        ({"at": at(7, 30)}, "bad_days"),
        ({"reason": " "}, "reason_needed"),
    ],
)
def test_what_gives_nobody_more_time_is_refused(round, cast, said, code):
    before = round.closes_on

    with pytest.raises(Refused) as refused:
        extend(round, cast.lin, **said)

    round.refresh_from_db()
    assert refused.value.code == code
    assert round.closes_on == before


def test_a_street_cannot_put_it_off(round, cast):
    with pytest.raises(Refused, match="没有"):
        extend(round, cast.chen)


def test_the_page_puts_it_off(client, form, cast):
    opened = ask(form, cast.lin)
    later = timezone.localdate() + timedelta(days=9)
    district = sign_in(client, cast.lin)
    said = {"closes_on": later.isoformat(), "reason": "暑期活动集中"}

    assert "延长截止日" in text(district.get(url("form", form.pk)))
    answer = district.post(url("round_extend", opened.pk), said, follow=True)

    opened.refresh_from_db()
    assert opened.closes_on == later
    assert f"截止日已延至{later.isoformat()}" in text(answer)


def test_the_page_keeps_what_was_typed_when_it_is_refused(client, form, cast):
    opened = ask(form, cast.lin)
    said = {"closes_on": opened.opens_on.isoformat(), "reason": "暑期活动集中"}

    answer = sign_in(client, cast.lin).post(url("round_extend", opened.pk), said)

    assert answer.status_code == 422
    assert "只能往后延" in text(answer)
    assert "暑期活动集中" in text(answer)


def test_the_page_is_closed_to_a_street_and_unknown_elsewhere(client, form, cast):
    opened = ask(form, cast.lin)
    street = sign_in(client, cast.chen)

    assert street.get(url("round_extend", opened.pk)).status_code == 403
    assert street.get(url("round_extend", 999_999)).status_code == 404


def test_the_form_tells_who_opened_a_round_and_who_put_off_its_end(client, round, cast):
    extend(round, cast.lin)

    page = text(sign_in(client, cast.lin).get(url("form", round.form_id)))

    record = page.partition("办理记录")[2]
    assert record.index("延长截止日") < record.index("开放报送")
    assert "截止日：2022-07-20" in record
    assert "事由：暑期活动集中" in record
