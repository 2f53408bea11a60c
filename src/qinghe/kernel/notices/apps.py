from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.kernel.notices"
    label = "notices"
