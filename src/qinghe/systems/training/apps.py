from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.training"
    label = "training"
    verbose_name = "培训与宣讲"
