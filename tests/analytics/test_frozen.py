"""A printed report does not move."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from qinghe.analytics import figures, frozen
from qinghe.analytics.figures import State
from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import services
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW

from .ledger import DOOR_SHARE, H1, H2, HOURS, INDICATORS, TIMES, XIAOHONG, XIAOMING


@pytest.fixture
def half_year(served, cast):
    """A half-year with three services, counted."""
    served.lineage = orgs.lineage()
    served.serve(XIAOMING, at=cast.hongmian.pk, minutes=50)
    served.serve(XIAOHONG, at=cast.hongmian.pk, kind="门岗")
    served.serve(XIAOMING, at=cast.xiangjiaotang.pk)
    served.enrol(XIAOMING, at=cast.hongmian.pk, on=date(2020, 1, 1))
    served.store().close()
    return served


def test_all_figures_of_all_organisations_are_kept_as_printed(half_year, cast):
    freezing = frozen.freeze(period=H1, by=cast.lin, at=NOW)

    assert freezing.figures == len(INDICATORS) * 6 == FrozenFigure.objects.count()
    hours = FrozenFigure.objects.get(code=HOURS.code, org=cast.henggang)
    assert (hours.value, Decimal(hours.exact)) == ("1.8", Decimal(110) / 60)
    assert (hours.state, hours.records) == ("complete", 2)
    assert hours.sha256 == figures.fingerprint([1, 2])
    told = FrozenIndicator.objects.get(code=HOURS.code)
    assert (told.version, told.unit, told.meaning) == (1, "小时", HOURS.meaning)
    nothing = FrozenFigure.objects.get(code=DOOR_SHARE.code, org=cast.huale)
    assert (nothing.value, nothing.exact, nothing.records) == ("", "", 0)


def test_freezing_leaves_one_line_in_the_trail(half_year, cast):
    freezing = frozen.freeze(period=H1, by=cast.lin, at=NOW)

    (entry,) = audit.entries_about("analytics.Freezing", freezing.pk)
    assert (entry.verb, entry.detail["period"]) == ("analytics.freeze", "2022H1")
    assert entry.detail["sha256"] == freezing.sha256


def test_later_corrections_and_mergers_do_not_move_what_is_frozen(half_year, cast):
    freezing = frozen.freeze(period=H1, by=cast.lin, at=NOW)
    services.move_org(org=cast.hongmian, parent=cast.bantian, on=date(2022, 6, 1), at=NOW, by=CLERK)
    half_year.lineage = orgs.lineage()
    half_year.serve(103, at=cast.hongmian.pk)
    half_year.store().close()

    kept, now = frozen.figures_of(freezing), figures.cached(H1)

    assert (kept["TST-01", cast.henggang.pk].exact, now["TST-01", cast.henggang.pk].exact) == (2, 0)
    assert (kept["TST-01", cast.longgang.pk].exact, now["TST-01", cast.longgang.pk].exact) == (3, 4)
    assert kept["TST-01", cast.longgang.pk].state is State.COMPLETE
    assert kept["TST-01", cast.longgang.pk].label == TIMES.label


def test_a_period_is_frozen_again_only_for_a_reason_and_names_what_it_corrects(half_year, cast):
    first = frozen.freeze(period=H1, by=cast.lin, at=NOW)

    with pytest.raises(Refused, match="再次封存须写明原因"):
        frozen.freeze(period=H1, by=cast.lin, at=NOW, reason=" ")
    second = frozen.freeze(period=H1, by=cast.lin, at=NOW, reason="横岗补报两场活动")

    assert (second.number, second.corrects, second.reason) == (2, first, "横岗补报两场活动")
    assert frozen.newest(H1) == second
    assert first.gathering.figures.count() == first.figures


def test_a_period_that_is_not_over_is_not_frozen(half_year, cast):
    with pytest.raises(Refused, match="还没有结束"):
        frozen.freeze(period=H2, by=cast.lin, at=NOW)

    assert not frozen.is_frozen(H2)


def test_facts_read_before_the_periods_end_are_not_frozen(half_year, cast):
    half_year.at = datetime(2022, 6, 30, 12, 0, tzinfo=UTC)
    half_year.store().close()

    with pytest.raises(Refused, match="请先重新汇总数据"):
        frozen.freeze(period=H1, by=cast.lin, at=NOW)


@pytest.mark.parametrize("who", ["chen", "he", "auditor", "zhou"])
def test_only_the_districts_officers_may_freeze(half_year, cast, who):
    with pytest.raises(Refused, match="没有在龙岗区办理此事的权限"):
        frozen.freeze(period=H1, by=getattr(cast, who), at=NOW)

    assert not FrozenFigure.objects.exists()


def test_a_frozen_figure_cannot_be_changed_or_taken_away(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    row = FrozenFigure.objects.first()

    for change in (
        row.save,
        row.delete,
        FrozenFigure.objects.all().delete,
        lambda: FrozenFigure.objects.update(value="1"),
    ):
        with pytest.raises(TypeError, match="frozen"):
            change()


@pytest.mark.parametrize("model", [Freezing, FrozenIndicator, FrozenFigure])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_is_frozen(half_year, cast, model, change):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    before = model.objects.count()

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        connection.cursor().execute(change.format(model._meta.db_table))

    assert model.objects.count() == before


def test_the_database_itself_keeps_one_figure_a_freezing(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    row = FrozenFigure.objects.first()
    row.pk, row._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_open_period_has_no_frozen_figures(db):
    with pytest.raises(Refused, match="还没有封存"):
        frozen.newest_figures(H1)
