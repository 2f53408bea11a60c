from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.edges.health"
    label = "health"
