from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.rolls"
    label = "rolls"
    verbose_name = "团籍"
