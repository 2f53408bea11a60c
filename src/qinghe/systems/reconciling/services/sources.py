"""Sources are named, and the columns of their exports explained (名册来源)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from qinghe.edges.sheets import foreign
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import models, rules
from qinghe.systems.reconciling.access import Act


@transaction.atomic
def name_roll_source(*, name: str, org: Org, at: datetime, by: Actor) -> models.RollSource:
    """Name a system of record beside this one; the whole house knows it by this name.

    Raises Refused: not_allowed, name_needed, named_already.
    """
    actors.require(by, Act.UPLOAD, at=org)
    wanted = "".join(name.split())
    if not wanted:
        raise Refused("name_needed", "请填写来源名称。")
    if models.RollSource.objects.filter(name=wanted).exists():
        raise Refused("named_already", f"“{wanted}”已经登记，没有重复登记，请直接使用。")
    made = models.RollSource.objects.create(
        name=wanted, org=org, made_at=at, made_by_id=by.person_id
    )
    audit.record(by=by, verb="reconciling.name_roll_source", subject=made, at=at)
    return made


@transaction.atomic
def keep_roll_columns(
    *,
    source: models.RollSource,
    columns: Mapping[str, str],
    headings: Sequence[str],
    at: datetime,
    by: Actor,
) -> models.RollColumns:
    """Say which column of a source's exports says what; runs before keep their version.

    Raises Refused: not_allowed, column_twice, unknown_column, column_needed.
    """
    actors.require(by, Act.UPLOAD, at=source.org)
    chosen = {key: label for key, label in columns.items() if label}
    foreign.check_mapping(chosen, headings=headings)
    rules.check_columns(chosen)
    kept = models.RollSource.objects.select_for_update().get(pk=source.pk)
    latest = kept.versions.first()
    made = models.RollColumns.objects.create(
        source=kept,
        version=latest.version + 1 if latest else 1,
        columns=chosen,
        headings=list(headings),
        made_at=at,
        made_by_id=by.person_id,
    )
    detail = {"version": made.version}
    audit.record(by=by, verb="reconciling.keep_roll_columns", subject=kept, at=at, detail=detail)
    return made
