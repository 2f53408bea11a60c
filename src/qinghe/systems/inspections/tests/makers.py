"""What the tests of inspections stand on."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.lib.periods import TZ
from qinghe.systems.inspections import services
from qinghe.systems.inspections.models import Kind
from tests import cast as everyone
from tests.cast import NOW

DAY = date(2022, 7, 3)  # the day of NOW, a Sunday
PNG = b"\x89PNG\r\n\x1a\n"
PASS, FAIL, NOT_HERE = ("pass", ""), ("fail", "立牌倒伏"), ("not_here", "")


def on(month, day, *, hour=9):
    """Return an hour of a day of 2022."""
    return datetime(2022, month, day, hour, tzinfo=TZ)


def kind(slug="station"):
    """Return one of the first kinds."""
    return Kind.objects.get(slug=slug)


def picture(name="one.png"):
    """Return a photo that is like no other of another name."""
    return SimpleUploadedFile(name, PNG + name.encode())


def make_point(cast, *, code="HG-001", org=None, opened_on=date(2022, 1, 1), at=NOW):
    """Enter a point that 红棉 cares for."""
    told = services.Particulars(name=f"红棉站{code}", kind=kind(), address="红棉路1号")
    new = services.NewPoint(code, org or cast.hongmian, opened_on, told)
    return services.enter_point(new=new, at=at, by=cast.lin)


def seen(visit, *said, notes=""):
    """Answer a visit's items in their order."""
    items = visit.checklist.items.values_list("pk", flat=True)
    return services.Seen(answers=dict(zip(items, said, strict=False)), notes=notes)


def inspect(point, *, by, fails=0, at=NOW):
    """Visit a point and find so many of its three items wrong, each with its photo."""
    visit = services.begin_visit(point=point, at=at, by=by)
    said = [FAIL] * fails + [PASS] * (3 - fails)
    for answer in list(visit.answers.all())[:fails]:
        services.add_photo(answer=answer, upload=picture(f"{answer.pk}.png"), at=at, by=by)
    return services.submit_visit(visit=visit, seen=seen(visit, *said), at=at, by=by)


def rectify(finding, *, by, at=NOW):
    """Put a finding right, with a photo."""
    return services.rectify(
        finding=finding, words="已扶正加固", evidence=picture(f"r{finding.pk}.png"), at=at, by=by
    )


def make_federation(cast, *, street=None, code="F1", level="street"):
    """Open the federation of 横岗."""
    return everyone.make_org(
        code, f"义工联{code}", kind="volunteer_federation", level=level,
        parent=street or cast.henggang,
    )  # fmt: skip


def guide(org, *, by, day=DAY - timedelta(days=3), at=NOW):
    """Guide a federation."""
    new = services.NewGuidance(org, day, "队伍建设", "已交流")
    return services.record_guidance(new=new, at=at, by=by)
