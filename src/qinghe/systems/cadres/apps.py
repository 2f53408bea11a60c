from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.cadres"
    label = "cadres"
    verbose_name = "团干部"
