from django.apps import AppConfig


class App(AppConfig):
    """Tell the frame when the database holds invented people only, and open the demo's door."""

    name = "qinghe.demo"
    label = "demo"

    def ready(self) -> None:
        from qinghe.demo import queries
        from qinghe.edges.web import context, middleware
        from qinghe.kernel.notices import channels

        context.DEMO = queries.is_demo
        channels.IN_A_DEMO = queries.is_demo
        context.DEMO_DOOR = "/demo/"
        middleware.PUBLIC.append("/demo/")
