from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.merging"
    label = "merging"
    verbose_name = "人员合并"
