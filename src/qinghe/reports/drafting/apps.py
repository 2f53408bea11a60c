from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.reports.drafting"
    label = "drafting"
    verbose_name = "起草"
