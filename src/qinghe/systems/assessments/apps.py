from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.assessments"
    label = "assessments"
    verbose_name = "考核评比"
