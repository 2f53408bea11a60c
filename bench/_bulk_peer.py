"""What the bulk bench compares: the house's own door and django-import-export's, on one district."""

import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

import tablib
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from import_export import fields, resources, widgets

from qinghe.edges.sheets import reading, services, writing
from qinghe.edges.sheets.limits import BULK
from qinghe.edges.sheets.models import Upload
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering.access import GRANTS
from qinghe.systems.volunteering.models import Attendance, Session, Stay, Volunteer
from qinghe.systems.volunteering.sheets import ATTENDANCES

AT, WHO = datetime(2022, 7, 3, 14, tzinfo=TZ), 1
LONG_AGO = date(2021, 1, 1)
HEADING = [column.label for column in ATTENDANCES.columns]
SESSION, VOLUNTEER, CAME, LEFT = HEADING

Frame = Callable[[int], tuple[datetime, datetime]]


def make_district(*, sessions: int, volunteers: int, frame: Frame) -> Actor:
    """Make an empty database with the sessions and volunteers that the lines name."""
    call_command("migrate", verbosity=0)
    actors.GRANTS[:] = GRANTS
    new = orgs.NewOrg("440307", "龙岗区", kind="district", level="district", opened_on=LONG_AGO)
    org = orgs.open_org(new=new, at=AT, by="bench")
    Person.objects.bulk_create(
        [Person(number=f"P{number:08d}", name=f"人{number}") for number in range(volunteers)],
        batch_size=2_000,
    )
    ids = Person.objects.order_by("pk").values_list("pk", flat=True)
    Volunteer.objects.bulk_create(
        [
            Volunteer(
                number=f"ZY{number:08d}", person_id=pk, org=org, applied_on=LONG_AGO,
                registered_on=LONG_AGO, state=Volunteer.State.REGISTERED,
            )
            for number, pk in enumerate(ids)
        ],
        batch_size=2_000,
    )  # fmt: skip
    Session.objects.bulk_create(
        [
            Session(
                code=f"CC{number:07d}", title="净滩", org=org, place="海边", starts_at=start,
                ends_at=end, day=local_day(start),
            )
            for number in range(sessions)
            for start, end in [frame(number)]
        ],
        batch_size=2_000,
    )  # fmt: skip
    return Actor(WHO, "基准", (Held(Role.DISTRICT_OFFICER, org.path),))


def write(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    """Write lines of the ledger as a workbook."""
    with path.open("wb") as target:
        writing.export_to(target, HEADING, rows)


def read_seconds(path: Path) -> float:
    """Return how long the guard and the reader take, without rules and without database."""
    started = time.perf_counter()
    found = reading.read(path, ATTENDANCES, limits=BULK)
    if found.problems:
        raise AssertionError(found.problems[0])
    return time.perf_counter() - started


def load(path: Path, actor: Actor) -> int:
    """Load through the house's own door."""
    outcome = services.load_file(sheet=ATTENDANCES, path=path, by=actor, at=AT)
    if outcome.problems:
        raise AssertionError(outcome.problems[0])
    return outcome.written


def clear() -> None:
    """Take out what was loaded."""
    Upload.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Stay._meta.db_table}")
        cursor.execute(f"DELETE FROM {Attendance._meta.db_table}")


class _ByCode(resources.ModelResource):
    session = fields.Field(
        attribute="session",
        column_name=SESSION,
        widget=widgets.ForeignKeyWidget(Session, "code"),
    )
    volunteer = fields.Field(
        attribute="volunteer",
        column_name=VOLUNTEER,
        widget=widgets.ForeignKeyWidget(Volunteer, "number"),
    )

    class Meta:
        model = Attendance
        fields = ("session", "volunteer")
        import_id_fields = ("session", "volunteer")
        clean_model_instances = True
        skip_diff = True
        use_transactions = True

    def after_init_instance(
        self, instance: Attendance, new: object, row: dict, **_: object
    ) -> None:
        seconds = (row[LEFT] - row[CAME]).total_seconds()
        instance.minutes = int(seconds // 60)
        instance.state = Attendance.State.EFFECTIVE
        instance.how = Attendance.How.SHEET


class RowByRow(_ByCode):
    """Both tables, as the library does it by itself."""

    def after_save_instance(self, instance: Attendance, row: dict, **_: object) -> None:
        stay = Stay(
            attendance=instance,
            came_at=timezone.make_aware(row[CAME]),
            left_at=timezone.make_aware(row[LEFT]),
            recorded_at=AT,
            recorded_by_id=WHO,
        )
        stay.full_clean(exclude=["supersedes", "recorded_by"])
        stay.save()


class InBulk(_ByCode):
    """Its bulk mode: no instance has a key yet, so the second table stays empty."""

    class Meta(_ByCode.Meta):
        use_bulk = True
        batch_size = 500


def import_rows(path: Path) -> int:
    """Import through the library, row by row."""
    return _import(RowByRow(), path)


def import_in_bulk(path: Path) -> int:
    """Import one of the two tables through the library's bulk mode."""
    return _import(InBulk(), path)


def _import(importer: resources.ModelResource, path: Path) -> int:
    lines = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    importer.import_data(lines, dry_run=False, raise_errors=True)
    return Attendance.objects.count()
