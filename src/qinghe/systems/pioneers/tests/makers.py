"""What the tests of pioneers stand on."""

from datetime import date

from django.core.files.base import ContentFile

from qinghe.kernel.files import services as files
from qinghe.systems.pioneers import services
from qinghe.systems.pioneers.models import Step
from tests.cast import NOW

DAY = date(2022, 6, 1)
PHOTO = b"\x89PNG\r\n\x1a\n"


def steps_of(kind):
    return list(Step.objects.filter(outline__kind=kind).values_list("pk", flat=True))


def held(cast, **changed):
    """Return what 唐 tells of a ceremony at the school."""
    kind = changed.get("kind", "admission")
    told = {
        "kind": kind,
        "org": cast.school,
        "day": DAY,
        "place": "学校操场",
        "people": 180,
        "leaders": "余老师",
        "steps": steps_of(kind),
    }
    return services.Held(**{**told, **changed})


def register(cast, *, by=None, at=NOW, **changed):
    """Write a ceremony down."""
    return services.register_ceremony(held=held(cast, **changed), at=at, by=by or cast.tang)


def with_photo(ceremony, *, by, at=NOW):
    """Hang a photo on a ceremony."""
    photo = ContentFile(PHOTO + str(ceremony.pk).encode(), name="现场.png")
    files.attach(subject=ceremony, upload=photo, at=at, by=by)
    return ceremony


def submit(cast, *, by=None, at=NOW, **changed):
    """Write a ceremony down and hand it in."""
    by = by or cast.tang
    made = with_photo(register(cast, by=by, at=at, **changed), by=by, at=at)
    return services.submit_ceremony(ceremony=made, at=at, by=by)


def accept(cast, **changed):
    """Let 陈 accept what the school handed in."""
    return services.accept_ceremony(ceremony=submit(cast, **changed), at=NOW, by=cast.chen)
