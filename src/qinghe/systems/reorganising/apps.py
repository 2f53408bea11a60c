from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.reorganising"
    label = "reorganising"
    verbose_name = "机构调整"
