from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.recommending"
    label = "recommending"
    verbose_name = "推优"
