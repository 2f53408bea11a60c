"""Migrates a database without rendering, with each operation, all models that there are so far.

Beside the state of a project Django keeps its models rendered as classes, and an operation renders
the model that it touches again with all that are related to it, both ways, over and over: with
several hundred models around one person and one organisation that is nearly all of them, and most
of the time that a new installation takes. Here a model is rendered when an operation asks for it,
with those that it points to, and stays until it, or one that it points to, changes.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import AppConfigStub, ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Model

Key: TypeAlias = tuple[str, str]  # the label of an app, the lower-case name of a model

# What needs the models that a model points to; the others ask for those that point at it, too.
ADDING = frozenset(
    {
        operations.CreateModel,
        operations.AddField,
        operations.AddIndex,
        operations.AddConstraint,
        operations.RemoveIndex,
        operations.RemoveConstraint,
        operations.AlterModelOptions,
        operations.RunSQL,
    }
)


class AskedApps(StateApps):
    """The models of a state, each rendered when it is asked for."""

    def __init__(self, real_apps: set[str], states: dict[Key, ModelState]) -> None:
        self.states: dict[Key, ModelState] = {}  # nothing is asked for before there are any
        self.targets: dict[Key, frozenset[Key]] = {}  # of each that is rendered, where it points
        self.both_ways = False  # render also what points at what is asked for
        super().__init__(real_apps, {})  # type: ignore[arg-type]  # the stubs say a list
        self.states = states

    def without(self, key: Key, states: dict[Key, ModelState]) -> "AskedApps":
        """Return these models but for one that changed, and those that point to it, near or far."""
        changed = self._pointing({key})
        kept = AskedApps(set(), states)
        kept.real_models, kept.both_ways = self.real_models, self.both_ways
        for app_label, models in self.all_models.items():
            stub = kept.app_configs[app_label] = AppConfigStub(app_label)
            stub.apps = kept
            stub.import_models()
            stub.models.update(
                {name: model for name, model in models.items() if (app_label, name) not in changed}
            )
        kept.targets = {one: to for one, to in self.targets.items() if one not in changed}
        return kept

    def get_model(
        self, app_label: str, model_name: str | None = None, require_ready: bool = True
    ) -> type[Model]:
        """Return a model. Raises LookupError."""
        if model_name is None:
            app_label, model_name = app_label.split(".")
        key = (app_label, model_name.lower())
        self._render([key, *(self._sources(key) if self.both_ways else ())])
        try:
            return self.all_models[app_label][model_name.lower()]
        except KeyError:
            raise LookupError(f"{app_label} has no model {model_name}") from None

    def get_app_config(self, app_label: str) -> AppConfig:
        """Return an app with all its models."""
        self._render(self.states)
        return super().get_app_config(app_label)

    def get_app_configs(self) -> Iterable[AppConfig]:
        """Return all apps with all their models."""
        self._render(self.states)
        return super().get_app_configs()

    def _render(self, keys: Iterable[Key]) -> None:
        asked, found = list(keys), []
        while asked:
            key = asked.pop()
            if key in self.states and key not in self.targets:
                self.targets[key] = frozenset(_targets(self.states[key]))
                found.append(self.states[key])
                asked.extend(self.targets[key])
        self.render_multiple(found)

    def _sources(self, key: Key) -> list[Key]:
        return [one for one, state in self.states.items() if key in _targets(state)]

    def _pointing(self, changed: set[Key]) -> set[Key]:
        """Return these and all rendered ones that point to them, near or far."""
        more = {one for one, to in self.targets.items() if one not in changed and to & changed}
        return self._pointing(changed | more) if more else changed


def _targets(state: ModelState) -> Iterator[Key]:
    for base in state.bases:
        if isinstance(base, str):
            yield resolve_relation(base, state.app_label)
    for field in state.fields.values():
        for end in ("model", "through"):
            if model := getattr(field.remote_field, end, None):
                yield resolve_relation(model, state.app_label, state.name_lower)


class State(ProjectState):
    """The models so far. A copy shares with its original what neither changed."""

    apps: AskedApps

    def __init__(self, models: dict[Key, ModelState], real_apps: set[str]) -> None:
        super().__init__(models, real_apps)
        self.apps = AskedApps(real_apps, self.models)

    def clone(self) -> "State":
        """Return a copy, which stays while this one changes."""
        copy = object.__new__(State)
        ProjectState.__init__(
            copy, {k: one.clone() for k, one in self.models.items()}, self.real_apps
        )
        copy.apps = self.apps
        copy.apps.states = copy.models
        copy.is_delayed = self.is_delayed
        return copy

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Forget how a changed model was rendered."""
        self.apps = self.apps.without((app_label, model_name.lower()), self.models)

    def reload_models(self, models: Iterable[Key], delay: bool = True) -> None:
        """Forget how changed models were rendered."""
        for app_label, model_name in models:
            self.reload_model(app_label, model_name)

    def remove_model(self, app_label: str, model_name: str) -> None:
        """Remove a model."""
        self.reload_model(app_label, model_name)
        super().remove_model(app_label, model_name)

    def clear_delayed_apps_cache(self) -> None:
        """Do nothing: nothing is rendered late."""


class Executor(MigrationExecutor):
    """Carries migrations out, one after another; takes them back as Django does."""

    _backwards = False

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        plain: ProjectState = super()._create_project_state(  # type: ignore[misc]  # not in stubs
            with_applied_migrations
        )
        return plain if self._backwards else State(plain.models, plain.real_apps)

    def _migrate_all_backwards(self, *args: object, **options: object) -> ProjectState:
        self._backwards = True
        state: ProjectState = super()._migrate_all_backwards(  # type: ignore[misc]  # the same
            *args, **options
        )
        return state

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """Carry one migration out, and return the state after it.

        Django enters a migration that leaves statements for the end after its transaction: one
        killed between the two finds its own tables there already at the next run (bar 11).
        """
        if isinstance(state, State):
            state.apps.both_ways = any(type(one) not in ADDING for one in migration.operations)
        if fake or fake_initial:
            return super().apply_migration(state, migration, fake, fake_initial)
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # stubs of old
        self._tell("apply_success", migration)
        return state

    def _tell(self, what: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)  # as Django calls it


def is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Test if a migration waits."""
    executor = Executor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
