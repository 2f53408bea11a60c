from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.joining"
    label = "joining"
    verbose_name = "发展团员"
