"""Other platforms are named, and their lists' columns explained (其他平台)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.edges.sheets import foreign
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act


@dataclass(frozen=True)
class NewColumns:
    """Which heading of a platform's lists says what, and how they write lengths."""

    columns: Mapping[str, str]
    unit: str
    headings: Sequence[str]


@transaction.atomic
def name_source(*, name: str, org: Org, at: datetime, by: Actor) -> models.HoursSource:
    """Name another platform that keeps hours; the whole house knows it by this name.

    Raises Refused: not_allowed, name_needed, named_already.
    """
    actors.require(by, Act.UPLOAD, at=org)
    wanted = "".join(name.split())
    if not wanted:
        raise Refused("name_needed", "请填写平台名称。")
    if models.HoursSource.objects.filter(name=wanted).exists():
        raise Refused("named_already", f"“{wanted}”已经登记，没有重复登记，请直接使用。")
    made = models.HoursSource.objects.create(
        name=wanted, org=org, made_at=at, made_by_id=by.person_id
    )
    audit.record(by=by, verb="volunteering.name_source", subject=made, at=at)
    return made


@transaction.atomic
def keep_columns(
    *, source: models.HoursSource, new: NewColumns, at: datetime, by: Actor
) -> models.SourceColumns:
    """Say which column of a platform's lists says what; what was loaded before keeps its version.

    Raises Refused: not_allowed, column_twice, unknown_column, column_needed.
    """
    actors.require(by, Act.UPLOAD, at=source.org)
    columns = {key: label for key, label in new.columns.items() if label}
    foreign.check_mapping(columns, headings=new.headings)
    rules.check_columns(columns)
    kept = models.HoursSource.objects.select_for_update().get(pk=source.pk)
    latest = kept.versions.first()
    made = models.SourceColumns.objects.create(
        source=kept,
        version=latest.version + 1 if latest else 1,
        columns=columns,
        unit=new.unit,
        headings=list(new.headings),
        made_at=at,
        made_by_id=by.person_id,
    )
    detail = {"version": made.version}
    audit.record(by=by, verb="volunteering.keep_columns", subject=kept, at=at, detail=detail)
    return made
