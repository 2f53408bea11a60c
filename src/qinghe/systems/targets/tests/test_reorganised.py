"""A reorganisation in mid-year: what a merged street carried is told by its successor, what a
community that moved carries is still decided by the street that gave it."""

from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services, tasks
from qinghe.systems.targets.queries import charges
from qinghe.systems.targets.services import progress
from tests.cast import make_org, with_role
from tests.desk import sign_in
from tests.kept import kept

from . import carried
from .carried import again, carry, make_item, on, share_out, tell, told
from .test_progress import picture

pytestmark = pytest.mark.django_db
MERGED = carried.START.replace(day=9)


@kept
def scene():
    return carried.make_scene()


def merge(scene, org, into):
    access.dissolve_into(org=org, into=into, on=MERGED, at=on(9), by="the tests")


def url(name, record):
    return reverse(f"targets:{name}", args=[record.pk])


def test_what_a_merged_street_carried_is_pressed_told_and_struck_off_at_its_successor(scene):
    charge = carry(scene)
    merge(scene, scene.bantian, scene.henggang)

    tasks.supervise(at=on(10))

    assert list(charges.red_charges_of(scene.chen).values_list("charge", flat=True)) == [charge.pk]
    titles = Notice.objects.filter(person_id=scene.chen.person_id).values_list("title", flat=True)
    assert list(titles) == ["任务亮红灯：走访三十家企业"]
    done = tell(again(charge), 30, at=on(11), by=scene.chen, kind="strike", evidence=picture())
    progress.accept_progress(progress=done, at=on(11), by=scene.lin)
    assert again(charge).struck_on == on(11).date()


def test_what_four_mergers_in_a_row_passed_on_is_told_where_it_ends(
    scene, django_assert_max_num_queries
):
    charge = carry(scene)
    streets = [scene.bantian, scene.henggang]
    streets += [
        make_org(f"ST-{n}", f"第{n}街道", kind="street", level="street", parent=scene.longgang)
        for n in (3, 4, 5)
    ]
    for day, (org, into) in enumerate(pairwise(streets), start=9):
        access.dissolve_into(
            org=Org.objects.get(pk=org.pk),
            into=Org.objects.get(pk=into.pk),
            on=carried.START.replace(day=day),
            at=on(day),
            by="the tests",
        )
    last = with_role("P016", "温末", role=carried.Role.STREET_SECRETARY, org=streets[-1])
    tasks.supervise(at=on(13))

    with django_assert_max_num_queries(1):
        waiting = list(charges.red_charges_of(last).values_list("charge", flat=True))

    assert waiting == [charge.pk]
    done = tell(again(charge), 30, at=on(14), by=last, kind="strike", evidence=picture())
    assert list(charges.progress_seen_by(last)) == [done]
    assert not charges.red_charges_of(scene.chen).exists()


def test_others_do_not_tell_for_a_merged_street(scene):
    charge = carry(scene)
    merge(scene, scene.bantian, scene.henggang)

    for who in (scene.lin, scene.he):
        with pytest.raises(Refused) as refused:
            progress.tell(charge=charge, kind="progress", new=told(1), at=on(10), by=who)
        assert refused.value.code == "not_allowed"


def test_the_page_says_who_goes_on_and_offers_to_tell(client, scene, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: on(10, hour=10))
    charge = carry(scene)
    merge(scene, scene.bantian, scene.henggang)
    tasks.supervise(at=on(10))

    page = sign_in(client, scene.chen).get(url("charge", charge)).content.decode()

    assert "坂田街道（已并入横岗街道，由其填报）" in page
    assert url("progress_new", charge) in page
    assert client.get(url("progress_new", charge)).status_code == 200
    assert url("charge", charge) in client.get("/inbox/").content.decode()


def test_what_a_moved_community_tells_is_accepted_by_the_street_that_gave_it(client, scene):
    item = make_item(scene, lead=None)
    of = share_out(scene, item, {scene.henggang: 30})
    street = of[scene.henggang].share
    given_on = services.split_by_hand(
        share=street, numbers={scene.hongmian: 30}, reason="议定", at=on(2), by=scene.chen
    )
    charge = item.charges.get(org=scene.hongmian)
    orgs.move_org(org=scene.hongmian, parent=scene.bantian, on=MERGED, at=on(9), by="the tests")
    mian = carried.with_role(
        "P015", "棉朵", role=carried.Role.COMMUNITY_SECRETARY, org=scene.hongmian
    )

    asked = services.ask_adjustment(
        share=charge.share, number=20, reason="搬迁", at=on(10), by=mian
    )
    filed = tell(again(charge), 12, at=on(10), by=mian)

    sign_in(client, scene.chen)
    for page in (url("adjustment", asked), url("progress", filed), url("charge", charge)):
        assert client.get(page).status_code == 200
    assert queries.balance_of(scene.chen, given_on).gap == 0
    assert "红棉社区" in client.get(url("share", street)).content.decode()
    services.approve_adjustment(adjustment=asked, at=on(10), by=scene.chen)
    progress.accept_progress(progress=filed, at=on(10), by=scene.chen)
    assert again(charge).done == 12
