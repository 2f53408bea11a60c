"""Lists of other platforms: loaded, matched, agreed to by another, changed, taken back (V-33)."""

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, models, queries, services
from tests.cast import actor

from .carried_makers import (
    COLUMNS,
    DECIDED,
    HEADINGS,
    LOADED,
    MING_ID,
    agree,
    book,
    check,
    hours_of,
    line,
    load,
    make_source,
    states,
    with_id,
)
from .makers import at, build_facts, make_session, make_volunteer, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(cast):
    return make_source(cast.lin, cast.longgang)


@pytest.fixture
def known(ming):
    """小明 with his identity number on the books."""
    with_id(ming.person)
    return ming


def refused(call, **told):
    with pytest.raises(Refused) as refusal:
        call(**told)
    return refusal.value.code


def test_a_list_shows_what_each_row_comes_to_before_anything_is_loaded(cast, source, known):
    twin = Person.objects.create(number="P777", name="何双")
    other = Person.objects.create(number="P778", name="何双")
    for number, person in (("ZY77", twin), ("ZY78", other)):
        make_volunteer(number, person=person, org=cast.hongmian)

    found = check(
        source,
        line(),
        line("何双", number="SZ2"),
        line("无此人", number="SZ3"),
        line(day="2099-01-01"),
        line(said="很久"),
        line(),
        org=cast.henggang,
        by=cast.chen,
    )

    assert states(found) == ["matched", "several", "nobody", "doubtful", "doubtful", "doubtful"]
    assert found.state == "checked"
    assert found.file.sha256 == found.sha256
    first = found.rows.get(line=2)
    assert (first.volunteer, first.how, first.minutes) == (known, "shown_id", 150)
    assert first.cells["minutes"] == "2.5"
    assert not models.CarriedHours.objects.exists()
    assert "读不懂" in found.rows.get(line=6).words
    assert not queries.carried_waiting_for(cast.lin).exists()


def test_a_full_identity_number_finds_its_person_and_is_kept_nowhere(cast, source, known):
    found = check(source, line(shown=MING_ID), org=cast.henggang, by=cast.chen)

    row = found.rows.get()
    assert (row.volunteer, row.shown, found.file) == (known, "4403**********1232", None)
    assert MING_ID not in str(row.cells)


def test_nobody_is_found_outside_the_lists_organisation(cast, source, known):
    found = check(source, line(), org=cast.bantian, by=cast.lin)

    assert states(found) == ["nobody"]


def test_rows_count_apart_once_another_has_agreed(cast, source, known):
    found = load(source, line(), line(day="2022-04-09"), org=cast.henggang, by=cast.chen)
    assert hours_of(known) == []

    assert agree(found, cast.lin) == 2

    assert hours_of(known) == [150, 150]
    assert states(found) == ["agreed", "agreed"]
    assert not models.Attendance.objects.exists()
    assert Notice.objects.filter(person=known.person, title__contains="其他平台").count() == 1
    candidates = queries.carried_until(
        cast.lin, models.Volunteer.objects.all(), at(9, day=22).date()
    )
    assert candidates == {known.pk: 300}
    assert refused(agree, found=found, by=cast.lin) == "nothing_waits"


def test_who_loaded_a_list_never_agrees_to_it(cast, source, known):
    found = load(source, line(), org=cast.henggang, by=cast.chen)

    assert refused(agree, found=found, by=cast.chen) == "own_request"
    assert refused(agree, found=found, by=cast.zhou) == "not_allowed"
    assert not queries.carried_waiting_for(cast.chen).exists()
    assert queries.carried_waiting_for(cast.lin).get() == found


def test_who_chose_a_person_does_not_agree_to_that_row(cast, source, ming):
    found = load(source, line(), org=cast.henggang, by=cast.chen)
    row = found.rows.get()
    assert row.state == "several"  # a number is not on the books: the last digits tell too little
    services.choose_person(row=row, volunteer=ming, at=DECIDED, by=cast.lin)

    assert refused(agree, found=found, by=cast.lin) == "nothing_waits"
    assert not queries.carried_waiting_for(cast.lin).exists()


def test_nobody_agrees_to_their_own_hours_nor_takes_a_row_for_themselves(cast, source):
    lin = Person.objects.get(pk=cast.lin.person_id)
    own = make_volunteer("ZY90", person=lin, org=cast.henggang)
    with_id(lin)
    found = load(source, line(lin.name), org=cast.henggang, by=cast.chen)
    assert states(found) == ["matched"]

    assert refused(agree, found=found, by=cast.lin) == "nothing_waits"
    row = found.rows.get()
    assert (
        refused(services.choose_person, row=row, volunteer=own, at=DECIDED, by=cast.lin)
        == "own_hours"
    )


def test_a_number_once_agreed_to_is_remembered(cast, source, ming):
    first = load(source, line(), org=cast.henggang, by=cast.chen)
    services.choose_person(row=first.rows.get(), volunteer=ming, at=LOADED, by=cast.chen)
    agree(first, cast.lin)

    later = load(source, line(shown="", day="2022-04-30"), org=cast.henggang, by=cast.chen)

    assert (later.rows.get().volunteer, later.rows.get().how) == (ming, "remembered")


def test_the_same_file_twice_gives_nothing_new(cast, source, known):
    load(source, line(), org=cast.henggang, by=cast.chen)

    with pytest.raises(Refused, match="没有重复导入") as refusal:
        check(source, line(), org=cast.henggang, by=cast.lin)

    assert refusal.value.code == "already_loaded"
    assert models.CarriedRow.objects.count() == 1


def test_a_later_file_knows_its_rows_again_and_lists_what_changed(cast, source, known):
    first = load(source, line(), line(day="2022-04-09"), org=cast.henggang, by=cast.chen)
    agree(first, cast.lin)

    later = load(
        source,
        line(),
        line(day="2022-04-09", said="1"),
        line(day="2022-04-16"),
        org=cast.henggang,
        by=cast.chen,
    )

    assert states(later) == ["known", "matched", "matched"]
    changed = later.rows.get(line=3)
    assert changed.earlier == first.rows.get(line=3)
    assert "以前导入的是150分钟" in changed.words
    agree(later, cast.lin)
    assert hours_of(known) == [60, 150, 150]
    assert states(first) == ["agreed", "replaced"]
    ended = models.CarriedHours.objects.get(ended_at__isnull=False)
    assert (ended.minutes, ended.end_reason) == (150, "后来的清单有更正")


def test_what_still_waited_gives_way_to_a_later_file(cast, source, known):
    first = load(source, line(), org=cast.henggang, by=cast.chen)

    later = load(source, line(said="1"), org=cast.henggang, by=cast.chen)

    assert (states(first), states(later)) == (["replaced"], ["matched"])


def test_two_organisations_with_the_same_row_count_it_once(cast, source, known):
    wide = check(source, line(), line(day="2022-04-09"), org=cast.longgang, by=cast.lin)
    street = check(source, line(), org=cast.henggang, by=cast.chen)
    services.confirm_list(found=wide, at=LOADED, by=cast.lin)
    services.confirm_list(found=street, at=LOADED, by=cast.chen)

    assert states(street) == ["known"]


def test_whose_person_one_street_did_not_know_another_may(cast, source, hua):
    with_id(hua.person)
    load(source, line("华小稻"), org=cast.henggang, by=cast.chen)

    there = load(source, line("华小稻"), org=cast.bantian, by=cast.lin)

    assert states(there) == ["matched"]


def test_rows_of_nobody_are_matched_later(cast, source):
    found = load(source, line("新来的"), org=cast.henggang, by=cast.chen)
    person = Person.objects.create(number="P800", name="新来的")
    late = make_volunteer("ZY80", person=person, org=cast.hongmian)
    with_id(person)

    assert services.rematch_list(found=found, at=DECIDED, by=cast.chen) == 1

    assert found.rows.get().volunteer == late


def test_rows_are_turned_down_with_a_reason_and_may_come_again_with_a_word(cast, source, known):
    found = load(source, line(), line(day="2022-04-09"), org=cast.henggang, by=cast.chen)
    row = found.rows.get(line=2)

    assert refused(services.refuse_rows, rows=[row], reason=" ", at=DECIDED, by=cast.lin) == (
        "reason_needed"
    )
    assert refused(services.refuse_rows, rows=[row], reason="不符", at=DECIDED, by=cast.chen) == (
        "own_request"
    )
    services.refuse_rows(rows=[row], reason="活动没有举行", at=DECIDED, by=cast.lin)

    assert states(found) == ["refused", "matched"]
    again = check(source, line(), line(day="2022-05-01"), org=cast.henggang, by=cast.chen)
    assert states(again)[0] == "matched"
    assert "以前没有通过" in again.rows.get(line=2).words


def test_what_counted_is_taken_back_with_a_reason(cast, source, known):
    found = load(source, line(), org=cast.henggang, by=cast.chen)
    agree(found, cast.lin)

    services.revoke_row(row=found.rows.get(), reason="平台已注销", at=DECIDED, by=cast.lin)

    assert (states(found), hours_of(known)) == (["revoked"], [])
    row = found.rows.get()
    assert refused(services.revoke_row, row=row, reason="再次", at=DECIDED, by=cast.lin) == (
        "wrong_state"
    )


def test_what_should_be_looked_at_stands_beside_the_row(cast, source, known):
    session = make_session("CC9", org=cast.hongmian)
    serve(known, session=session, came=at(9), left=at(12), by=cast.lin)

    found = check(
        source,
        line(day="2022-05-04"),
        line(day="2022-04-09", said="13"),
        org=cast.henggang,
        by=cast.chen,
    )

    words = [row.words for row in found.rows.all()]
    assert "当天在本平台有服务记录" in words[0]
    assert "超过12小时" in words[1]


def test_a_list_that_was_only_looked_at_can_be_thrown_away_by_who_sent_it(cast, source, known):
    found = check(source, line(), org=cast.henggang, by=cast.chen)

    assert refused(services.confirm_list, found=found, at=LOADED, by=cast.lin) == "not_your_list"
    services.discard_list(found=found, at=LOADED, by=cast.chen)

    assert not models.CarriedRow.objects.exists()


def test_a_platform_has_one_name_and_its_columns_have_versions(cast, source, known):
    assert (
        refused(services.name_source, name="志愿 深圳", org=cast.henggang, at=LOADED, by=cast.chen)
        == "named_already"
    )
    new = services.NewColumns(columns=COLUMNS, unit="minutes", headings=HEADINGS)
    assert refused(services.keep_columns, source=source, new=new, at=LOADED, by=cast.chen) == (
        "not_allowed"
    )
    before = load(source, line(), org=cast.henggang, by=cast.chen)

    services.keep_columns(source=source, new=new, at=LOADED, by=cast.lin)

    after = check(source, line(said="90"), org=cast.henggang, by=cast.chen)
    assert (before.columns.version, after.columns.version) == (1, 2)
    assert after.rows.get().minutes == 90


def test_a_file_without_a_mapped_column_is_refused_by_name(cast, source):
    with pytest.raises(Refused, match="缺少列：服务日期") as refusal:
        forms.read_carried(
            book(("小明", "1"), headings=("姓名", "服务时长")),
            columns={"name": "姓名", "day": "服务日期", "minutes": "服务时长"},
            unit="hours",
        )
    assert refusal.value.code == "missing_column"


def test_hours_are_disputed_and_answered_by_taking_them_back(cast, source, known):
    found = load(source, line(), org=cast.henggang, by=cast.chen)
    agree(found, cast.lin)
    mine = actor(known.person)
    hours = queries.own_carried(mine).get()
    new = services.NewDispute(known, cast.henggang, hours.served_until, "这天没有去", carried=hours)
    dispute = services.dispute_hours(new=new, at=DECIDED, by=mine)
    assert refused(services.dispute_hours, new=new, at=DECIDED, by=mine) == "disputed_already"
    answer = {"dispute": dispute, "verdict": "corrected", "answer": "已撤销", "by": cast.lin}
    assert refused(services.answer_dispute, **answer, at=DECIDED) == "not_corrected"

    services.revoke_row(row=found.rows.get(), reason="本人未参加", at=DECIDED, by=cast.lin)
    services.answer_dispute(**answer, at=DECIDED)

    assert (dispute.kind, hours_of(known)) == ("carried", [])


def test_the_figures_count_hours_in_force_and_rows_of_nobody_apart(cast, source, known):
    found = load(source, line(), line("无此人", number="SZ3"), org=cast.henggang, by=cast.chen)
    agree(found, cast.lin)

    facts = build_facts()

    assert facts.ask("SELECT org_id, minutes FROM volunteering_carried") == [(known.org_id, 150)]
    assert facts.ask("SELECT org_id FROM volunteering_carried_unowned") == [(cast.henggang.pk,)]
    assert facts.ask("SELECT count(*) FROM volunteering_service") == [(0,)]
