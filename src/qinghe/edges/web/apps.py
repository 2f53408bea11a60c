from django.apps import AppConfig


class App(AppConfig):
    """The frame, the page kinds and the errors that every system's pages share."""

    name = "qinghe.edges.web"
    label = "web"
    verbose_name = "页面"
