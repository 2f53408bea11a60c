"""From a published scheme to an announced ranking, and who is refused on the way."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from qinghe.kernel.access.actors import Role
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import queries, services
from qinghe.systems.assessments.models import Assessment, Mark, Objection, Ranking, Review, Scheme
from tests.cast import NOW, with_role

from . import makers
from .makers import mark_of, on, places, sheet_of

pytestmark = pytest.mark.django_db
SELF = "党建带团建"


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_publishing_gives_every_street_its_sheet_and_tells_it(cast, scheme):
    assert scheme.assessments.count() == 2
    assert Mark.objects.filter(assessment__scheme=scheme).count() == 8
    told = Notice.objects.values_list("person_id", flat=True)
    assert {cast.chen.person_id, cast.wen.person_id} <= set(told)


@pytest.mark.parametrize(
    ("audience", "names"), [("schools", ["横岗中学团委"]), ("enterprises", ["星河科技团委"])]
)
def test_who_is_assessed_follows_from_the_kind(cast, audience, names):
    made = makers.publish(cast, audience=audience)

    assert [sheet.org.name for sheet in made.assessments.all()] == names


def test_one_scheme_a_period_and_only_the_district_makes_it(cast, scheme):
    new = makers.new_scheme()

    assert refusal(lambda: services.draw_up(new=new, at=NOW, by=cast.lin)) == "already_there"
    other = makers.new_scheme(period="2022H2")
    assert refusal(lambda: services.draw_up(new=other, at=NOW, by=cast.chen)) == "not_allowed"
    month = makers.new_scheme(period="2022M07")
    assert refusal(lambda: services.draw_up(new=month, at=NOW, by=cast.lin)) == "wrong_period"


def test_what_does_not_add_up_is_not_published(cast):
    made = makers.make_scheme(cast, full=9_000)

    code = refusal(lambda: services.publish(scheme=made, at=NOW, by=cast.lin))

    assert code == "does_not_add_up"
    assert not Assessment.objects.exists()


def test_a_published_scheme_is_revised_until_somebody_began(cast, scheme):
    second = services.revise(scheme=scheme, reason="补充项目", at=NOW, by=cast.lin)
    services.publish(scheme=second, at=NOW, by=cast.lin)
    names = [item.name for item in queries.items_of(cast.lin, second)]

    makers.keep(second, cast.chen, cast.henggang)

    assert (second.version, names) == (2, ["建团", SELF, "上级表彰", "通报批评"])
    revised = lambda: services.revise(scheme=second, reason="再改", at=NOW, by=cast.lin)  # noqa: E731
    assert refusal(revised) == "has_begun"
    item = queries.items_of(cast.lin, second)[1]
    changed = services.NewItem("改名", 6_000)
    assert (
        refusal(lambda: services.change_item(item=item, new=changed, at=NOW, by=cast.lin))
        == "wrong_state"
    )


def test_a_half_filled_sheet_is_kept_and_what_lacks_is_named(cast, scheme):
    mark = mark_of(scheme, cast.henggang, SELF)
    told = services.Told(None, "还没写完")

    services.keep_mark(mark=mark, told=told, at=NOW, by=cast.chen)
    sheet = sheet_of(scheme, cast.henggang)
    code = refusal(lambda: services.submit(assessment=sheet, at=NOW, by=cast.chen))

    assert code == "not_complete"
    assert mark_of(scheme, cast.henggang, SELF).self_reason == "还没写完"


def test_nobody_fills_in_for_another(cast, scheme):
    assert refusal(lambda: makers.keep(scheme, cast.wen, cast.henggang)) == "not_allowed"
    assert refusal(lambda: makers.keep(scheme, cast.lin, cast.henggang)) == "not_allowed"
    assert refusal(lambda: makers.keep(scheme, cast.chen, cast.henggang, name="建团")) == (
        "not_self_scored"
    )


def test_late_is_marked_and_stays_marked(cast, scheme):
    makers.hand_in(cast, scheme, at=on(25))
    sheet = sheet_of(scheme, cast.henggang)

    services.send_back(assessment=sheet, reason="佐证不清", at=on(26), by=cast.lin)
    sheet.refresh_from_db()

    assert (sheet.state, sheet.is_late, sheet.first_on) == ("draft", True, date(2022, 7, 25))


def test_who_has_not_handed_in_is_reminded_once_a_day_and_noted_after_the_last(cast, scheme):
    makers.keep(scheme, cast.chen, cast.henggang)
    services.submit(assessment=sheet_of(scheme, cast.henggang), at=NOW, by=cast.chen)
    [sheet] = queries.not_handed_in(cast.lin, scheme)
    remind = lambda at: services.remind(assessment=sheet, at=at, by=cast.lin)  # noqa: E731
    missed = lambda at: services.note_missed(  # noqa: E731
        assessment=sheet, reason="没有提交", at=at, by=cast.lin
    )

    assert remind(NOW) == [cast.wen.person_id]
    assert refusal(lambda: remind(NOW)) == "already_reminded"
    assert refusal(lambda: missed(on(20))) == "too_early"
    missed(on(21))
    assert refusal(lambda: makers.keep(scheme, cast.wen, cast.bantian, at=on(22))) == "wrong_state"


def test_the_figure_marks_and_what_has_none_is_reviewed_by_hand(cast, scheme):
    makers.hand_in(cast, scheme)
    makers.take(cast, scheme, **{f"o{cast.bantian.code}": None})
    known, unknown = (mark_of(scheme, org, "建团") for org in (cast.henggang, cast.bantian))

    services.judge(mark=unknown, marks=1_000, reason="查台账", at=NOW, by=cast.lin)

    assert (known.figure, known.final) == (200, 2_000)
    assert (unknown.final, mark_of(scheme, cast.bantian, "建团").final) == (None, 1_000)
    judged = lambda: services.judge(mark=known, marks=1, reason="改", at=NOW, by=cast.lin)  # noqa: E731
    assert refusal(judged) == "wrong_state"


def test_no_reviewer_is_of_the_organisation(cast, scheme):
    makers.hand_in(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)
    ren = with_role("P040", "任禾", role=Role.SUPERVISOR, org=cast.henggang)

    judged = lambda by: services.judge(mark=mark, marks=5_000, reason="", at=NOW, by=by)  # noqa: E731

    assert refusal(lambda: judged(ren)) == "own_org"
    assert refusal(lambda: judged(cast.chen)) == "not_allowed"
    assert refusal(lambda: judged(cast.auditor)) == "not_allowed"
    assert judged(cast.xie).final == 5_000


def test_two_reviewers_make_a_mean_and_a_third_finds_no_room(cast):
    scheme = makers.publish(cast, reviewers=2)
    makers.hand_in(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)
    judged = lambda marks, by: services.judge(  # noqa: E731
        mark=mark, marks=marks, reason="核实", at=NOW, by=by
    )

    assert judged(5_000, cast.lin).final is None
    assert judged(5_501, cast.heng).final == 5_251
    assert judged(5_001, cast.lin).final == 5_251
    assert refusal(lambda: judged(5_000, cast.xie)) == "enough_reviewers"


def test_two_reviewers_agree_or_nothing_is_settled(cast):
    scheme = makers.publish(cast, reviewers=2, combine="agreed")
    makers.hand_in(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)
    judged = lambda marks, by: services.judge(  # noqa: E731
        mark=mark, marks=marks, reason="核实", at=NOW, by=by
    )

    judged(5_000, cast.lin)

    assert judged(4_900, cast.heng).final is None
    assert judged(5_000, cast.heng).final == 5_000


def test_other_marks_than_their_own_need_a_reason(cast, scheme):
    makers.hand_in(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)

    call = lambda: services.judge(mark=mark, marks=4_000, reason=" ", at=NOW, by=cast.lin)  # noqa: E731

    assert refusal(call) == "reason_needed"
    assert not Review.objects.exists()


def test_results_wait_for_every_mark(cast, scheme):
    show = lambda: services.show_results(scheme=scheme, at=NOW, by=cast.lin)  # noqa: E731

    codes = [refusal(show)]
    makers.hand_in(cast, scheme)
    codes.append(refusal(show))
    makers.take(cast, scheme)
    codes.append(refusal(show))
    makers.accept_all(cast, scheme)

    assert codes == ["not_reviewed"] * 3
    assert show().object_by == date(2022, 7, 8)  # the fifth working day after a Sunday


def test_marks_are_hidden_from_whom_they_are_about_until_they_are_shown(cast, scheme):
    makers.hand_in(cast, scheme)
    sheet = sheet_of(scheme, cast.henggang)

    before = [queries.may_see_marks(who, sheet) for who in (cast.chen, cast.auditor, cast.xie)]
    sheet.scheme.state = Scheme.State.SHOWN

    assert before == [False, False, True]
    assert queries.may_see_marks(cast.chen, sheet)
    assert not queries.assessments_seen_by(cast.wen).filter(pk=sheet.pk).exists()


def test_an_objection_is_answered_by_another_and_the_total_follows(cast):
    scheme = makers.shown(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    made = services.object_to(mark=mark, reason="漏计一项", at=on(5), by=cast.chen)
    told = {"objection": made, "marks": 5_400, "answer": "属实", "at": on(6)}

    own = refusal(lambda: services.uphold(by=cast.lin, **told))
    inboxes = [queries.to_answer(who).count() for who in (cast.lin, cast.heng, cast.chen)]
    services.uphold(by=cast.heng, **told)

    assert (own, inboxes) == ("own_work", [0, 1, 0])
    assert sheet_of(scheme, cast.henggang).total == 7_400
    again = lambda: services.object_to(mark=mark, reason="再提", at=on(6), by=cast.chen)  # noqa: E731
    assert refusal(again) == "already_objected"


def test_objections_have_their_days_and_hold_the_ranking_up(cast):
    scheme = makers.shown(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    late = lambda: services.object_to(mark=mark, reason="漏计", at=on(9), by=cast.chen)  # noqa: E731
    fix = lambda at: services.fix_ranking(scheme=scheme, at=at, by=cast.lin)  # noqa: E731

    codes = [refusal(late), refusal(lambda: fix(on(8)))]
    made = services.object_to(mark=mark, reason="漏计", at=on(8), by=cast.chen)
    codes.append(refusal(lambda: fix(on(12))))
    services.reject(objection=made, answer="已计入", at=on(12), by=cast.heng)
    fix(on(12))

    assert codes == ["too_late", "too_early", "too_early"]


def test_the_ranking_is_dense_and_its_ties_are_stated(cast):
    scheme = makers.fixed(cast, marks=(5_000, 5_000))
    newest = scheme.rankings.get()

    assert places(cast, scheme) == [(1, "坂田街道", 7_000), (1, "横岗街道", 7_000)]
    assert all(place.tied for place in queries.places_of(cast.lin, newest))
    assert queries.is_whole(cast.lin, newest)
    assert queries.agrees(cast.lin, newest)


def test_announced_all_who_were_assessed_read_it_and_no_more(cast):
    scheme = makers.fixed(cast)
    before = queries.rankings_seen_by(cast.chen, scheme).count()

    scheme = services.announce(scheme=scheme, at=on(21), by=cast.lin)

    assert before == 0
    assert queries.rankings_seen_by(cast.chen, scheme).count() == 1
    assert [point.hundredths for point in queries.points_of(cast.chen, scheme)] == [7_000, 7_000]


def test_what_organisations_came_to_is_told_once_it_is_announced(cast):
    scheme = makers.fixed(cast)
    before = queries.earned(cast.lin, 2022)

    services.announce(scheme=scheme, at=on(21), by=cast.lin)

    assert before == queries.earned(cast.lin, 2021) == []
    told = {one.org: one.part for one in queries.earned(cast.lin, 2022)}
    assert told == {cast.henggang.code: Decimal("0.7"), cast.bantian.code: Decimal("0.7")}


def test_a_correction_is_a_new_version_that_is_announced_again(cast):
    """Bar 19."""
    scheme = makers.announced(cast)
    mark = mark_of(scheme, cast.henggang, SELF)

    services.correct(mark=mark, marks=5_100, reason="复查", at=on(25), by=cast.lin)
    scheme.refresh_from_db()
    still = queries.rankings_seen_by(cast.chen, scheme).get().number
    second, first = scheme.rankings.order_by("-number")
    services.announce(scheme=scheme, at=on(26), by=cast.lin)
    scheme.refresh_from_db()

    assert still == 1
    assert first.sha256 in second.inputs
    assert queries.is_whole(cast.lin, first)
    assert places(cast, scheme) == [(1, "横岗街道", 7_100), (2, "坂田街道", 7_000)]
    assert queries.rankings_seen_by(cast.chen, scheme).get().number == 2


def test_a_mark_changed_past_the_services_is_found_out(cast):
    scheme = makers.fixed(cast)
    Mark.objects.filter(assessment__scheme=scheme, item__name=SELF).update(final=6_000)

    newest = scheme.rankings.get()

    assert queries.is_whole(cast.lin, newest)
    assert not queries.agrees(cast.lin, newest)


def test_the_database_keeps_rankings_as_they_are(cast):
    makers.fixed(cast)

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Ranking.objects.update(outcome="[]")
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Ranking.objects.all().delete()
    assert Ranking.objects.count() == 1


def test_whoever_objects_may_take_it_back_and_object_again(cast):
    scheme = makers.shown(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    for _ in range(2):
        made = services.object_to(mark=mark, reason="漏计", at=on(5), by=cast.chen)
        services.withdraw(objection=made, at=on(5), by=cast.chen)

    assert Objection.objects.filter(state="withdrawn").count() == 2
