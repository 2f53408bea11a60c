from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.branches"
    label = "branches"
    verbose_name = "支部工作"
