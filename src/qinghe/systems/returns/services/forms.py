"""Designing what is asked: definitions, forms and their versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Department
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.kinds import Level, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import PeriodKind
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.access import Act

State = models.ReportForm.State
COPIED = (
    "slug",
    "title",
    "note",
    "period_kind",
    "levels",
    "kinds",
    "sectors",
    "department",
    "opens_after_days",
    "closes_after_days",
)


@dataclass(frozen=True)
class NewDefinition:
    """A number that people define; `time` is flow, stock or annual."""

    label: str
    unit: str
    meaning: str
    decimals: int = 0
    time: str = "flow"


@dataclass(frozen=True)
class NewCell:
    """A cell to be asked; what is left empty is taken from the indicator it feeds."""

    code: str
    label: str = ""
    unit: str = ""
    kind: str = "whole"
    hint: str = ""
    meaning: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    jump_percent: int | None = None
    evidence: bool = False


@dataclass(frozen=True)
class NewRule:
    """What should hold between two cells: `left operator right`, else `words` are asked."""

    left_code: str
    operator: str
    right_code: str
    words: str = ""


@dataclass(frozen=True)
class NewForm:
    """A form as it was designed; cells stand in their order."""

    slug: str
    title: str
    period_kind: str
    cells: Sequence[NewCell]
    rules: Sequence[NewRule] = ()
    note: str = ""
    levels: Sequence[str] = ()
    kinds: Sequence[str] = ()
    sectors: Sequence[str] = ()
    department: str = ""
    opens_after_days: int = 1
    closes_after_days: int = 10


@transaction.atomic
def define(*, new: NewDefinition, at: datetime, by: Actor) -> models.Definition:
    """Define a number that no code declares, under the next free code.

    Raises Refused: not_allowed, no_orgs, incomplete, no_code_left.
    """
    _require(by, Act.DESIGN)
    _check_definition(new)
    taken = models.Definition.objects.order_by().values_list("code", flat=True).distinct()
    made = models.Definition.objects.create(
        code=rules.next_code(list(taken)), made_at=at, made_by=str(by), **vars(new)
    )
    audit.record(by=by, verb="returns.define", subject=made, at=at)
    return made


@transaction.atomic
def redefine(
    *, definition: models.Definition, new: NewDefinition, at: datetime, by: Actor
) -> models.Definition:
    """Give a number another meaning, as the next version of its code; the old one stays.

    Raises Refused: not_allowed, no_orgs, incomplete.
    """
    _require(by, Act.DESIGN)
    _check_definition(new)
    versions = models.Definition.objects.select_for_update().filter(code=definition.code)
    latest = max(versions.order_by().values_list("version", flat=True))
    made = models.Definition.objects.create(
        code=definition.code, version=latest + 1, made_at=at, made_by=str(by), **vars(new)
    )
    audit.record(by=by, verb="returns.redefine", subject=made, at=at)
    return made


@transaction.atomic
def make_form(*, new: NewForm, at: datetime, by: Actor) -> models.ReportForm:
    """Begin a form. Raises Refused: not_allowed, no_orgs, slug_taken, and what a form may not be."""
    _require(by, Act.DESIGN)
    if models.ReportForm.objects.filter(slug=new.slug).exists():
        raise Refused("slug_taken", f"代号“{new.slug}”已被使用，请换一个；要改旧表请建新版本。")
    new = _checked(by, new)
    form = models.ReportForm.objects.create(made_at=at, made_by=str(by), **_own(new))
    _write(form, new)
    audit.record(by=by, verb="returns.make_form", subject=form, at=at)
    return form


@transaction.atomic
def change_form(
    *, form: models.ReportForm, new: NewForm, at: datetime, by: Actor
) -> models.ReportForm:
    """Change a form that is still being designed; its code name and frequency stay.

    Raises Refused: not_allowed, already_published, slug_fixed, and what a form may not be.
    """
    form = _locked(form, by=by)
    rules.check_still_draft(form.state)
    if new.slug != form.slug or (form.version > 1 and new.period_kind != form.period_kind):
        raise Refused("slug_fixed", "代号和已有版本的报送频率不能改，没有改动；请另建一张报表。")
    new = _checked(by, new)
    for name, value in _own(new).items():
        setattr(form, name, value)
    form.save()
    form.rules.all().delete()
    form.cells.all().delete()
    _write(form, new)
    audit.record(by=by, verb="returns.change_form", subject=form, at=at)
    return form


@transaction.atomic
def publish_form(*, form: models.ReportForm, at: datetime, by: Actor) -> models.ReportForm:
    """Publish a form for good; the version before it is retired.

    Raises Refused: not_allowed, already_published, asked_twice, asked_too_often.
    """
    form = _locked(form, by=by)
    rules.check_still_draft(form.state)
    _check_asked_once(by, form)
    _check_yearly(by, form)
    models.ReportForm.objects.filter(slug=form.slug, state=State.PUBLISHED).update(
        state=State.RETIRED, retired_at=at, retired_by=str(by)
    )
    form.state, form.published_at, form.published_by = State.PUBLISHED, at, str(by)
    form.save(update_fields=["state", "published_at", "published_by"])
    audit.record(by=by, verb="returns.publish_form", subject=form, at=at)
    return form


@transaction.atomic
def new_version(*, form: models.ReportForm, at: datetime, by: Actor) -> models.ReportForm:
    """Begin the next version as a copy; rounds that are open keep the version they have.

    Raises Refused: not_allowed, still_draft, version_begun.
    """
    form = _locked(form, by=by)
    if form.state == State.DRAFT:
        raise Refused("still_draft", "这张报表还没有发布，直接修改即可，没有另建版本。")
    versions = models.ReportForm.objects.filter(slug=form.slug)
    if versions.filter(state=State.DRAFT).exists():
        raise Refused("version_begun", "这张报表已有设计中的新版本，请在那一版里修改。")
    latest = max(versions.order_by().values_list("version", flat=True))
    copied = {name: getattr(form, name) for name in COPIED}
    made = models.ReportForm.objects.create(
        version=latest + 1, made_at=at, made_by=str(by), **copied
    )
    for row in [*form.cells.all(), *form.rules.all()]:
        row.pk, row.form = None, made
        row._state.adding = True
        row.save()
    detail = {"from": form.version}
    audit.record(by=by, verb="returns.new_version", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def retire_form(*, form: models.ReportForm, at: datetime, by: Actor) -> models.ReportForm:
    """Ask a form no more; open rounds run to their end. Raises Refused: not_allowed, not_published."""
    form = _locked(form, by=by)
    if form.state != State.PUBLISHED:
        raise Refused("not_published", "只有已发布的报表可以停用，没有改动。")
    form.state, form.retired_at, form.retired_by = State.RETIRED, at, str(by)
    form.save(update_fields=["state", "retired_at", "retired_by"])
    audit.record(by=by, verb="returns.retire_form", subject=form, at=at)
    return form


def _require(by: Actor, act: Act) -> None:
    """Refuse who may not design. Designers wait in line: two would take the same code or name."""
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，不能设计报表。")
    actors.require(by, act, at=top)
    Org.objects.select_for_update().get(pk=top.pk)


def _locked(form: models.ReportForm, *, by: Actor) -> models.ReportForm:
    _require(by, Act.DESIGN)
    return models.ReportForm.objects.select_for_update().get(pk=form.pk)


def _check_definition(new: NewDefinition) -> None:
    if not (new.label.strip() and new.unit.strip() and new.meaning.strip()):
        raise Refused("incomplete", "名称、单位和口径都要填写，没有保存。")
    if new.decimals not in (0, 1, 2) or new.time not in models.Definition.Time.values:
        raise Refused("incomplete", "小数位为0至2，时间口径为期内、期末或全年，请改正。")


def _checked(by: Actor, new: NewForm) -> NewForm:
    """Return a form with what its cells take from their indicators, once it can be asked."""
    _check_choices(new)
    known = queries.codes_known(by)
    new = replace(new, cells=tuple(_filled(cell, known.get(cell.code)) for cell in new.cells))
    specs = [_spec(cell) for cell in new.cells]
    rules.check_form(
        slug=new.slug,
        title=new.title,
        days=(new.opens_after_days, new.closes_after_days),
        asks=rules.Asks(new.levels, new.kinds, new.sectors),
        cells=specs,
    )
    rules.check_yearly(
        title=new.title,
        period_kind=new.period_kind,
        of_a_year=queries.of_a_year(by, [cell.code for cell in new.cells]),
    )
    rules.check_between(
        rules=[rules.Between(r.left_code, r.operator, r.right_code) for r in new.rules],
        cells=specs,
    )
    return new


def _check_choices(new: NewForm) -> None:
    """Refuse what is none of the words that it is chosen from."""
    chosen: list[tuple[Collection[str], Collection[str]]] = [
        ([new.period_kind], list(PeriodKind)),
        (new.levels, Level.values),
        (new.kinds, OrgKind.values),
        (new.sectors, Sector.values),
        ([new.department], ["", *Department.values]),
        ([cell.kind for cell in new.cells], models.Cell.Kind.values),
        ([rule.operator for rule in new.rules], models.CellRule.Operator.values),
    ]
    for words, known in chosen:
        if unknown := sorted(set(words) - set(known)):
            raise Refused("bad_choice", f"没有“{unknown[0]}”这个选项，没有保存，请重新选择。")


def _filled(cell: NewCell, known: queries.Known | None) -> NewCell:
    if cell.kind == models.Cell.Kind.TEXT:
        return replace(cell, label=cell.label or cell.code, meaning=cell.meaning or cell.hint)
    if known is None:
        raise Refused(
            "unknown_code", f"指标目录里没有“{cell.code}”，没有保存；请先在指标目录里定义。"
        )
    if known.computed and known.source == queries.RETURNS:
        raise Refused(
            "computed_code", f"“{known.label}”由其他指标计算得出，请改为填报它的分子和分母。"
        )
    return replace(
        cell,
        label=cell.label or known.label,
        unit=cell.unit or known.unit,
        meaning=cell.meaning or known.meaning,
    )


def _spec(cell: NewCell) -> rules.CellSpec:
    return rules.CellSpec(
        code=cell.code,
        label=cell.label,
        kind=cell.kind,
        least=cell.least,
        most=cell.most,
        jump_percent=cell.jump_percent,
    )


def _own(new: NewForm) -> dict[str, object]:
    plain = {name: getattr(new, name) for name in COPIED}
    return plain | {name: list(plain[name]) for name in ("levels", "kinds", "sectors")}


def _write(form: models.ReportForm, new: NewForm) -> None:
    models.Cell.objects.bulk_create(
        models.Cell(form=form, place=place, **vars(cell))
        for place, cell in enumerate(new.cells, start=1)
    )
    models.CellRule.objects.bulk_create(
        models.CellRule(form=form, **vars(rule)) for rule in new.rules
    )


def _check_yearly(by: Actor, form: models.ReportForm) -> None:
    """Refuse a form that asks too often: a definition may have become one of a year since.

    Raises Refused: asked_too_often.
    """
    rules.check_yearly(
        title=form.title,
        period_kind=form.period_kind,
        of_a_year=queries.of_a_year(by, form.asked_codes),
    )


def _check_asked_once(by: Actor, form: models.ReportForm) -> None:
    """Refuse to ask one organisation for one number by two forms: it would be counted twice."""
    asks, known = form.asks, queries.codes_known(by)
    asked = form.cells.exclude(kind=models.Cell.Kind.TEXT).values_list("code", flat=True)
    # What is shown from records is not counted here, however often it is shown.
    codes = {code for code in asked if known[code].source != queries.RECORDS}
    others = models.ReportForm.objects.filter(state=State.PUBLISHED).exclude(slug=form.slug)
    for other in others.prefetch_related("cells"):
        both = sorted(codes & {cell.code for cell in other.cells.all()})
        if both and rules.overlap(asks, other.asks):
            raise Refused(
                "asked_twice",
                f"{both[0]}已在《{other.title}》中向同一批组织报送，同一个数会算两遍，没有发布；"
                "请删去这一格或停用那张表。",
            )
