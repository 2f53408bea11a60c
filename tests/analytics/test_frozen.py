"""A printed report does not move."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from qinghe.analytics import figures, frozen
from qinghe.analytics.figures import State
from qinghe.analytics.models import FrozenFigure
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
    count = frozen.freeze(period=H1, by=cast.lin, at=NOW)

    assert count == len(INDICATORS) * 6 == FrozenFigure.objects.count()
    hours = FrozenFigure.objects.get(code=HOURS.code, org=cast.henggang)
    assert (hours.value, Decimal(hours.exact)) == ("1.8", Decimal(110) / 60)
    assert (hours.version, hours.unit, hours.state) == (1, "小时", "complete")
    assert (hours.records, hours.sha256) == (2, figures.fingerprint([1, 2]))
    nothing = FrozenFigure.objects.get(code=DOOR_SHARE.code, org=cast.huale)
    assert (nothing.value, nothing.exact, nothing.records) == ("", "", 0)


def test_freezing_leaves_one_line_in_the_trail(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)

    row = FrozenFigure.objects.order_by("pk").last()
    (entry,) = audit.entries_about("analytics.FrozenFigure", row.pk)
    assert (entry.verb, entry.detail["period"]) == ("analytics.freeze", "2022H1")


def test_later_corrections_and_mergers_do_not_move_what_is_frozen(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    services.move_org(org=cast.hongmian, parent=cast.bantian, on=date(2022, 6, 1), at=NOW, by=CLERK)
    half_year.lineage = orgs.lineage()
    half_year.serve(103, at=cast.hongmian.pk)
    half_year.store().close()

    kept, now = frozen.figures_of(H1), figures.cached(H1)

    assert (kept["TST-01", cast.henggang.pk].exact, now["TST-01", cast.henggang.pk].exact) == (2, 0)
    assert (kept["TST-01", cast.longgang.pk].exact, now["TST-01", cast.longgang.pk].exact) == (3, 4)
    assert kept["TST-01", cast.longgang.pk].state is State.COMPLETE
    assert kept["TST-01", cast.longgang.pk].label == TIMES.label


def test_a_period_is_frozen_only_once(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    before = FrozenFigure.objects.count()

    with pytest.raises(Refused, match="已经封存"):
        frozen.freeze(period=H1, by=cast.lin, at=NOW)

    assert FrozenFigure.objects.count() == before
    assert frozen.is_frozen(H1)


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


def test_the_database_itself_keeps_one_figure_a_period(half_year, cast):
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    row = FrozenFigure.objects.first()
    row.pk, row._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_open_period_has_no_frozen_figures(db):
    with pytest.raises(Refused, match="还没有封存"):
        frozen.figures_of(replace(H1))
