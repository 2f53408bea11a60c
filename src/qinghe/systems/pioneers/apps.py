from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.pioneers"
    label = "pioneers"
    verbose_name = "少先队"
