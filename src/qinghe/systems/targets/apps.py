from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.targets"
    label = "targets"
    verbose_name = "任务清单"
