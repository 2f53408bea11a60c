"""`manage migrate`: Django's, in a fraction of its time."""

from django.core.management.commands import migrate

from qinghe.config import migrating


class Command(migrate.Command):
    """Bring the database up to date."""

    def handle(self, *args: object, **options: object) -> None:
        """Migrate."""
        setattr(migrate, "MigrationExecutor", migrating.Executor)  # noqa: B010 - the stubs hide it
        super().handle(*args, **options)
