from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.reports.half_year"
    label = "half_year"
