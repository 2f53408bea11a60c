from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.edges.api"
    label = "api"
