from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.transfers"
    label = "transfers"
    verbose_name = "组织关系转接"
