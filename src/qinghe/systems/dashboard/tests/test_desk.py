"""Which figures a desk shows: one of each system, or those that its person chose."""

from dataclasses import replace

import pytest
from django.urls import reverse

from qinghe.edges import system
from qinghe.lib.verdicts import Refused
from qinghe.systems.dashboard import queries, rules, services
from tests import cast
from tests.desk import sign_in
from tests.kept import kept

pytestmark = pytest.mark.django_db
FIGURES = reverse("dashboard:figures")


@kept
def everyone():
    return cast.make_cast()


def choose(who, *codes):
    services.choose_figures(codes=codes, at=cast.NOW, by=who)


def refused(who, *codes):
    with pytest.raises(Refused) as refusal:
        choose(who, *codes)
    return refusal.value.code


def test_a_desk_shows_what_its_person_chose_and_nobody_elses_does(everyone):
    usual = queries.codes_on_desk(everyone.chen)

    choose(everyone.lin, "VOL-04", "VOL-02")

    assert queries.codes_on_desk(everyone.lin) == ["VOL-02", "VOL-04"]
    assert queries.codes_on_desk(everyone.chen) == usual
    assert "VOL-02" not in usual


def test_the_usual_figures_come_back(everyone):
    usual = queries.codes_on_desk(everyone.lin)
    choose(everyone.lin, "VOL-04")

    services.show_usual_figures(at=cast.NOW, by=everyone.lin)

    assert queries.codes_on_desk(everyone.lin) == usual


def close(monkeypatch, slug):
    """Close the pages of one system to everybody; return its figures that no desk shows."""
    (found,) = [one for one in system.INSTALLED if one.slug == slug]
    closed = replace(found, menu=tuple(replace(item, act="nobody.may") for item in found.menu))
    installed = [closed if one is found else one for one in system.INSTALLED]
    monkeypatch.setattr(system, "INSTALLED", installed)
    return [one.code for one in found.indicators[1:]]


def test_nobody_chooses_a_figure_that_they_may_not_see(everyone, monkeypatch):
    choose(everyone.lin, "ROL-02", "VOL-02")
    codes = close(monkeypatch, "rolls")

    assert refused(everyone.lin, codes[0]) == "not_allowed"
    assert refused(everyone.he, "VOL-01") == "not_allowed"  # has no desk
    assert queries.codes_on_desk(everyone.lin) == ["VOL-02"]


def test_a_choice_is_of_one_figure_at_least_and_not_of_all(everyone):
    known = queries.codes_open_to(everyone.lin)

    assert refused(everyone.lin) == "none_chosen"
    assert refused(everyone.lin, *known[: rules.MOST_ON_DESK + 1]) == "too_many"


def test_the_page_offers_what_is_open_and_keeps_what_was_ticked(client, everyone):
    sign_in(client, everyone.lin)
    page = client.get(FIGURES).content.decode()
    places = [label for label, _ in queries.figures_open_to(everyone.lin)]
    field = f"of_{places.index('志愿服务')}"

    answer = client.post(FIGURES, {field: ["VOL-02", "VOL-04"]}, follow=True)

    assert "志愿服务活动场次（场次）" in page
    assert answer.redirect_chain == [(reverse("dashboard:desk"), 302)]
    assert queries.codes_on_desk(everyone.lin) == ["VOL-02", "VOL-04"]


def test_who_has_no_desk_is_not_led_there_and_chooses_nothing(client, everyone):
    assert FIGURES in sign_in(client, everyone.lin).get("/inbox/").content.decode()

    sign_in(client, everyone.he)

    assert FIGURES not in client.get("/inbox/").content.decode()
    assert client.get(FIGURES).status_code == 403
