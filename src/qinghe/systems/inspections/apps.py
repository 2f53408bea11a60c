from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.inspections"
    label = "inspections"
    verbose_name = "巡查督导"
