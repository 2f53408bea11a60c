from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.help"
    label = "help"
    verbose_name = "帮助"
