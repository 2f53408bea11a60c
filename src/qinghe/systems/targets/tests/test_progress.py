"""Progress: told with evidence, accepted by those above and never by its sender, struck off once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import services, tasks
from qinghe.systems.targets.models import Progress
from qinghe.systems.targets.queries import charges
from qinghe.systems.targets.services import charging, progress
from tests.kept import kept

from . import carried
from .carried import accepted, again, carry, light_of, on, tell, told

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@kept
def scene():
    return carried.make_scene()


@pytest.fixture
def charge(scene):
    return carry(scene)


def picture(mark=b"1"):
    return SimpleUploadedFile("site.png", PICTURE + mark)


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_who_leads_an_item_carries_it_and_the_keeper_accepts(scene, charge):
    assert (charge.org, charge.above) == (scene.bantian, scene.longgang)
    assert charging.enter_charges(at=on(2), by="the tests") == 0  # safe to repeat


def test_what_is_told_counts_once_it_is_accepted(scene, charge):
    filed = tell(charge, 12, at=on(10), by=scene.wen)
    before = again(charge).done

    progress.accept_progress(progress=filed, at=on(11), by=scene.lin)

    assert before is None
    assert again(charge).done == Decimal(12)
    assert light_of(charge) == ("green", 11)
    assert (
        Notice.objects.get(person_id=scene.wen.person_id).title == "进度填报已通过：走访三十家企业"
    )


def test_nobody_accepts_what_they_told_and_nobody_beside(scene):
    mine = carry(scene, place=2, lead=scene.longgang)
    filed = tell(mine, 12, at=on(10), by=scene.lin)

    def accept(by):
        return lambda: progress.accept_progress(progress=filed, at=on(10), by=by)

    assert refusal(accept(scene.lin)) == "own_progress"
    assert refusal(accept(scene.wen)) == "not_allowed"
    accept(scene.luo)()
    assert refusal(accept(scene.luo)) == "wrong_state"


def test_only_who_carries_it_tells(scene, charge):
    for other in (scene.chen, scene.lin, scene.zhou):
        assert refusal(lambda by=other: tell(charge, 3, at=on(5), by=by)) == "not_allowed"


def test_what_is_sent_back_is_mended_and_handed_in_again(scene, charge):
    filed = tell(charge, 40, at=on(10), by=scene.wen)

    progress.send_back_progress(progress=filed, reason="数不对", at=on(11), by=scene.lin)
    waits = again(charge)
    progress.tell_again(progress=filed, new=told(14, day=10), at=on(12), by=scene.wen)
    filed.refresh_from_db()

    assert (waits.asked_on.day, waits.file_by.day) == (11, 11)
    assert again(charge).asked_on is None
    assert (filed.state, filed.number, filed.decided_by) == ("submitted", Decimal(14), None)
    assert Notice.objects.filter(
        title__startswith="进度填报被退回", text="退回原因：数不对"
    ).exists()


def test_sending_back_needs_a_reason(scene, charge):
    filed = tell(charge, 40, at=on(10), by=scene.wen)

    assert (
        refusal(
            lambda: progress.send_back_progress(progress=filed, reason=" ", at=on(11), by=scene.lin)
        )
        == "reason_needed"
    )


def test_one_of_a_kind_is_under_way_at_a_time(scene, charge):
    tell(charge, 4, at=on(5), by=scene.wen)

    assert refusal(lambda: tell(charge, 5, at=on(6), by=scene.wen)) == "under_way"


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [(4, 6, "in_future"), (4, 0, "wrong_order"), (-1, 3, "wrong_number")],
)
def test_what_cannot_be_is_refused(scene, charge, number, day, code):
    new = told(number, day=day)

    assert (
        refusal(
            lambda: progress.tell(charge=charge, kind="progress", new=new, at=on(5), by=scene.wen)
        )
        == code
    )


def test_a_street_is_as_far_as_those_below_it(scene):
    item = carried.make_item(scene, place=3, lead=None)
    carries = carried.share_out(scene, item, {scene.henggang: 20, scene.bantian: 10})
    accepted(carries[scene.henggang], 8, at=on(10), by=scene.chen, to=scene.lin)
    accepted(carries[scene.bantian], 3, at=on(11), by=scene.wen, to=scene.lin)

    whole = again(carries[scene.longgang])

    assert whole.done == Decimal(11)
    assert refusal(lambda: tell(whole, 11, at=on(12), by=scene.lin)) == "shared"
    assert carries[scene.henggang].above == scene.longgang


def test_who_shares_a_number_out_is_not_waited_for_any_more(scene):
    charge = carry(scene, lead=scene.longgang, due_on=date(2022, 12, 31))
    tasks.supervise(at=on(31))
    asked = list(charges.charges_to_tell(scene.lin))

    whole = services.begin_split(item=charge.item, at=on(32), by=scene.lin)
    services.split_equally(share=whole, reason="平均", at=on(32), by=scene.lin)

    assert asked == [charge]
    assert not charges.charges_to_tell(scene.lin).exists()


def test_what_a_figure_counts_is_not_told_by_hand(scene):
    counted = carry(scene, place=4, code="FND-04")

    assert refusal(lambda: tell(counted, 3, at=on(5), by=scene.wen)) == "counted"


def test_striking_off_needs_the_number_the_evidence_and_another_who_accepts(scene, charge):
    def strike(number, evidence=None):
        return tell(charge, number, at=on(20), by=scene.wen, kind="strike", evidence=evidence)

    assert refusal(lambda: strike(30)) == "evidence_needed"
    assert refusal(lambda: strike(29, picture())) == "not_reached"
    filed = strike(30, picture())
    progress.accept_progress(progress=filed, at=on(21), by=scene.lin)

    assert again(charge).struck_on.day == 21
    assert light_of(charge) is None
    assert refusal(lambda: tell(charge, 31, at=on(22), by=scene.wen)) == "struck_off"


def test_what_was_struck_off_is_reopened_with_a_reason(scene, charge):
    filed = tell(charge, 30, at=on(20), by=scene.wen, kind="strike", evidence=picture())
    progress.accept_progress(progress=filed, at=on(20), by=scene.lin)

    assert (
        refusal(lambda: progress.reopen(charge=charge, reason="", at=on(25), by=scene.lin))
        == "reason_needed"
    )
    progress.reopen(charge=charge, reason="抽查发现重复登记", at=on(25), by=scene.lin)

    filed.refresh_from_db()
    assert (filed.state, filed.reopened_why) == ("reopened", "抽查发现重复登记")
    assert again(charge).struck_on is None
    assert light_of(charge) == ("red", 25)


def test_a_draft_is_seen_only_by_who_wrote_it_and_theirs(scene, charge):
    draft = progress.draft_progress(
        charge=charge, kind="progress", new=told(3, day=4), at=on(5), by=scene.wen
    )

    assert list(charges.progress_seen_by(scene.wen)) == [draft]
    assert not charges.progress_seen_by(scene.lin).exists()
    assert Progress.objects.get().state == "draft"


def test_what_waits_for_whom(scene, charge):
    filed = tell(charge, 3, at=on(5), by=scene.wen)

    assert list(charges.progress_to_accept(scene.lin)) == [filed]
    assert not charges.progress_to_accept(scene.wen).exists()
    progress.send_back_progress(progress=filed, reason="数不对", at=on(6), by=scene.lin)
    assert list(charges.charges_to_tell(scene.wen)) == [charge]
    assert not charges.charges_to_tell(scene.lin).exists()
    assert not charges.charges_to_tell(scene.chen).exists()


def test_others_do_not_see_what_a_street_carries(scene, charge):
    assert charges.charges_seen_by(scene.lin).get() == charge
    assert not charges.charges_seen_by(scene.chen).exists()
    assert charge.unit == "家"
