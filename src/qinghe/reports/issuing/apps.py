from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.reports.issuing"
    label = "issuing"
