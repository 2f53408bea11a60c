"""Making forms and numbers, and what becomes of them once published."""

from decimal import Decimal

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, services

from .makers import DESIGNED, cell, make_codes, make_form, open_round, rule


def refused(call, *args, **said):
    """Return the code with which a call is refused."""
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    return refusal.value.code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"period_kind": "week"}, "bad_choice"),
        ({"levels": ["planet"]}, "bad_choice"),
        ({"levels": []}, "nobody_asked"),
        ({"slug": "Ü"}, "bad_slug"),
        ({"opens_after_days": 9, "closes_after_days": 3}, "bad_days"),
        ({"cells": (cell(), cell())}, "code_twice"),
        ({"cells": (cell(least=Decimal(5), most=Decimal(1)),)}, "bad_limits"),
        ({"cells": (cell(kind="colour"),)}, "bad_choice"),
        ({"rules": (rule("LOC-01", "<=", "LOC-02"),)}, "bad_rule"),
    ],
)
def test_a_form_that_cannot_be_asked_is_not_made(cast, said, code):
    make_codes(cast.lin)
    new = {"slug": "x", "title": "表", "period_kind": "half_year", "cells": (cell(),)}
    new = services.NewForm(**{**new, "levels": ["street"], **said})

    assert refused(services.make_form, new=new, at=DESIGNED, by=cast.lin) == code


def test_a_published_form_does_not_change(form, cast):
    new = services.NewForm(
        slug=form.slug, title="别的", period_kind="half_year", cells=(cell(),), levels=["street"]
    )

    code = refused(services.change_form, form=form, new=new, at=DESIGNED, by=cast.lin)

    assert code == "already_published"


def test_a_new_version_is_a_copy_and_takes_over_when_published(form, cast):
    copy = services.new_version(form=form, at=DESIGNED, by=cast.lin)
    assert (copy.version, copy.cells.count()) == (2, form.cells.count())

    services.publish_form(form=copy, at=DESIGNED, by=cast.lin)

    form.refresh_from_db()
    assert form.state == "retired"


def test_one_number_is_not_asked_twice_of_the_same_organisations(form, cast):
    assert refused(make_form, cast.lin, cell("LOC-01"), slug="again") == "asked_twice"
    make_form(cast.lin, cell("LOC-01"), slug="streets", levels=["street"])


def test_nobody_is_asked_for_what_is_not_in_the_catalogue(cast):
    assert refused(make_form, cast.lin, cell("NIX-01")) == "unknown_code"


def test_another_meaning_is_another_version_of_a_code(cast, form):
    definition = models.Definition.objects.get(code="LOC-01")
    new = services.NewDefinition(label="新", unit="个", meaning="只计已审核的。")

    again = services.redefine(definition=definition, new=new, at=DESIGNED, by=cast.lin)

    assert (again.code, again.version) == ("LOC-01", 2)
    assert models.Definition.objects.filter(code="LOC-01").count() == 2


def yearly(by, **said):
    """Define a quota of the year, and return a form that asks for it."""
    new = services.NewDefinition(label="年度指标", unit="家", meaning="当年下达数。", time="annual")
    defined = services.define(new=new, at=DESIGNED, by=by)
    asked = {"slug": "quota", "title": "指标", "period_kind": "year", "levels": ["community"]}
    return services.NewForm(**{**asked, "cells": (services.NewCell(code=defined.code),), **said})


@pytest.mark.parametrize("kind", ["month", "quarter", "half_year"])
def test_what_holds_all_year_is_asked_once_a_year(cast, kind):
    code = refused(
        services.make_form, new=yearly(cast.lin, period_kind=kind), at=DESIGNED, by=cast.lin
    )

    assert code == "asked_too_often"


def test_a_yearly_form_may_ask_for_a_quota(cast):
    form = services.make_form(new=yearly(cast.lin), at=DESIGNED, by=cast.lin)

    assert services.publish_form(form=form, at=DESIGNED, by=cast.lin).state == "published"


def test_a_number_that_became_one_of_the_year_is_not_asked_by_halves_any_more(cast):
    form = make_form(cast.lin)
    definition = models.Definition.objects.get(code="LOC-01")
    new = services.NewDefinition(label="年度指标", unit="个", meaning="当年下达数。", time="annual")
    services.redefine(definition=definition, new=new, at=DESIGNED, by=cast.lin)

    assert refused(open_round, form, cast.lin) == "asked_too_often"
