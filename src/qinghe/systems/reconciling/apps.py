from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.reconciling"
    label = "reconciling"
    verbose_name = "对账"
