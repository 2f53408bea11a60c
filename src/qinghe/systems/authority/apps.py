from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.authority"
    label = "authority"
    verbose_name = "账号与授权"

    def ready(self) -> None:
        """Let the frame say when a role is lent."""
        from qinghe.edges.web import context
        from qinghe.systems.authority import queries

        context.SUPPORT = queries.support_bar
