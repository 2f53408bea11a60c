from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.projects"
    label = "projects"
    verbose_name = "项目统筹"
