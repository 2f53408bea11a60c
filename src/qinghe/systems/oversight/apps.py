from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.oversight"
    label = "oversight"
    verbose_name = "审计监督"
