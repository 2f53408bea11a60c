from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.dashboard"
    label = "dashboard"
