from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.resources"
    label = "resources"
    verbose_name = "资源统筹"
