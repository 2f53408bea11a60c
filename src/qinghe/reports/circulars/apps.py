from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.reports.circulars"
    label = "circulars"
