from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.analytics"
    label = "analytics"
