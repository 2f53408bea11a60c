"""Writing in a report: nothing typed is lost, every version is kept, only who may write does."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.audit.models import Entry
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import models, queries, services
from qinghe.reports.drafting.rules.comparing import Side

from .makers import AT, H1, begun, passage_with

Kind = models.Passage.Kind


def keep(passage, text, *, by, lock=None, at=AT):
    return services.keep_passage(
        passage=passage,
        heading=passage.heading,
        text=text,
        lock=lock or passage.lock,
        at=at,
        by=by,
    )


@pytest.fixture
def ideas(report):
    return passage_with(report, "{CON-01}")


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def test_a_report_begins_with_its_names_in_place_and_its_figures_open(report, cast):
    texts = [each.text for each in report.passages.all()]

    assert report.title == "团区委2022年上半年工作总结和下半年工作思路"
    assert str(report.dated_on) == "2022-07-04"
    assert any("{VOL-02}场次" in text for text in texts)
    assert not any("{district}" in text or "{whole}" in text for text in texts)
    assert [c.number for c in report.passages.first().changes.all()] == [1]


def test_a_report_is_begun_once_and_for_half_years_of_areas(report, cast):
    with refused("already_begun"):
        begun(cast.longgang, by=cast.lin)
    with refused("not_a_half_year"):
        begun(cast.longgang, by=cast.lin, period=periods.year(2022))
    with refused("not_allowed"):
        begun(cast.henggang, by=cast.lin)
    with refused("not_allowed"):
        begun(cast.longgang, by=cast.chen)


def test_a_kept_passage_is_a_new_version_in_the_trail(ideas, cast):
    kept = keep(ideas, "参与观看{CON-01}人次。", by=cast.lin)

    assert (kept.lock, kept.text) == (2, "参与观看{CON-01}人次。")
    assert [c.number for c in queries.changes(cast.lin, ideas)] == [2, 1]
    entry = Entry.objects.get(verb="drafting.keep_passage")
    assert entry.detail == {"passage": ideas.pk, "version": 2}


def test_the_same_words_make_no_version(ideas, cast):
    keep(ideas, f"  {ideas.text}\r\n", by=cast.lin)

    assert ideas.changes.count() == 1


def test_who_is_overtaken_overwrites_nothing(ideas, cast):
    keep(ideas, "先改的内容。", by=cast.lin)

    with refused("changed_meanwhile"):
        keep(ideas, "后改的内容。", by=cast.lin, lock=1)

    ideas.refresh_from_db()
    assert ideas.text == "先改的内容。"


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.text("甲乙丙{}1", max_size=5)), max_size=8))
def test_whatever_two_writers_do_each_kept_text_is_in_the_history(ideas, cast, steps):
    read = {"a": ideas, "b": ideas}
    accepted = []
    for who, text in steps:
        try:
            read[who] = keep(read[who], f"{text}完", by=cast.lin)
            accepted.append(read[who].text)
        except Refused:
            read[who] = models.Passage.objects.get(pk=ideas.pk)

    history = [each.text for each in reversed(queries.changes(cast.lin, ideas))]
    assert all(text in history for text in accepted)
    assert history[-1] == models.Passage.objects.get(pk=ideas.pk).text


def test_a_street_writes_only_the_passage_it_was_given(ideas, report, cast):
    with refused("not_allowed"):
        keep(ideas, "街道写的。", by=cast.chen)
    services.assign(
        passage=ideas,
        department="",
        street=cast.henggang,
        due_on=periods.local_day(AT),
        at=AT,
        by=cast.lin,
    )

    kept = keep(ideas, "街道写的。", by=cast.chen)

    assert kept.text == "街道写的。"
    assert list(queries.assigned_to(cast.chen)) == [ideas]
    assert report in queries.reports_seen_by(cast.chen)
    assert report not in queries.reports_seen_by(cast.zhou)
    with refused("not_allowed"):
        keep(passage_with(report, "{STU-01}"), "别的段落。", by=cast.chen)


def assign(passage, *, by, department="", street=None, due_on=None):
    return services.assign(
        passage=passage, department=department, street=street, due_on=due_on, at=AT, by=by
    )


def test_a_passage_goes_to_one_department_or_one_street(ideas, cast):
    assert assign(ideas, by=cast.lin, department="publicity").department == "publicity"
    with refused("one_assignee"):
        assign(ideas, by=cast.lin, department="publicity", street=cast.henggang)
    with refused("not_below"):
        assign(ideas, by=cast.lin, street=cast.hongmian)
    with refused("no_assignee"):
        assign(ideas, by=cast.lin, due_on=periods.local_day(AT))
    with refused("already_past"):
        assign(ideas, by=cast.lin, street=cast.henggang, due_on=cast_day_before())


def cast_day_before():
    return periods.local_day(AT) - timedelta(days=1)


def test_passages_are_added_moved_removed_and_brought_back(report, ideas, cast):
    made = services.add_passage(
        report=report,
        kind=Kind.RUN_IN,
        heading="新的",
        text="内容。",
        after=ideas,
        at=AT,
        by=cast.lin,
    )
    order = [each.pk for each in report.passages.filter(removed_at__isnull=True)]
    assert order.index(made.pk) == order.index(ideas.pk) + 1

    services.move_passage(passage=made, after=None, at=AT, by=cast.lin)
    assert [each.pk for each in report.passages.all()][1] == made.pk

    services.remove_passage(passage=made, at=AT, by=cast.lin)
    with refused("removed"):
        keep(made, "还在写。", by=cast.lin)
    back = services.restore_passage(passage=made, at=AT, by=cast.lin)
    assert (back.removed_at, back.text) == (None, "内容。")


def test_places_never_run_out(report, ideas, cast):
    for number in range(12):
        services.add_passage(
            report=report,
            kind=Kind.PARAGRAPH,
            heading="",
            text=f"第{number}段。",
            after=ideas,
            at=AT,
            by=cast.lin,
        )

    order = [each.text for each in report.passages.all()]
    after = order.index(ideas.text) + 1
    assert order[after : after + 12] == [f"第{n}段。" for n in reversed(range(12))]


def test_a_remark_is_settled_once_by_who_writes_or_made_it(ideas, cast):
    said = services.remark(passage=ideas, text="请核对人次。", at=AT, by=cast.lin)
    with refused("not_allowed"):
        services.remark(passage=ideas, text="看看。", at=AT, by=cast.zhou)
    with refused("not_allowed"):
        services.settle_remark(remark=said, at=AT, by=cast.chen)

    done = services.settle_remark(remark=said, at=AT, by=cast.lin)

    assert done.settled_by_id == cast.lin.person_id
    with refused("already_settled"):
        services.settle_remark(remark=said, at=AT, by=cast.lin)


def test_fixed_wording_is_a_name_in_the_text_with_a_reason_and_a_person(report, ideas, cast, book):
    keep(ideas, "开展“读懂2022”主题活动。", by=cast.lin)
    assert [f.words for f in queries.findings(cast.lin, report, figures_of=book.of)] == ["2022"]

    declare = {"report": report, "at": AT, "by": cast.lin}
    with refused("not_fixed"):
        services.declare_fixed(words="2022场", reason="不是数字", **declare)
    with refused("reason_needed"):
        services.declare_fixed(words="读懂2022", reason=" ", **declare)
    with refused("not_in_the_text"):
        services.declare_fixed(words="读懂2023", reason="活动名称", **declare)
    fixed = services.declare_fixed(words="读懂2022", reason="活动名称", **declare)

    assert fixed.person_id == cast.lin.person_id
    assert queries.findings(cast.lin, report, figures_of=book.of) == []
    services.withdraw_fixed(wording=fixed, at=AT, by=cast.lin)
    assert len(queries.findings(cast.lin, report, figures_of=book.of)) == 1


def test_a_report_in_signing_is_not_changed(report, ideas, cast):
    services.set_state(report=report, state="signing", at=AT, by=cast.lin)

    with refused("not_in_writing"):
        keep(ideas, "又改了。", by=cast.lin)
    with refused("wrong_state"):
        services.set_state(report=report, state="replaced", at=AT, by=cast.lin)


def issued(report, cast):
    services.set_state(report=report, state="signing", at=AT, by=cast.lin)
    services.set_state(report=report, state="signed", at=AT, by=cast.lin)
    return services.set_state(report=report, state="issued", at=AT, by=cast.lin)


def test_a_correction_is_a_further_version_and_leaves_the_issued_one_alone(
    report, ideas, cast, book
):
    with refused("not_issued"):
        services.begin_correction(report=report, reason="数字有误", at=AT, by=cast.lin)
    old = issued(report, cast)
    new = services.begin_correction(report=old, reason="迟报的数据", at=AT, by=cast.lin)
    copy = new.passages.get(copied_from=ideas)
    keep(copy, f"{ideas.text}另有补充。", by=cast.lin)

    two = queries.compare_whole(
        cast.lin,
        queries.version_named(cast.lin, new, str(old.pk)),
        queries.version_named(cast.lin, new, str(new.pk)),
        figures_for=lambda _: book.of,
    )

    assert (new.version, new.corrects, new.state) == (2, old, "writing")
    assert [[s.text for s in each.text if s.side is Side.NEW] for each in two.changed] == [
        ["另有补充。"]
    ]
    assert models.Passage.objects.get(pk=ideas.pk).text == ideas.text
    issued(new, cast)
    assert models.Report.objects.get(pk=old.pk).state == "replaced"


def test_a_report_is_compared_with_itself_at_another_moment(report, ideas, cast, book):
    keep(ideas, "后来的内容。", by=cast.lin, at=AT + timedelta(hours=1))
    versions = queries.versions_seen_by(cast.lin, report)

    two = queries.compare_whole(
        cast.lin, versions[0], versions[-1], figures_for=lambda _: book.of
    )  # put in their order

    assert [each.label[:3] for each in versions] == ["第1版"] * 3
    assert "起草时" in versions[-1].label
    assert [each.after.text for each in two.changed] == ["后来的内容。"]
    assert [each.before.text for each in two.changed] == [ideas.text]


def test_figures_that_two_versions_print_differently_are_listed(report, cast, book):
    passage = report.passages.get(text__contains="{VOL-04}")
    text = passage.text.replace("{VOL-04}", "{VOL-04|exact}").replace("{VOL-02}", "很多")
    keep(passage, f"{text}募集{{VOL-10^last_year}}。", by=cast.lin, at=AT + timedelta(hours=1))
    versions = queries.versions_seen_by(cast.lin, report)

    two = queries.compare_whole(cast.lin, versions[-1], versions[0], figures_for=lambda _: book.of)

    assert [(each.code, each.about, bool(each.old), bool(each.new)) for each in two.figures] == [
        ("VOL-04", "", True, True),
        ("VOL-10", "同比", False, True),
        ("VOL-02", "", True, False),
    ]
    assert (two.figures[0].old, two.figures[0].new) == ("176.3万", "1763015.5")


def test_versions_of_different_reports_are_not_compared(report, cast, book):
    other = services.begin(org=cast.longgang, period=H1.previous(), at=AT, by=cast.lin)
    two = [queries.versions_seen_by(cast.lin, each)[0] for each in (report, other)]

    with refused("not_one_report"):
        queries.compare_whole(cast.lin, *two, figures_for=lambda _: book.of)
    with refused("no_such_version"):
        queries.version_named(cast.lin, report, str(other.pk))


def test_who_is_not_concerned_sees_nothing(report, ideas, cast):
    assert not queries.reports_seen_by(cast.zhou).exists()
    for read in (
        lambda: queries.rendered(cast.zhou, report),
        lambda: queries.changes(cast.zhou, ideas),
        lambda: queries.proposals(cast.zhou, report),
    ):
        with refused("not_allowed"):
            read()
