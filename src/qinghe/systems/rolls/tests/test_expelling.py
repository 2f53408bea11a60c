"""Expulsion: heard first, carried by the meeting, decided above, appealed above that."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files import services as files
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, LeftAs, Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import facts, queries, rules, services
from qinghe.systems.rolls.models import Expulsion
from tests.cast import CLERK, NOW, TODAY, actor, make_org
from tests.desk import sign_in

from .makers import RESOLVED, make_filed, memberships_of, propose

pytestmark = pytest.mark.django_db
BALLOT = rules.Ballot(entitled=10, present=9, agreed=8, opposed=1, abstained=0)
NEW = services.NewExpulsion(
    conduct="查证属实的违纪事实",
    hearing=Expulsion.Hearing.PRESENT,
    heard_on=date(2022, 6, 18),
    resolved_on=RESOLVED,
    ballot=BALLOT,
    statement="本人到会说明了经过",
)


def refused(do):
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


def put_forward(member, *, by, new=NEW):
    return services.propose_expulsion(member=member, new=new, at=NOW, by=by)


def prove(found, *, by):
    paper = SimpleUploadedFile("决议.pdf", b"%PDF-1.4 the resolution", "application/pdf")
    files.attach(subject=found, upload=paper, at=NOW, by=by)
    return found


def expelled(cast):
    found = prove(put_forward(make_filed(org=cast.branch), by=cast.luo), by=cast.luo)
    return services.approve_expulsion(expulsion=found, on=TODAY, at=NOW, by=cast.tang)


def appealed(cast):
    found = expelled(cast)
    return services.appeal_expulsion(
        expulsion=found, words="事实认定有出入", at=NOW, by=actor(found.person)
    )


def test_who_is_expelled_is_off_the_roll_out_of_posts_and_told(cast):
    member = make_filed(org=cast.branch)
    post = people.NewPost("团支部副书记", "part_time", date(2021, 9, 1))
    people.appoint(person=member.person, org=cast.branch, new=post, at=NOW, by=CLERK)
    found = prove(put_forward(member, by=cast.luo), by=cast.luo)

    services.approve_expulsion(expulsion=found, on=TODAY, at=NOW, by=cast.tang)

    file = LeagueFile.objects.get(person=member.person)
    assert (file.left_on, file.left_as) == (TODAY, LeftAs.EXPELLED)
    assert memberships_of("K001")[0].ends_on == TODAY
    assert Post.objects.get(person=member.person).ends_on == TODAY
    titles = Notice.objects.filter(person=member.person).values_list("title", flat=True)
    assert titles
    assert not any("开除" in title for title in titles)  # a title may leave by e-mail
    details = str(list(Entry.objects.values_list("detail", flat=True)))
    assert NEW.conduct not in details
    assert "expelled" not in details


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"conduct": "差"}, "reason_needed"),
        ({"statement": ""}, "not_heard"),
        ({"heard_on": date(2022, 6, 21)}, "wrong_order"),
        ({"resolved_on": date(2022, 7, 4)}, "in_future"),
        ({"ballot": replace(BALLOT, opposed=2)}, "wrong_votes"),
        ({"ballot": replace(BALLOT, present=5, agreed=5, opposed=0)}, "no_quorum"),
        ({"ballot": replace(BALLOT, agreed=5, opposed=4)}, "not_carried"),
    ],
)
def test_proposals_refused(cast, changed, code):
    member = make_filed(org=cast.branch)

    assert refused(lambda: put_forward(member, by=cast.luo, new=replace(NEW, **changed))) == code


def test_nobody_resigns_out_of_it_and_it_is_decided_by_other_hands_with_the_paper(cast):
    member = make_filed(org=cast.branch)
    found = put_forward(member, by=cast.tang)

    assert refused(lambda: propose(member, by=cast.luo)) == "already_leaving"
    approve = {"expulsion": found, "on": TODAY, "at": NOW}
    assert refused(lambda: services.approve_expulsion(**approve, by=cast.luo)) == "not_allowed"
    assert refused(lambda: services.approve_expulsion(**approve, by=cast.tang)) == "same_eyes"
    assert refused(lambda: services.approve_expulsion(**approve, by=cast.chen)) == "evidence_needed"
    assert refused(lambda: put_forward(make_filed(org=cast.branch, number="K9"), by=cast.zhou)) == (
        "not_allowed"
    )


def test_what_is_refused_or_withdrawn_leaves_the_member_on_the_roll(cast):
    member = make_filed(org=cast.branch)
    first = put_forward(member, by=cast.luo)
    services.refuse_expulsion(expulsion=first, reason="事实还要再查", at=NOW, by=cast.tang)
    second = put_forward(member, by=cast.luo)

    services.withdraw_expulsion(expulsion=second, reason="补充查证后再报", at=NOW, by=cast.luo)

    assert memberships_of("K001")[0].ends_on is None
    again = {"expulsion": second, "reason": "再来一次", "at": NOW}
    assert refused(lambda: services.withdraw_expulsion(**again, by=cast.luo)) == "wrong_state"


def test_an_appeal_goes_above_to_third_hands_and_the_decision_stands_meanwhile(cast):
    found = appealed(cast)
    says = {"expulsion": found, "reason": "复议认为事实清楚", "at": NOW}

    assert memberships_of("K001")[0].ends_on == TODAY
    assert facts.EXPELLED.records().count() == 1
    assert refused(lambda: services.uphold_expulsion(**says, by=cast.tang)) == "not_allowed"
    assert [one.pk for one in queries.expulsions_waiting_for(cast.lin)] == [found.pk]
    done = services.uphold_expulsion(**says, by=cast.lin)
    assert done.state == Expulsion.State.UPHELD
    with pytest.raises(IntegrityError), transaction.atomic():
        Expulsion.objects.filter(pk=found.pk).update(appeal_decided_by=cast.tang.person_id)


def test_after_mergers_an_appeal_still_goes_above_whoever_decided(cast):
    last = make_org("440307017101903", "末支部", kind="branch", level="unit", parent=cast.school)
    again = make_org("440307017101904", "再并支部", kind="branch", level="unit", parent=cast.school)
    found = expelled(cast)
    orgs.merge_org(org=cast.branch, into=again, on=TODAY, at=NOW, by=CLERK)
    orgs.merge_org(org=again, into=last, on=TODAY, at=NOW, by=CLERK)
    found = services.appeal_expulsion(
        expulsion=Expulsion.objects.get(pk=found.pk),
        words="事实认定有出入",
        at=NOW,
        by=actor(found.person),
    )

    assert not queries.expulsions_waiting_for(cast.tang).exists()
    assert found.appeals_to == cast.school.parent
    assert [one.pk for one in queries.expulsions_waiting_for(cast.lin)] == [found.pk]
    services.annul_expulsion(expulsion=found, reason="处分过重，撤销", at=NOW, by=cast.lin)
    assert memberships_of("K001")[1].org == last


def test_what_is_annulled_gives_the_place_back_and_rewrites_nothing(cast):
    found = appealed(cast)

    services.annul_expulsion(expulsion=found, reason="处分过重，撤销", at=NOW, by=cast.lin)

    file = LeagueFile.objects.get(person=found.person)
    assert (file.left_on, file.left_as) == (None, "")
    places = [(one.org_id, one.ends_on) for one in memberships_of("K001")]
    assert places == [(cast.branch.pk, TODAY), (cast.branch.pk, None)]
    assert facts.EXPELLED.records().count() == 0


def test_only_who_needs_it_sees_it(cast, client):
    found = expelled(cast)
    file = LeagueFile.objects.get(person=found.person)
    member = memberships_of("K001")[0]

    assert not queries.expulsions_seen_by(cast.zhou).exists()
    assert not queries.expulsions_seen_by(actor(found.person)).exists()
    assert queries.own_expulsions(actor(found.person)).get() == found
    assert queries.way_out(cast.luo, file, at=cast.branch) == "开除团籍"
    assert queries.way_out(cast.zhou, file, at=cast.branch) == queries.WITHHELD
    sign_in(client, cast.luo)
    assert "查证属实的违纪事实" in client.get(f"/rolls/expulsions/{found.pk}/").content.decode()
    assert "已开除" in client.get("/rolls/expulsions/").content.decode()
    assert client.get(f"/rolls/members/{member.pk}/").status_code == 200
    sign_in(client, cast.zhou)
    assert client.get(f"/rolls/expulsions/{found.pk}/").status_code == 404


def test_the_way_through_the_pages(cast, client):
    member = make_filed(org=cast.branch)
    told = {
        "conduct": NEW.conduct, "hearing": "waived", "heard_on": "2022-06-18", "statement": "",
        "resolved_on": "2022-06-20", "entitled": 10, "present": 9, "agreed": 8, "opposed": 1,
    }  # fmt: skip
    sign_in(client, cast.luo)
    page = f"/rolls/members/{member.pk}/expulsion/"
    assert client.post(page, told).status_code == 422
    assert client.post(page, {**told, "abstained": 0}).status_code == 302
    found = prove(Expulsion.objects.get(), by=cast.luo)
    url = f"/rolls/expulsions/{found.pk}/"
    assert client.get(f"{url}approve/").status_code == 403
    sign_in(client, cast.tang)
    assert client.post(f"{url}approve/", {"on": "2022-07-02"}).status_code == 302
    sign_in(client, actor(found.person))
    assert "申诉" in client.get("/rolls/mine/").content.decode()
    assert client.get(url).status_code in (403, 404)
    assert (
        client.post(
            f"/rolls/mine/expulsions/{found.pk}/appeal/", {"reason": "事实认定有出入"}
        ).status_code
        == 302
    )
    sign_in(client, cast.lin)
    assert "复议维持" in client.get(url).content.decode()
    assert client.post(f"{url}annul/", {"reason": "处分过重，撤销"}).status_code == 302
    found.refresh_from_db()
    assert found.state == "annulled"
