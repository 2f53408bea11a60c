"""A branch answers, another hand confirms, and only what may be corrected is corrected here."""

import pytest

from qinghe.kernel.people.models import LeagueFile
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import services
from qinghe.systems.reconciling.models import Difference
from tests.cast import NOW, TODAY

from .makers import answer, compare, confirm, line, make_member, one

pytestmark = pytest.mark.django_db
REASON = "与入团志愿书不一致"


@pytest.fixture
def run(cast, source, member):
    told = line("柯晓舟", number="201944000001", joined="2019-06-01", branch="高一（1）团支部")
    return compare(source, told, line("无此人", code="HGZX-01"), org=cast.school, by=cast.tang)


def refused(call, *said, **told):
    with pytest.raises(Refused) as found:
        call(*said, **told)
    return found.value.code


def test_what_the_source_says_rightly_is_corrected_once_another_hand_confirms(cast, run, member):
    joined = answer(one(run, field="joined_on"), "theirs", by=cast.luo)
    assert LeagueFile.objects.get(person=member.person).joined_on.isoformat() == "2019-05-04"

    done = confirm(difference=joined, by=cast.tang)

    assert done.is_corrected
    assert LeagueFile.objects.get(person=member.person).joined_on.isoformat() == "2019-06-01"
    assert (done.state, done.closed_on) == ("confirmed", TODAY)
    assert refused(answer, joined, "ours", by=cast.luo) == "wrong_state"


def test_a_name_is_never_corrected_here(cast, run, member):
    name = answer(one(run, field="name"), "theirs", by=cast.luo)

    done = confirm(difference=name, by=cast.tang)

    assert not done.is_corrected
    member.person.refresh_from_db()
    assert member.person.name == "柯小舟"


def test_a_lacking_number_is_entered_and_one_that_stands_is_not_changed(cast, source):
    make_member("K005", "禾小田", org=cast.branch)
    told = line("禾小田", number="201944000005", code="HGZX-01")
    run = compare(source, told, org=cast.school, by=cast.tang)

    done = confirm(difference=answer(one(run, field="number"), "theirs", by=cast.luo), by=cast.tang)

    assert done.is_corrected
    assert LeagueFile.objects.get(person__number="K005").number == "201944000005"


def test_nobody_confirms_their_own_answer_and_a_branch_confirms_nothing(cast, run):
    own = answer(one(run, field="name"), "ours", by=cast.tang)  # on behalf of the branch
    assert refused(confirm, difference=own, by=cast.tang) == "own_answer"
    assert refused(confirm, difference=own, by=cast.luo) == "not_allowed"
    assert refused(confirm, difference=one(run, kind="missing"), by=cast.lin) == "wrong_state"
    assert confirm(difference=own, by=cast.chen).state == "confirmed"


def test_what_changed_here_meanwhile_is_not_overwritten(cast, run, member):
    joined = answer(one(run, field="joined_on"), "theirs", by=cast.luo)
    LeagueFile.objects.filter(person=member.person).update(joined_on="2019-05-20")

    assert refused(confirm, difference=joined, by=cast.tang) == "changed_since"

    joined.refresh_from_db()
    assert joined.state == "answered"


def test_an_answer_needs_a_reason_and_goes_back_with_one(cast, run):
    missing = one(run, kind="missing")
    said = services.Said("unknown", "  ")
    told = {"difference": missing, "said": said, "at": NOW, "by": cast.luo}
    assert refused(services.answer_difference, **told) == "reason_needed"
    answered = answer(missing, "unknown", by=cast.luo)

    back = services.return_answer(difference=answered, reason=REASON, at=NOW, by=cast.tang)

    assert (back.state, back.returned) == ("open", REASON)
    again = {"difference": back, "reason": REASON, "at": NOW, "by": cast.tang}
    assert refused(services.return_answer, **again) == "wrong_state"


def test_a_branch_has_answered_once_nothing_of_it_is_open(cast, run):
    tally = run.tallies.get(org=cast.branch)
    assert tally.to_answer == 3
    for one_line in run.differences.all():
        answer(one_line, "ours", by=cast.luo)
    tally.refresh_from_db()
    assert (tally.to_answer, tally.to_decide, tally.answered_on) == (0, 3, TODAY)

    services.return_answer(difference=run.differences.first(), reason=REASON, at=NOW, by=cast.tang)

    tally.refresh_from_db()
    assert (tally.to_answer, tally.answered_on) == (1, None)


@pytest.fixture
def unsure(cast, source, member):
    make_member("K009", "柯小舟", org=cast.branch, league="201944000009")
    told = line("柯小舟", joined="2019-07-01", branch="高一（1）团支部")
    return compare(source, told, org=cast.school, by=cast.tang)


def test_an_unsure_line_is_given_to_a_member_and_remembered(cast, source, unsure, member):
    line_of = one(unsure, kind="unsure")
    assert len(line_of.candidates) == 2
    assert refused(answer, line_of, "ours", by=cast.luo) == "to_be_chosen"
    chosen = {"difference": line_of, "member": member, "at": NOW}
    assert refused(services.choose_member, **chosen, by=cast.luo) == "not_allowed"

    services.choose_member(**chosen, by=cast.tang)

    row = unsure.lines.get()
    assert (row.person, row.how, row.outcome) == (member.person, "hand", "changed")
    assert one(unsure, field="joined_on").theirs == "2019-07-01"
    assert one(unsure, kind="extra", person=member.person).state == "settled"
    tally = unsure.tallies.get(org=cast.branch)
    assert (tally.changed, tally.unsure, tally.extra, tally.to_decide) == (1, 0, 1, 0)
    told = line("柯小舟", joined="2019-07-01", branch="高一（1）团支部")
    again = compare(source, told, org=cast.school, by=cast.tang)
    assert again.lines.get().person == member.person


def test_an_unsure_line_that_is_nobodys_is_missing_here(cast, unsure):
    services.choose_member(difference=one(unsure, kind="unsure"), member=None, at=NOW, by=cast.tang)

    left = one(unsure, kind="missing")
    assert left.state == "open"
    assert unsure.lines.get().outcome == "missing"
    assert answer(left, "unknown", by=cast.luo).state == "answered"


def test_a_member_is_not_given_two_lines_nor_one_from_elsewhere(cast, source, unsure, member):
    elsewhere = make_member("K010", "外小人", org=cast.enterprise)
    line_of = one(unsure, kind="unsure")
    told = {"difference": line_of, "at": NOW, "by": cast.tang}
    assert refused(services.choose_member, member=elsewhere, **told) == "not_below"
    assert Difference.objects.get(pk=line_of.pk).state == "open"
