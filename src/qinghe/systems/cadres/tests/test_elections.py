"""Elections: quorum first, approved by those above, posts begin and end with them (T-05, T-06)."""

from datetime import date

import pytest

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import forms, queries, rules, services
from qinghe.systems.cadres.models import Election
from tests.cast import NOW, make_person

from .makers import choose, elect, make_cadre, new_election, on, record

pytestmark = pytest.mark.django_db


def code_of(do, *values, **more):
    with pytest.raises(Refused) as refused:
        do(*values, **more)
    return refused.value.code


def held(org):
    rows = Post.objects.filter(org=org, ends_on__isnull=True)
    return sorted(rows.values_list("person__number", "title"))


def test_an_approved_election_ends_and_begins_posts(cast):
    _, post = make_cadre("G1", cast.branch)
    again, kept = make_cadre("G2", cast.branch, title="组织委员")
    new = [make_person(f"N{place}", f"新人{place}") for place in range(2)]

    made = elect(
        cast.luo, cast.chen, cast.branch, [(new[0], "书记"), (again, "组织委员"), (new[1], "委员")]
    )

    assert held(cast.branch) == [("G2", "组织委员"), ("N0", "书记"), ("N1", "委员")]
    post.refresh_from_db()
    kept.refresh_from_db()
    assert (post.ends_on, kept.ends_on) == (date(2022, 6, 20), None)
    assert (made.term_ends_on, made.warn_on) == (date(2023, 6, 20), date(2022, 12, 20))
    assert made.elected.get(person=again).post == kept  # elected again: the post goes on
    assert Entry.objects.filter(verb="cadres.approve_election").count() == 1


def test_the_next_election_ends_the_tenure(cast):
    person = make_person("N1", "新人")
    first = elect(
        cast.luo, cast.chen, cast.branch, [(person, "书记")], held_on=date(2021, 6, 1),
        size_reason="只有书记",
    )  # fmt: skip

    again = elect(cast.luo, cast.chen, cast.branch, [(person, "书记")], size_reason="只有书记")

    first.refresh_from_db()
    assert (first.ended_on, again.ended_on) == (date(2022, 6, 20), None)
    assert code_of(record, cast.luo, cast.branch, held_on=date(2022, 6, 20)) == "not_after"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"present": 20, "votes": 20}, "no_quorum"),
        ({"present": 31}, "bad_numbers"),
        ({"votes": 28}, "bad_numbers"),
        ({"years": 4}, "bad_years"),
        ({"held_on": date(2022, 7, 4)}, "in_future"),
        ({"held_on": date(2009, 7, 4)}, "not_there"),
    ],
)
def test_what_is_no_election_is_not_kept(cast, told, code):
    assert code_of(record, cast.luo, cast.branch, **told) == code
    assert not Election.objects.exists()


def test_a_size_out_of_the_usual_is_asked_about(cast):  # T-05
    election = record(cast.luo, cast.branch)
    choose(cast.luo, election, make_person("N1", "新人"))
    sent = {"election": election, "at": NOW, "by": cast.luo}

    assert code_of(services.submit_election, **sent) == "size_question"
    services.change_election(
        election=election, new=new_election(cast.branch, size_reason="团员不足十人"), at=NOW,
        by=cast.luo,
    )  # fmt: skip
    assert services.submit_election(**sent).state == "waiting"


def test_those_above_approve_and_nobody_their_own(cast):
    election = record(cast.tang, cast.branch, size_reason="团员少")
    choose(cast.tang, election, make_person("N1", "新人"))
    services.submit_election(election=election, at=NOW, by=cast.tang)
    asked = {"election": election, "at": NOW}

    for who in (cast.luo, cast.tang, cast.liang, cast.zhou, cast.auditor):
        assert code_of(services.approve_election, by=who, **asked) == "not_allowed"
    back = services.return_election(reason="票数不符", by=cast.chen, **asked)
    assert (back.state, back.reason) == ("draft", "票数不符")
    assert code_of(services.approve_election, by=cast.lin, **asked) == "wrong_state"


def test_who_wrote_an_election_down_does_not_approve_it(cast):
    """Bar 17."""
    election = record(cast.tang, cast.branch, size_reason="团员少")
    choose(cast.tang, election, make_person("N1", "新人"))
    services.submit_election(election=election, at=NOW, by=cast.tang)
    writer = Actor(cast.tang.person_id, "唐", cast.chen.holdings)

    assert code_of(services.approve_election, election=election, at=NOW, by=writer) == "own_record"


def test_only_those_of_the_organisation_write_and_only_a_draft(cast):
    for who in (cast.chen, cast.lin, cast.zhou, cast.auditor, cast.he):
        assert code_of(record, who, cast.branch) == "not_allowed"
    election = record(cast.luo, cast.branch, size_reason="团员少")
    assert code_of(record, cast.tang, cast.branch) == "under_way"
    one = choose(cast.luo, election, make_person("N1", "新人"))
    assert code_of(choose, cast.luo, election, one.person) == "chosen_already"
    assert code_of(choose, cast.luo, election, make_person("N2", "丙"), votes=13) == "too_few_votes"
    services.submit_election(election=election, at=NOW, by=cast.luo)
    assert code_of(services.drop_chosen, chosen=one, at=NOW, by=cast.luo) == "wrong_state"


def test_who_is_due_is_asked_from_six_months_before(cast):  # T-06
    source = {"file": "t"}
    rows = [
        new_election(cast.branch, held_on=date(2021, 8, 1), years=1),  # ends within six months
        new_election(cast.school, held_on=date(2018, 8, 1), years=3),  # overdue
        new_election(cast.enterprise, held_on=date(2022, 3, 1), years=3),
    ]
    services.record_many(ready=rows, at=NOW, by=cast.chen, source=source)

    due = queries.tenures_seen_by(cast.chen)
    today = on(3).date()
    assert [
        rules.standing_of(ends_on=one.term_ends_on, warn_on=one.warn_on, today=today) for one in due
    ] == ["overdue", "soon", "running"]
    assert due.filter(forms.due_conditions(today)["overdue"]).get().org == cast.school
    assert due.filter(forms.due_conditions(today)["soon"]).get().org == cast.branch


def test_the_inbox_of_the_committee_names_its_own_end(cast):
    rows = [new_election(cast.branch, held_on=date(2021, 8, 1), years=1)]
    services.record_many(ready=rows, at=NOW, by=cast.chen, source={})

    assert [one.org for one in queries.tenures_due_for(cast.luo)] == [cast.branch]
    assert not queries.tenures_due_for(cast.chen).exists()
    items = queries.due_items(cast.luo, [queries.tenures_due_for(cast.luo).get().pk])
    assert "2022-08-01届满" in items[0].title
    election = record(cast.luo, cast.branch, size_reason="团员少")
    choose(cast.luo, election, make_person("N1", "新人"))
    services.submit_election(election=election, at=NOW, by=cast.luo)
    assert not queries.tenures_due_for(cast.luo).exists()  # sent up: those above act now
    assert [one.pk for one in queries.elections_to_approve(cast.chen)] == [election.pk]


def test_the_district_sets_other_terms_from_a_coming_day_on(cast):
    numbers = {name: getattr(queries.shipped(cast.lin), name) for name in queries.TERM_NUMBERS}
    new = services.NewTerms(
        "新规定", on(1, month=9).date(), "会议", "团章", numbers | {"student_years": 2}
    )

    services.set_terms(new=new, at=NOW, by=cast.lin)

    assert queries.terms_on(cast.lin, date(2022, 8, 31)).student_years == 1
    assert queries.terms_on(cast.lin, date(2022, 9, 1)).student_years == 2
    assert code_of(services.set_terms, new=new, at=NOW, by=cast.chen) == "not_allowed"
    assert code_of(services.set_terms, new=new, at=NOW, by=cast.lin) == "day_taken"
