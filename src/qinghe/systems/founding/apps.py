from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.founding"
    label = "founding"
    verbose_name = "两新建团"
