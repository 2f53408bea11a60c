"""A report goes from hand to hand, and its text stands still meanwhile."""

from collections import OrderedDict

import pytest

from qinghe.analytics.figures import State as State_
from qinghe.analytics.frozen import reading
from qinghe.analytics.models import FrozenFigure
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Passage, Report
from qinghe.reports.issuing import models, queries, services
from qinghe.reports.issuing.rules import Named
from tests import guards
from tests.cast import NOW

from .makers import written

State = models.Circulation.State


def waiting(circulation, who):
    return queries.signings_waiting_for(who).filter(circulation=circulation).first()


def test_each_is_asked_in_turn_and_told_so(house):
    house.freeze()

    circulation = house.submit()
    asked = [waiting(circulation, house.luo), waiting(circulation, house.cast.lin)]
    services.agree(signing=asked[1], at=NOW, by=house.cast.lin)
    countersigning = waiting(circulation, house.luo)
    services.agree(signing=countersigning, words="数字已核", at=NOW, by=house.luo)
    signing = waiting(circulation, house.luo)
    services.agree(signing=signing, at=NOW, by=house.luo)

    circulation.refresh_from_db()
    assert asked[0] is None
    assert (asked[1].step, countersigning.step, signing.step) == ("check", "countersign", "sign")
    assert circulation.state == State.SIGNED
    assert circulation.report.state == Report.State.SIGNED
    titles = Notice.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles)[-4:] == [
        "一份工作总结请您核稿",
        "一份工作总结请您会签",
        "一份工作总结请您签发",
        "工作总结已签发，可以编号印发",
    ]


def test_who_countersigns_may_do_so_in_any_order_and_all_must(house, cast):
    house.freeze()
    several = Named(cast.lin.person_id, (cast.lin.person_id, house.luo.person_id), house.luo.person_id)  # fmt: skip
    circulation = services.submit(report=house.report, named=several, at=NOW, by=cast.lin)
    services.agree(signing=waiting(circulation, cast.lin), at=NOW, by=cast.lin)

    services.agree(signing=waiting(circulation, house.luo), at=NOW, by=house.luo)

    assert waiting(circulation, house.luo) is None
    services.agree(signing=waiting(circulation, cast.lin), at=NOW, by=cast.lin)
    assert waiting(circulation, house.luo).step == "sign"


def test_at_the_district_the_drafter_does_not_sign(house, cast):
    house.freeze()
    own = Named(house.luo.person_id, (), cast.lin.person_id)

    with pytest.raises(Refused, match="不能是拟稿人本人"):
        services.submit(report=house.report, named=own, at=NOW, by=cast.lin)

    assert Report.objects.get().state == Report.State.WRITING


def test_who_may_not_sign_is_not_named(house, cast):
    house.freeze()

    with pytest.raises(Refused, match="不能审签"):
        services.submit(
            report=house.report,
            named=Named(cast.zhou.person_id, (), house.luo.person_id),
            at=NOW,
            by=cast.lin,
        )


def test_a_street_sends_its_own_report_to_its_own_signature_or_upwards(house, cast):
    house.freeze()
    sentence = "{period}，全街道开展志愿服务{TST-01}人次。"
    report = written(cast.henggang, by=cast.chen, sentence=sentence)

    allowed = {each.person_id for each in queries.signers_for(cast.chen, report, on=NOW.date())}
    circulation = services.submit(
        report=report,
        named=Named(cast.lin.person_id, (), cast.chen.person_id),
        at=NOW,
        by=cast.chen,
    )

    assert allowed == {cast.chen.person_id, cast.lin.person_id, house.luo.person_id}
    assert circulation.state == State.GOING


def test_figures_are_frozen_before_anybody_signs(house):
    with pytest.raises(Refused, match="请先封存再送签"):
        house.submit()


def test_a_number_typed_by_hand_keeps_a_report_from_being_signed(house, cast):
    house.freeze()
    passage = house.report.passages.get(kind=Passage.Kind.OPENING, removed_at__isnull=True)
    drafting.keep_passage(
        passage=passage, heading="", text=f"{passage.text}另有500人参加。", lock=passage.lock,
        at=NOW, by=cast.lin,
    )  # fmt: skip

    with pytest.raises(Refused, match="还有1处必须改正"):
        house.submit()


def test_figures_not_fully_reported_are_owned_up_to_before_anybody_signs(house, cast, monkeypatch):
    # A changed row has the old hash: what is read of it must not be remembered.
    monkeypatch.setattr(reading, "_read", OrderedDict())
    freezing = house.freeze()
    with guards.frozen_lifted():
        row = FrozenFigure.objects.filter(
            gathering__freezing=freezing, code="TST-02", org=cast.longgang
        )
        super(type(row), row).update(state=State_.INCOMPLETE)
    sent = {"report": house.report, "named": house.named, "at": NOW, "by": cast.lin}

    with pytest.raises(Refused, match=r"TST-02.*没有送出"):
        services.submit(**sent, owned_reason=" ")
    assert Report.objects.get().state == Report.State.WRITING
    assert not models.Circulation.objects.exists()
    circulation = services.submit(**sent, owned_reason="一校停办，按已报数采用")

    assert (circulation.lacking, circulation.owned_reason) == (["TST-02"], "一校停办，按已报数采用")


def test_the_text_stands_still_while_it_is_signed(house, cast):
    house.freeze()
    house.submit()
    passage = house.report.passages.filter(removed_at__isnull=True).last()

    with pytest.raises(Refused, match="正在审签，不能修改"):
        drafting.keep_passage(
            passage=passage, heading="", text="改一改", lock=passage.lock, at=NOW, by=cast.lin
        )


def test_sent_back_with_words_it_is_written_in_again_and_goes_another_round(house, cast):
    house.freeze()
    first = house.submit()

    with pytest.raises(Refused, match="退回须写明修改意见"):
        services.send_back(signing=waiting(first, cast.lin), words=" ", at=NOW, by=cast.lin)
    services.send_back(signing=waiting(first, cast.lin), words="时长再核", at=NOW, by=cast.lin)
    back = queries.sent_back_to(cast.lin).get()
    second = house.submit()

    assert (back, second.number) == (first, 2)
    assert first.signings.get(verdict="sent_back").words == "时长再核"
    assert not queries.sent_back_to(cast.lin).exists()


def test_a_word_from_whom_it_is_not_asked_changes_nothing(house, cast):
    house.freeze()
    circulation = house.submit()
    check = waiting(circulation, cast.lin)
    sign = circulation.signings.get(step="sign")

    with pytest.raises(Refused, match="由别人签署"):
        services.agree(signing=check, at=NOW, by=house.luo)
    with pytest.raises(Refused, match="还没有轮到"):
        services.agree(signing=sign, at=NOW, by=house.luo)

    assert circulation.signings.filter(verdict="agreed").count() == 1  # the drafter's own


def test_who_sent_it_may_take_it_back_before_it_is_issued(house, cast):
    house.freeze()
    circulation = house.sign(house.submit())

    with pytest.raises(Refused, match="只有送签的人"):
        services.withdraw(circulation=circulation, at=NOW, by=house.luo)
    services.withdraw(circulation=circulation, at=NOW, by=cast.lin)

    assert Report.objects.get().state == Report.State.WRITING
    with pytest.raises(Refused, match="还没有签发"):
        services.issue(circulation=circulation, dated_on=NOW.date(), at=NOW, by=cast.lin)
