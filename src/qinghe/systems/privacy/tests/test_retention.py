"""What is kept how long, with a moved clock (S-08, S-11, S-14)."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from qinghe.edges import system
from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Consent
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models, queries, services
from tests import cast

from . import makers

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 one page"


@pytest.fixture
def places(settings):
    settings.QINGHE_SMS = "outbox"
    makers.tell()
    return cast.make_cast()


def run(**much):
    entries = [entry for one in system.INSTALLED for entry in one.retention]
    return services.apply_retention(entries=entries, at=makers.later(**much), by="test").counts


def test_an_unfinished_registration_is_gone_after_a_day(places):
    makers.described(org=places.hongmian)

    early, late = run(hours=23), run(hours=25)

    assert (early["未完成的注册"], late["未完成的注册"]) == (0, 1)
    assert not models.Registration.objects.exists()


def test_codes_are_gone_after_two_days(places):
    makers.described(org=places.hongmian)

    assert run(days=1)["短信验证码"] == 0
    assert run(days=3)["短信验证码"] == 1


def test_withdrawn_consents_are_kept_three_years_and_standing_ones_stay(places):
    person = makers.register_adult("photo", org=places.hongmian).person
    photo = Consent.objects.get(person=person, notice__purpose="photo")
    consents.withdraw(consent=photo, reason="", at=cast.NOW, by=cast.CLERK)

    early, late = run(days=3 * 365), run(days=3 * 366 + 1)

    assert (early["已撤回的同意"], late["已撤回的同意"]) == (0, 1)
    assert Consent.objects.get(person=person).notice.purpose == "volunteering"


def test_the_trail_is_never_shorter_than_half_a_year(places):  # S-14
    entry = next(one for one in services.RETENTION if one.model == "audit.Entry")
    first = Entry.objects.order_by("seq").first().pk

    with pytest.raises(Refused) as refused:
        services.set_term(
            new=services.NewTerm(entry, 90, cast.TODAY, "通知"), at=cast.NOW, by=places.lin
        )
    services.set_term(
        new=services.NewTerm(entry, 184, cast.TODAY, "通知"), at=cast.NOW, by=places.lin
    )

    assert refused.value.code == "too_short"
    assert run(days=183)["操作记录"] == 0
    assert Entry.objects.filter(pk=first).exists()
    assert run(days=190)["操作记录"] > 0
    assert not Entry.objects.filter(pk=first).exists()


def test_a_file_that_no_record_refers_to_goes_with_its_content(
    places, django_capture_on_commit_callbacks
):
    kept = files.keep(upload=ContentFile(PDF, name="a.pdf"), at=cast.NOW, by=cast.CLERK)
    path = files.path_of(kept)

    with django_capture_on_commit_callbacks(execute=True):
        counts = run(days=31)

    assert counts["没有记录引用的文件"] == 1
    assert not path.exists()
    assert not File.objects.exists()


def test_an_attachment_in_use_keeps_its_file(places):
    files.attach(
        subject=places.hongmian,
        upload=ContentFile(PDF, name="a.pdf"),
        at=cast.NOW,
        by=places.lin,
    )

    assert run(days=400)["没有记录引用的文件"] == 0
    assert File.objects.exists()


def test_who_left_everything_is_not_reached_any_more(places):
    person = makers.register_adult(org=places.hongmian).person
    account = person.account
    person.holdings.update(ends_on=cast.TODAY)

    assert run(days=800)["已退出人员的联系方式"] == 0  # still signs in
    account.user.is_active = False
    account.user.save()
    assert run(days=800)["已退出人员的联系方式"] == 1


def test_the_command_says_what_it_met_and_the_page_shows_it(places):
    told = StringIO()

    call_command("retention", stdout=told)

    assert "操作记录" in told.getvalue() or "没有到期的记录" in told.getvalue()
    run_kept = queries.last_run(places.lin)
    shown = queries.retention_table(places.lin, cast.TODAY)
    assert all(line.last == run_kept.counts[line.entry.label] for line in shown)


def test_what_is_declared_names_models_and_is_never_below_its_floor(places):
    labels = [line.entry.label for line in queries.retention_table(places.lin, cast.TODAY)]

    assert len(labels) == len(set(labels))
    assert all(entry.days >= entry.least for entry in services.RETENTION)


def test_only_the_district_changes_a_term(places):
    entry = next(one for one in services.RETENTION if one.model == "audit.Entry")
    secretary = cast.with_role("P010", "何书", role=Role.COMMUNITY_SECRETARY, org=places.hongmian)

    with pytest.raises(Refused) as refused:
        services.set_term(
            new=services.NewTerm(entry, 400, cast.TODAY, "通知"), at=cast.NOW, by=secretary
        )

    assert refused.value.code == "not_allowed"
