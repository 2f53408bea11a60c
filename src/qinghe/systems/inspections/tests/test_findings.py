"""What was found is put right by its owner, looked at by another, closed or sent back."""

from datetime import date

import pytest

from qinghe.kernel.files.queries import attachments_of
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import queries, services
from qinghe.systems.inspections.models import Finding
from tests.cast import NOW

from .makers import inspect, on, picture, rectify

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(point, yan):
    inspect(point, by=yan, fails=1)
    return Finding.objects.get()


def refused_code(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_finding_goes_its_way(finding, hong, yan):
    first = rectify(finding, by=hong)
    services.send_back(finding=finding, reason="照片看不清", at=on(7, 11), by=yan)
    sent_back = Finding.objects.get()
    services.rectify(
        finding=finding, words="重新拍照", evidence=picture("again.png"), at=on(7, 12), by=hong
    )
    services.pass_finding(finding=finding, at=on(7, 13), by=yan)

    finding.refresh_from_db()
    assert attachments_of(first).count() == 1
    assert (sent_back.state, sent_back.due_on, sent_back.returned) == ("open", date(2022, 7, 14), 1)
    assert (finding.state, finding.rectified_on, finding.closed_on) == (
        "closed",
        date(2022, 7, 12),
        date(2022, 7, 13),
    )
    assert [one.state for one in finding.rectifications.all()] == ["passed", "returned"]


def test_nobody_looks_at_their_own_work(cast, finding):
    rectify(finding, by=cast.chen)

    assert refused_code(lambda: services.pass_finding(finding=finding, at=NOW, by=cast.chen)) == (
        "own_work"
    )
    services.pass_finding(finding=finding, at=NOW, by=cast.lin)
    assert Finding.objects.get().state == "closed"


def test_each_does_their_part_only(cast, finding, hong, yan):
    assert refused_code(lambda: rectify(finding, by=yan)) == "not_allowed"
    assert refused_code(lambda: rectify(finding, by=cast.zhou)) == "not_allowed"
    assert refused_code(lambda: rectify(finding, by=cast.lin)) == "not_allowed"  # it is 红棉's
    rectify(finding, by=hong)
    assert refused_code(lambda: services.pass_finding(finding=finding, at=NOW, by=hong)) == (
        "not_allowed"
    )


def test_what_is_not_put_right_is_neither_closed_nor_sent_back(finding, yan):
    for call in (
        lambda: services.pass_finding(finding=finding, at=NOW, by=yan),
        lambda: services.send_back(finding=finding, reason="未整改", at=NOW, by=yan),
    ):
        assert refused_code(call) in {"wrong_state"}


def test_it_is_put_right_with_words_and_evidence(finding, hong):
    def silent():
        services.rectify(finding=finding, words=" ", evidence=picture(), at=NOW, by=hong)

    def a_program():
        services.rectify(finding=finding, words="好", evidence=picture("a.exe"), at=NOW, by=hong)

    assert refused_code(silent) == "words_needed"
    assert refused_code(a_program) == "file_type"
    assert Finding.objects.get().state == "open"


def test_a_finding_is_handed_over_with_a_reason(cast, finding):
    def hand(org, *, by=cast.chen, reason="由街道统一采购"):
        return services.hand_over(finding=finding, org=org, reason=reason, at=NOW, by=by)

    assert refused_code(lambda: hand(cast.bantian)) == "not_allowed"  # out of 陈's reach
    assert refused_code(lambda: hand(cast.hongmian)) == "same_org"
    assert refused_code(lambda: hand(cast.henggang, reason="")) == "reason_needed"
    assert hand(cast.henggang).org == cast.henggang


def test_people_read_what_is_written_about_them(cast, finding, hong, yan):
    rectify(finding, by=hong)
    services.pass_finding(finding=finding, at=NOW, by=yan)
    inspector = Person.objects.get(pk=yan.person_id)
    secretary = Person.objects.get(pk=hong.person_id)

    def titles(actor, person):
        return [line.title for line in queries.about_person(actor, person)]

    visited, checked = "巡查红棉站HG-001", "复查有志愿服务标识：立牌倒伏"
    assert titles(yan, inspector) == titles(cast.lin, inspector) == [visited, checked]
    assert titles(hong, secretary) == ["整改有志愿服务标识：立牌倒伏"]
    assert titles(cast.zhou, inspector) == []
