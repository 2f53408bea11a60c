from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.edges.hooks"
    label = "hooks"
