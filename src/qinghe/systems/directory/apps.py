from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.directory"
    label = "directory"
    verbose_name = "组织"
