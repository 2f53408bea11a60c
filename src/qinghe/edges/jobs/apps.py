from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.edges.jobs"
    label = "jobs"
