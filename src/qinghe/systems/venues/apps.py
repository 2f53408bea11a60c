from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.venues"
    label = "venues"
    verbose_name = "阵地"
